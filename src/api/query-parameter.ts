import type { IncomingMessage } from 'node:http';

/** Decodes one part of a query; nothing when it is malformed. */
function decodePart(text: string): string | undefined {
  try {
    return decodeURIComponent(text.replaceAll('+', ' '));
  } catch {
    return undefined;
  }
}

/**
 * The first occurrence of a query parameter; an empty string when there is none. Pairs that cannot be decoded, or that
 * hold a semicolon, are passed over, as the original does.
 */
export function queryParameter(request: IncomingMessage, name: string): string {
  const target = request.url ?? '';
  const mark = target.indexOf('?');
  if (mark === -1) return '';
  for (const pair of target.slice(mark + 1).split('&')) {
    if (pair.includes(';')) continue;
    const [key = '', ...value] = pair.split('=');
    if (decodePart(key) !== name) continue;
    const decoded = decodePart(value.join('='));
    if (decoded !== undefined) return decoded;
  }
  return '';
}
