import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { createTwoFilesPatch } from 'diff';

const marker = /^<!-- diff of (\S+): (\S+) -->\n(?:\n*```diff\n[^]*?\n```\n)?/gm;

/**
 * A page with the diff of a fixture behind each `<!-- diff of fixture: file -->`: what the codemods do to the fixture, as
 * their tests have it.
 */
export function withFixtureDiffs(page: string, fixtures: string): string {
  return page.replaceAll(marker, (_, fixture: string, file: string) => {
    const read = (state: 'before' | 'after'): string =>
      readFileSync(join(fixtures, fixture, state, file), 'utf8');
    return `<!-- diff of ${fixture}: ${file} -->\n\n\`\`\`diff\n${diff(read('before'), read('after'))}\n\`\`\`\n`;
  });
}

function diff(before: string, after: string): string {
  const patch = createTwoFilesPatch('before', 'after', before, after, undefined, undefined, { context: 3 });
  const lines = patch.trimEnd().split('\n');
  return lines.slice(lines.findIndex((line) => line.startsWith('@@')) + 1).join('\n');
}
