/** A fenced block of a Markdown document. */
export interface FencedBlock {
  readonly language: string;
  readonly text: string;
  /** 1-based line of the opening fence. */
  readonly line: number;
  /** What its commands end with: 0, unless the line above says `<!-- exits with N -->`. */
  readonly exitCode: number;
  /** The heading that it stands under. */
  readonly heading: string;
}

/** The fenced blocks of a document in their order. */
export function fencedBlocks(markdown: string): FencedBlock[] {
  const blocks: FencedBlock[] = [];
  const lines = markdown.split('\n');
  let heading = '';
  for (let index = 0; index < lines.length; index++) {
    heading = /^#+ (.*)$/.exec(lines[index] ?? '')?.[1] ?? heading;
    const fence = /^```(\S*)\s*$/.exec(lines[index] ?? '');
    if (!fence) continue;
    const end = lines.indexOf('```', index + 1);
    if (end < 0) throw new Error(`line ${index + 1}: the fence is never closed`);
    blocks.push({
      language: fence[1] ?? '',
      text: lines.slice(index + 1, end).join('\n'),
      line: index + 1,
      exitCode: Number(/^<!-- exits with (\d+) -->$/.exec(lines[index - 1] ?? '')?.[1] ?? 0),
      heading,
    });
    index = end;
  }
  return blocks;
}
