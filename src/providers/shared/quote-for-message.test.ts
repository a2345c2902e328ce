import { expect, it } from 'vitest';
import { quoteForMessage } from './quote-for-message.js';

it.each([
  ['alpine:latest', '"alpine:latest"'],
  ['', '""'],
  ['say "hi" \\ bye', '"say \\"hi\\" \\\\ bye"'],
  ['\u0007\b\f\n\r\t\v', '"\\a\\b\\f\\n\\r\\t\\v"'],
  ['\u0000\u001b\u007f', '"\\x00\\x1b\\x7f"'],
  ['\u0085\u00a0\u200b', '"\\u0085\\u00a0\\u200b"'],
  ['ünïcode 日本 😀', '"ünïcode 日本 😀"'],
  ['\u{e0001}', '"\\U000e0001"'],
  ['\ud800', '"\ufffd"'],
])('quotes %j as %s', (text, quoted) => {
  expect(quoteForMessage(text)).toBe(quoted);
});
