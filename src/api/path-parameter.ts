import type { Request } from 'express';
import { AppError } from '../contracts/index.js';
import { RequestFailure } from './request-failure.js';

/** A parameter of the matched path, trimmed; an empty string when the path has none or only blanks. */
export function rawPathParameter(request: Request, name: string): string {
  const value = request.params[name];
  return typeof value === 'string' ? value.trim() : '';
}

/**
 * A parameter of the matched path, trimmed. It was decoded once with the path, and not at all when the path holds an
 * encoded slash.
 *
 * @throws RequestFailure 400 `invalid <name>`, `<name> is required`, when nothing is left.
 */
export function pathParameter(request: Request, name: string): string {
  const value = rawPathParameter(request, name);
  if (value === '') {
    throw new RequestFailure(
      `invalid ${name}`,
      new AppError(undefined, `${name} is required`, { status: 400 }),
    );
  }
  return value;
}
