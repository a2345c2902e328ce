import { existsSync } from 'node:fs';
import { dirname, join } from 'node:path';
import { describe, expect, it } from 'vitest';
import { root, userDocuments } from './documents.js';

describe.each(userDocuments())('$path', ({ path, markdown, blocks }) => {
  it('links to files that exist', () => {
    const targets = [...markdown.matchAll(/\]\((?!https?:|#|mailto:)([^)#\s]+)/g)].map(
      (match) => match[1] ?? '',
    );

    expect(targets.filter((target) => !existsSync(join(root, dirname(path), target)))).toEqual([]);
  });

  it('names the language of every block', () => {
    expect(blocks.filter(({ language }) => language === '').map(({ line }) => `${path}:${line}`)).toEqual([]);
  });
});
