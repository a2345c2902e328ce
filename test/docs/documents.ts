import { readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { fencedBlocks, type FencedBlock } from './fenced-blocks.js';

export const root = join(import.meta.dirname, '../..');

/** A document that users read. */
export interface UserDocument {
  /** Path from the project's root. */
  readonly path: string;
  readonly markdown: string;
  readonly blocks: readonly FencedBlock[];
}

/** README, CONTRIBUTING and everything below docs/. */
export function userDocuments(): UserDocument[] {
  const pages = readdirSync(join(root, 'docs'), { recursive: true, encoding: 'utf8' })
    .filter((path) => path.endsWith('.md') && !path.includes('node_modules'))
    .map((path) => join('docs', path));
  return ['README.md', 'CONTRIBUTING.md', ...pages.sort()].map((path) => {
    const markdown = readFileSync(join(root, path), 'utf8');
    return { path, markdown, blocks: fencedBlocks(markdown) };
  });
}
