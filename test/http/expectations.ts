import { expect } from 'vitest';
import { type Answer, jsonOf } from './raw-client.js';

/** A failure of the contract: `status code | error | details`, where code `-` means that the key is absent. */
export interface Failure {
  readonly status: number;
  readonly code: string;
  readonly error: string | RegExp;
  /** Absent: any text will do, as where the contract leaves it to a parser. `null`: the key must be absent. */
  readonly details?: string | RegExp | null;
}

/** Short form that reads as the contract's tables do. */
export const failure = (
  status: number,
  code: string,
  error: string | RegExp,
  details?: string | RegExp | null,
): Failure => ({ status, code, error, ...(details === undefined ? {} : { details }) });

export function expectFailure(answer: Answer, { status, code, error, details }: Failure): void {
  expect(answer.status, answer.text).toBe(status);
  const body = jsonOf(answer);
  expect(body).toEqual({
    error: textLike(error),
    ...(code === '-' ? {} : { code }),
    ...(details === null
      ? {}
      : { details: details === undefined ? (expect.any(String) as string) : textLike(details) }),
  });
  expect(answer.text).toBe(`${answer.text.trimEnd()}\n`);
}

export function expectSuccess(answer: Answer, status: number, body: unknown): void {
  expect(answer.status, answer.text).toBe(status);
  expect(jsonOf(answer)).toEqual(body);
}

/** 404 as the router answers it, whether or not a body could have been JSON. */
export function expectPlainNotFound(answer: Answer): void {
  expect(answer.status, answer.text).toBe(404);
  expect(answer.headers['content-type']).toBe('text/plain; charset=utf-8');
  expect(answer.text).toBe('404 page not found\n');
}

/** 405 with the methods that the path accepts, in any order. */
export function expectMethodNotAllowed(answer: Answer, accepted: readonly string[]): void {
  expect(answer.status, answer.text).toBe(405);
  expect(answer.text).toBe('');
  expect(answer.headers['content-type']).toBe('application/json');
  expect((answer.headers['allow'] ?? '').split(/\s*,\s*/).sort()).toEqual([...accepted].sort());
}

const textLike = (text: string | RegExp): unknown =>
  typeof text === 'string' ? text : expect.stringMatching(text);

/** Whole seconds in UTC, as execution and image times are written. */
export const wholeSeconds = expect.stringMatching(/^\d{4}-\d\d-\d\dT\d\d:\d\d:\d\dZ$/) as string;

/** UTC with at most three digits of a second and no trailing zero, as user and secret times are written. */
export const subSeconds = expect.stringMatching(
  /^\d{4}-\d\d-\d\dT\d\d:\d\d:\d\d(\.\d{0,2}[1-9])?Z$/,
) as string;

/** A random request ID. */
export const requestId = expect.stringMatching(/^[0-9a-f]{32}$/) as string;

/** What holds for every answer of the API, checked on each one that a test receives. */
export function expectCommonHeaders(method: string, answer: Answer): void {
  const { headers, status, text } = answer;
  expect(headers['access-control-allow-methods']).toBe('GET, POST, PUT, DELETE, OPTIONS');
  expect(headers['access-control-allow-headers']).toBe('Content-Type, X-API-Key');
  expect(headers['access-control-max-age']).toBe('3600');
  for (const unwanted of [
    'x-powered-by',
    'etag',
    'vary',
    'x-request-id',
    'access-control-allow-credentials',
    'access-control-expose-headers',
  ]) {
    expect(headers, `${unwanted} is none of the contract's headers`).not.toHaveProperty(unwanted);
  }
  if (method === 'OPTIONS') {
    expect(headers).not.toHaveProperty('content-type');
    expect(text).toBe('');
  } else if (headers['content-type'] !== 'text/plain; charset=utf-8' || status !== 404) {
    expect(headers['content-type']).toBe('application/json');
  }
  if (text !== '') expect(text.endsWith('\n'), 'a body ends with a newline').toBe(true);
  expect(text, 'no stack trace leaves the server').not.toMatch(
    /\n\s+at |node_modules|node:internal|\.[jt]s:\d/,
  );
}
