import { existsSync } from 'node:fs';
import { dirname, join } from 'node:path';
import { describe, expect, it } from 'vitest';
import { root, userDocuments } from './documents.js';

describe.each(userDocuments())('$path', ({ path, markdown, blocks }) => {
  it('links to files that exist', () => {
    // What stands in a block is code, even where it looks like a link.
    const prose = markdown.replaceAll(/^```.*\n[^]*?^```$/gm, '');
    const targets = [...prose.matchAll(/\]\((?!https?:|#|mailto:)([^)#\s]+)/g)].map(
      (match) => match[1] ?? '',
    );

    expect(targets.filter((target) => !existsSync(join(root, dirname(path), target)))).toEqual([]);
  });

  it('names the language of every block', () => {
    expect(blocks.filter(({ language }) => language === '').map(({ line }) => `${path}:${line}`)).toEqual([]);
  });
});
