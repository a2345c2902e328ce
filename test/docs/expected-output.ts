const escape = (text: string): string => text.replace(/[.*+?^${}()|[\]\\]/g, '\\$&');

/**
 * Says which line of a document's expected output was not printed, or `undefined` when all were, in their order.
 * `…` stands for anything within a line.
 */
export function missingLine(expected: string, output: string): string | undefined {
  const printed = output.split('\n');
  let next = 0;
  for (const line of expected.split('\n').filter((one) => one.trim() !== '')) {
    const pattern = new RegExp(`^${line.trim().split('…').map(escape).join('.*')}$`);
    const found = printed.findIndex((candidate, index) => index >= next && pattern.test(candidate.trim()));
    if (found < 0) return line;
    next = found + 1;
  }
  return undefined;
}
