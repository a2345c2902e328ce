import { resolve } from 'node:path';
import { z } from 'zod';
import { AppError } from './contracts/index.js';
import { checkAddress } from './orchestrator/parse-address.js';

/** What the environment decides; every member has been checked. */
export interface Settings {
  readonly port: number;
  readonly host: string;
  /** Absolute path of the state directory. */
  readonly home: string;
  readonly provider: 'local' | 'aws';
  readonly isolation: 'auto' | 'bubblewrap' | 'none';
  readonly adminEmail: string;
  /** Key of the first admin; absent means a random one. */
  readonly adminKey?: string | undefined;
  /** Checked by the provider, which knows what it needs. */
  readonly encryptionKey?: string | undefined;
  readonly corsAllowedOrigins: readonly string[];
  /** Milliseconds; 0 means no limit. */
  readonly requestTimeoutMs: number;
  readonly logLevel: 'trace' | 'debug' | 'info' | 'warn' | 'error' | 'fatal' | 'silent';
  /** Milliseconds between the polite and the final signal to a killed task. */
  readonly killGraceMs: number;
  /** Address of the service as clients see it; absent means the host that a client asked. */
  readonly publicUrl?: string | undefined;
}

const unitInMs = { ms: 1, s: 1_000, m: 60_000, h: 3_600_000 } as const;

/** Longest time that a timer can wait, in milliseconds. */
const longestTime = 2 ** 31 - 1;

/** A time such as `500ms`, `60s`, `2m` or `1h`; a bare number is seconds. */
const duration = z.string().transform((text, context) => {
  const match = /^(\d+(?:\.\d+)?)(ms|s|m|h)?$/.exec(text);
  const unit = (match?.[2] ?? 's') as keyof typeof unitInMs;
  const milliseconds = Math.round(Number(match?.[1]) * unitInMs[unit]);
  if (milliseconds <= longestTime) return milliseconds;
  context.addIssue({ code: 'custom', message: 'must be a time such as 500ms, 60s or 2m, at most 24 days' });
  return z.NEVER;
});

const isAddress = (text: string): boolean => {
  try {
    checkAddress(text);
    return true;
  } catch {
    return false;
  }
};

const parseUrl = (text: string): URL | undefined => (URL.canParse(text) ? new URL(text) : undefined);

const isHttpUrl = (text: string): boolean => /^https?:$/.test(parseUrl(text)?.protocol ?? '');

const isOrigin = (text: string): boolean =>
  text === '*' || parseUrl(text)?.origin === text.replace(/\/$/, '').toLowerCase();

const origins = z
  .string()
  .transform((text) => text.split(',').flatMap((one) => (one.trim() === '' ? [] : [one.trim()])))
  .refine(
    (list) => list.every(isOrigin),
    'must be origins such as https://example.com, separated by commas, or *',
  );

const oneOf = <const T extends readonly [string, ...string[]]>(values: T) =>
  z.enum(values, { error: `must be one of: ${values.join(', ')}` });

const environment = z.object({
  PORT: z
    .string()
    .regex(/^\d{1,5}$/, 'must be a number from 0 to 65535')
    .transform(Number)
    .refine((port) => port <= 65_535, 'must be a number from 0 to 65535')
    .default(56_212),
  HOST: z.string().default('127.0.0.1'),
  REFACET_HOME: z.string().default('.refacet'),
  REFACET_PROVIDER: oneOf(['local', 'aws']).default('local'),
  REFACET_ISOLATION: oneOf(['auto', 'bubblewrap', 'none']).default('auto'),
  REFACET_ADMIN_EMAIL: z.string().refine(isAddress, 'must be an e-mail address').default('admin@localhost'),
  REFACET_ADMIN_KEY: z.string().min(16, 'must have at least 16 characters').optional(),
  REFACET_ENCRYPTION_KEY: z.string().optional(),
  REFACET_CORS_ALLOWED_ORIGINS: origins.default([]),
  REFACET_REQUEST_TIMEOUT: duration.default(60_000),
  REFACET_LOG_LEVEL: oneOf(['trace', 'debug', 'info', 'warn', 'error', 'fatal', 'silent']).default('info'),
  REFACET_KILL_GRACE: duration.default(10_000),
  REFACET_PUBLIC_URL: z.string().refine(isHttpUrl, 'must begin with http:// or https://').optional(),
});

/**
 * Reads the settings from the environment. An empty variable is as good as none; variables of others are ignored.
 *
 * @throws AppError `INVALID_REQUEST` whose message names every variable that is wrong, without its value.
 */
export function readSettings(env: Readonly<Record<string, string | undefined>>): Settings {
  const given = Object.fromEntries(
    Object.entries(env).filter(([, value]) => value !== undefined && value !== ''),
  );
  const result = environment.safeParse(given);
  if (!result.success) {
    const problems = result.error.issues.map(({ path, message }) => `  ${path.join('.')} ${message}`);
    throw new AppError('INVALID_REQUEST', `The settings cannot be used:\n${problems.join('\n')}`);
  }
  const values = result.data;
  return {
    port: values.PORT,
    host: values.HOST,
    home: resolve(values.REFACET_HOME),
    provider: values.REFACET_PROVIDER,
    isolation: values.REFACET_ISOLATION,
    adminEmail: values.REFACET_ADMIN_EMAIL,
    adminKey: values.REFACET_ADMIN_KEY,
    encryptionKey: values.REFACET_ENCRYPTION_KEY,
    corsAllowedOrigins: values.REFACET_CORS_ALLOWED_ORIGINS,
    requestTimeoutMs: values.REFACET_REQUEST_TIMEOUT,
    logLevel: values.REFACET_LOG_LEVEL,
    killGraceMs: values.REFACET_KILL_GRACE,
    publicUrl: values.REFACET_PUBLIC_URL,
  };
}
