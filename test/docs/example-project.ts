import { execFileSync } from 'node:child_process';
import { cpSync, mkdirSync, readdirSync, symlinkSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { root, type UserDocument } from './documents.js';

const guide = join('docs', 'migration-guide');

/** Whether the commands of a document run on the example project of the migration guide. */
export const isOfTheGuide = ({ path }: UserDocument): boolean =>
  path.startsWith(guide) || path === join('docs', 'reference', 'command-line.md');

/** Puts the example project into a folder, as a clone with installed packages in a clean git tree. */
export function installExample(folder: string): void {
  cpSync(join(root, guide, 'example'), folder, { recursive: true });
  const installed = join(folder, 'node_modules');
  mkdirSync(installed);
  for (const name of readdirSync(join(root, 'node_modules')).filter((one) => !one.startsWith('.')))
    symlinkSync(join(root, 'node_modules', name), join(installed, name), 'junction');
  symlinkSync(root, join(installed, 'refacet'), 'junction');
  writeFileSync(join(folder, '.gitignore'), 'node_modules/\n.refacet/\n');
  const git = (...parameters: string[]): void =>
    void execFileSync('git', ['-c', 'user.name=Ann', '-c', 'user.email=ann@example.com', ...parameters], {
      cwd: folder,
      stdio: 'pipe',
    });
  git('init', '--quiet');
  git('add', '.');
  git('commit', '--quiet', '--message', 'the example');
}

/**
 * The commands that a reader has run before: those of another page of the guide, below one heading, where a document
 * says `<!-- runs after "…" of ….md -->`.
 */
export function commandsBefore(document: UserDocument, all: readonly UserDocument[]): readonly string[] {
  const [, heading, page] = /^<!-- runs after "(.+)" of (\S+) -->$/m.exec(document.markdown) ?? [];
  if (heading === undefined || page === undefined) return [];
  const other = all.find(({ path }) => path === join(guide, page));
  const commands = other?.blocks.filter((one) => one.language === 'sh' && one.heading === heading) ?? [];
  if (commands.length === 0) throw new Error(`${page} has no commands below "${heading}"`);
  return commands.map(({ text }) => text);
}
