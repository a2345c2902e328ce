import { existsSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { loadFormatter } from './format-files.js';
import type { TrailingCommas } from './rewrite/file-style.js';

/** What a project's formatter is set to, as far as new code has to keep to it; `undefined` where nothing says so. */
export interface FormatterSettings {
  readonly width: number | undefined;
  readonly commas: TrailingCommas | undefined;
}

const configurationFiles = [
  ...['', '.json', '.json5', '.yaml', '.yml', '.toml', '.js', '.cjs', '.mjs', '.ts'].map(
    (end) => `.prettierrc${end}`,
  ),
  ...['js', 'cjs', 'mjs', 'ts'].map((end) => `prettier.config.${end}`),
];

/**
 * Asks the project's own Prettier. Where it is set up and not installed, as in a checkout without its packages, the
 * settings are read off its configuration as text, which is the same in all its forms.
 */
export async function readFormatterSettings(root: string): Promise<FormatterSettings> {
  const formatter = await loadFormatter(root);
  const options = await formatter
    ?.resolveConfig(join(root, 'index.ts'), { editorconfig: true })
    // Settings that nobody can read say nothing.
    .catch(() => undefined);
  if (options !== undefined && options !== null) {
    const { printWidth, trailingComma } = options;
    return {
      width: typeof printWidth === 'number' ? printWidth : undefined,
      commas: isTrailingCommas(trailingComma) ? trailingComma : undefined,
    };
  }
  const text = configurationText(root);
  if (text === undefined) return { width: undefined, commas: undefined };
  const [, width] = /\bprintWidth["']?\s*[:=]\s*(\d+)/.exec(text) ?? [];
  const [, commas] = /\btrailingComma["']?\s*[:=]\s*["']?(\w+)/.exec(text) ?? [];
  // Who sets up Prettier and names no width has its own.
  return { width: Number(width ?? 80), commas: isTrailingCommas(commas) ? commas : undefined };
}

function configurationText(root: string): string | undefined {
  const path = configurationFiles.map((name) => join(root, name)).find((one) => existsSync(one));
  if (path !== undefined) return readFileSync(path, 'utf8');
  const manifest = join(root, 'package.json');
  if (!existsSync(manifest)) return undefined;
  // Any other key may hold the same words, so here the text is not enough.
  const [, settings] = /"prettier"\s*:\s*(\{[^{}]*\})/.exec(readFileSync(manifest, 'utf8')) ?? [];
  return settings;
}

function isTrailingCommas(value: unknown): value is TrailingCommas {
  return value === 'all' || value === 'es5' || value === 'none';
}
