import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { readFormatterSettings } from './formatter-settings.js';

describe('the settings of a formatter that is not installed', () => {
  let root: string;

  beforeEach(() => {
    root = mkdtempSync(join(tmpdir(), 'refacet-formatter-'));
  });

  afterEach(() => {
    rmSync(root, { recursive: true });
  });

  it.each([
    ['.prettierrc', '{ "printWidth": 120, "trailingComma": "none" }'],
    ['.prettierrc', 'printWidth: 120\ntrailingComma: none\n'],
    ['.prettierrc.toml', 'printWidth = 120\ntrailingComma = "none"\n'],
    ['prettier.config.js', "export default { printWidth: 120, trailingComma: 'none' };"],
    ['package.json', '{ "prettier": { "printWidth": 120, "trailingComma": "none" } }'],
  ])('are read off %s', async (name, text) => {
    writeFileSync(join(root, name), text);

    expect(await readFormatterSettings(root)).toEqual({ width: 120, commas: 'none' });
  });

  it('have the width of Prettier where they name none', async () => {
    writeFileSync(join(root, '.prettierrc'), '{ "semi": false }');

    expect(await readFormatterSettings(root)).toEqual({ width: 80, commas: undefined });
  });

  it('are unknown where nothing sets it up', async () => {
    writeFileSync(join(root, 'package.json'), '{ "devDependencies": { "prettier": "3" }, "printWidth": 90 }');

    expect(await readFormatterSettings(root)).toEqual({ width: undefined, commas: undefined });
  });
});
