import type { IncomingMessage } from 'node:http';
import { AppError } from '../contracts/index.js';
import { readBody } from './read-body.js';
import { RequestFailure } from './request-failure.js';

interface FieldTypes {
  readonly string: string;
  readonly integer: number;
  readonly boolean: boolean;
  readonly 'string list': readonly string[];
  readonly 'string map': Readonly<Record<string, string>>;
}

/** The fields of a body by their wire names, such as `{ command: 'string', env: 'string map' }`. */
export type JsonFields = Readonly<Record<string, keyof FieldTypes>>;

/** What was read: a member for each field that the body has. */
export type JsonBody<F extends JsonFields> = { readonly [K in keyof F]?: FieldTypes[F[K]] | undefined };

const isObject = (value: unknown): value is Record<string, unknown> =>
  typeof value === 'object' && value !== null && !Array.isArray(value);

/** Inside of lists and maps `null` is the empty string, as the original's decoder has it. */
function readText(value: unknown, name: string): string {
  if (value === null) return '';
  if (typeof value !== 'string') throw new Error(`field ${name} holds a value that is not a string`);
  return value;
}

function readField(kind: keyof FieldTypes, name: string, value: unknown): unknown {
  switch (kind) {
    case 'string':
    case 'boolean':
      if (typeof value === kind) return value;
      break;
    case 'integer':
      if (Number.isSafeInteger(value)) return value;
      break;
    case 'string list':
      if (Array.isArray(value)) return value.map((element) => readText(element, name));
      break;
    case 'string map':
      if (isObject(value)) {
        return Object.fromEntries(
          Object.entries(value).map(([key, element]) => [key, readText(element, name)] as const),
        );
      }
      break;
  }
  throw new Error(`field ${name} must be a ${kind}`);
}

/** Reads the fields of a JSON text; any problem is a plain error that says which. */
export function parseJsonBody<F extends JsonFields>(text: string, fields: F): JsonBody<F> {
  const value: unknown = JSON.parse(text);
  // A body of null is a body without fields.
  if (value === null) return {};
  if (!isObject(value)) throw new Error('the body must be an object');

  const nameOf = new Map(Object.keys(fields).map((name) => [name.toLowerCase(), name] as const));
  const body = new Map<string, unknown>();
  for (const [key, element] of Object.entries(value)) {
    const name = nameOf.get(key.toLowerCase());
    const kind = name === undefined ? undefined : fields[name];
    if (name === undefined || kind === undefined || element === null) continue;
    body.set(name, readField(kind, name, element));
  }
  return Object.fromEntries(body) as JsonBody<F>;
}

/**
 * Reads the one JSON value of a request's body. Keys are matched without regard to case, unknown ones are ignored,
 * `null` equals absence, and the content type is never looked at.
 *
 * @throws RequestFailure 400 or 413 `invalid request body`.
 */
export async function readJson<F extends JsonFields>(
  request: IncomingMessage,
  fields: F,
): Promise<JsonBody<F>> {
  const text = (await readBody(request)).toString('utf8');
  try {
    return parseJsonBody(text, fields);
  } catch (cause) {
    // The parser names the place; it is shown, since it speaks of nothing but what the client sent.
    const reason = cause instanceof Error ? cause.message : 'not JSON';
    throw new RequestFailure('invalid request body', new AppError(undefined, reason, { status: 400 }));
  }
}
