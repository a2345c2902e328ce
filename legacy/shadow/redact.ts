import type { Difference } from '../../src/testing/difference.js';
import { missing } from '../../src/testing/difference.js';
import { maskUrlCredentials } from '../../src/providers/aws/mask-url-credentials.js';
import type { RecordedCall } from './recorded-call.js';

/** A difference that may be shown to anybody who may read the server's log. */
export interface PublishedDifference {
  readonly path: string;
  readonly expected: string;
  readonly actual: string;
}

const longestText = 200;

/** Shows a difference without anything that a user wrote, ran or printed. */
export function publishable(
  call: Pick<RecordedCall, 'method' | 'args'>,
  { path, expected, actual }: Difference,
): PublishedDifference {
  const secrets = secretsOf(call);
  const isPrinted = call.method === 'fetchLogsByExecutionId' || call.method === 'fetchBackendLogs';
  const show = (value: unknown): string => (isPrinted ? shape(value) : mask(shown(value), secrets));
  // A path may lead through a variable, whose name is the user's too.
  return { path: mask(path, secrets), expected: show(expected), actual: show(actual) };
}

/** Every text of a request that nobody but its author has to know. */
function secretsOf({ method, args }: Pick<RecordedCall, 'method' | 'args'>): readonly string[] {
  if (method !== 'startTask') return [];
  const { command, env, gitRepo } = (args[1] ?? {}) as {
    readonly command?: string;
    readonly env?: Readonly<Record<string, string>>;
    readonly gitRepo?: string;
  };
  const texts = [command, gitRepo, ...Object.values(env ?? {})];
  // The longest first: one may be a part of another.
  return texts
    .filter((text) => text !== undefined && text !== '')
    .flatMap((text = '') => [text, JSON.stringify(text).slice(1, -1)])
    .sort((a, b) => b.length - a.length);
}

function shown(value: unknown): string {
  if (value === missing) return '(not there)';
  if (typeof value === 'string') return value;
  return value === undefined ? 'undefined' : JSON.stringify(value);
}

/** What kind of thing it is, for what may be anything that a program has printed. */
function shape(value: unknown): string {
  if (value === missing) return '(not there)';
  if (typeof value === 'string') return `(text of ${value.length} characters)`;
  if (Array.isArray(value)) return `(${value.length} entries)`;
  if (typeof value !== 'object' || value === null) return String(value);
  return `(${Object.keys(value).sort().join(', ')})`;
}

function mask(text: string, secrets: readonly string[]): string {
  const masked = secrets.reduce((rest, secret) => rest.replaceAll(secret, '***'), text);
  const harmless = maskUrlCredentials(masked);
  return harmless.length > longestText ? `${harmless.slice(0, longestText)}…` : harmless;
}
