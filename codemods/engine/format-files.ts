import { createRequire } from 'node:module';
import { join } from 'node:path';
import { pathToFileURL } from 'node:url';
import type { RewrittenFile } from './rewrite/rewrite.js';

/** As much of Prettier as is used here. */
interface Formatter {
  resolveConfig(path: string, options: { editorconfig: boolean }): Promise<Record<string, unknown> | null>;
  format(text: string, options: Record<string, unknown>): Promise<string>;
}

/**
 * Formats the new texts with the project's own Prettier, where it has one and the file was formatted before: what was in
 * its formatter's hands stays in them, and every other file keeps its bytes.
 */
export async function formatFiles(
  root: string,
  files: readonly RewrittenFile[],
): Promise<readonly RewrittenFile[]> {
  const formatter = files.length === 0 ? undefined : await loadFormatter(root);
  if (formatter === undefined) return files;
  return Promise.all(files.map((file) => formatFile(file, formatter)));
}

async function formatFile(file: RewrittenFile, formatter: Formatter): Promise<RewrittenFile> {
  try {
    const options = {
      ...(await formatter.resolveConfig(file.path, { editorconfig: true })),
      filepath: file.path,
    };
    const wasFormatted = (await formatter.format(file.before, options)) === file.before;
    return wasFormatted ? { ...file, after: await formatter.format(file.after, options) } : file;
  } catch {
    // A plugin that is not installed, settings that nobody can read, syntax that it does not know: not in its hands.
    return file;
  }
}

/** The project's own Prettier, where it is installed. */
export async function loadFormatter(root: string): Promise<Formatter | undefined> {
  let path: string;
  try {
    path = createRequire(join(root, 'package.json')).resolve('prettier');
  } catch {
    // A project without Prettier: its files keep the layout that they are given.
    return undefined;
  }
  const module = (await import(pathToFileURL(path).href)) as { default?: Formatter } & Formatter;
  return module.default ?? module;
}
