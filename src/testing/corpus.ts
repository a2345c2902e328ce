import { createHash } from 'node:crypto';
import { mkdir, readdir, readFile, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import type { Scenario } from './scenario.js';

/** A scenario that once failed, kept as data: unlike a seed it survives every change of the generators. */
export interface CorpusEntry {
  readonly file: string;
  readonly scenario: Scenario;
}

/** Stands for `undefined`, which JSON does not have. */
const undefinedInJson = { $undefined: true };

/** Keeps a scenario in a folder; the same scenario has the same file. @returns the file. */
export async function keepScenario(folder: string, scenario: Scenario): Promise<string> {
  const text = `${JSON.stringify(encode(scenario), null, 2)}\n`;
  const file = join(folder, `${createHash('sha256').update(text).digest('hex').slice(0, 12)}.json`);
  await mkdir(folder, { recursive: true });
  await writeFile(file, text);
  return file;
}

/** Every scenario of a folder, by file name. A folder that is not there has none. */
export async function readCorpus(folder: string): Promise<readonly CorpusEntry[]> {
  const names = await readdir(folder).catch((error: unknown) => {
    if ((error as NodeJS.ErrnoException).code === 'ENOENT') return [];
    throw error;
  });
  return Promise.all(
    names
      .filter((name) => name.endsWith('.json'))
      .sort()
      .map(async (name) => {
        const file = join(folder, name);
        return { file, scenario: decode(JSON.parse(await readFile(file, 'utf8'))) as Scenario };
      }),
  );
}

function encode(value: unknown): unknown {
  if (value === undefined) return undefinedInJson;
  if (Array.isArray(value)) return value.map(encode);
  if (typeof value !== 'object' || value === null) return value;
  return Object.fromEntries(Object.entries(value).map(([key, item]) => [key, encode(item)]));
}

function decode(value: unknown): unknown {
  if (Array.isArray(value)) return value.map(decode);
  if (typeof value !== 'object' || value === null) return value;
  if ('$undefined' in value) return undefined;
  return Object.fromEntries(Object.entries(value).map(([key, item]) => [key, decode(item)]));
}
