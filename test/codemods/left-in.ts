import type { LeftAlone, Migration } from '../../codemods/index.js';

/** What is left alone in a situation, one line each: `consumer.ts:3 killTask evaluation-order`. */
export function leftIn({ report }: Migration, situation: string): readonly string[] {
  return report.leftAlone.filter(({ path }) => path.startsWith(`${situation}/`)).map(describeLeft);
}

function describeLeft({ path, line, name, reason, blockedBy }: LeftAlone): string {
  const place = (one: { path: string; line: number }): string =>
    `${one.path.split('/').at(-1) ?? ''}:${one.line}`;
  const blocker = blockedBy === undefined ? '' : ` ${place(blockedBy)} ${blockedBy.reason}`;
  return `${place({ path, line })} ${name} ${reason}${blocker}`;
}
