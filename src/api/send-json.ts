import type { Response } from 'express';

/**
 * Answers with one JSON document and a newline. The content type carries no charset, as the contract has it.
 *
 * @param end `open` leaves the ending of the response to the caller.
 */
export function sendJson(
  response: Response,
  status: number,
  body: unknown,
  end: 'ended' | 'open' = 'ended',
): void {
  const text = Buffer.from(`${JSON.stringify(body)}\n`);
  // Express's own `json` and `send` would add `; charset=utf-8`.
  response.statusCode = status;
  response.setHeader('Content-Type', 'application/json');
  response.setHeader('Content-Length', text.byteLength);
  response.write(text);
  if (end === 'ended') response.end();
}
