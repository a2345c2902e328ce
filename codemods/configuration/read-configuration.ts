import { existsSync, readFileSync } from 'node:fs';
import { dirname, join, resolve } from 'node:path';
import { z } from 'zod';
import { UsageError } from '../engine/usage-error.js';

const schema = z.strictObject({
  facade: z
    .string()
    .regex(/^[^#]+#\w+$/, 'must look like path/to/file.ts#ClassName')
    .optional(),
  source: z.string().optional(),
  wayBack: z.string().optional(),
  tsconfig: z.string().optional(),
  publicApi: z.enum(['keep', 'migrate']).optional(),
});

const fileName = 'refacet.config.json';

/** Where the project is and which facade is migrated away from. */
export interface Configuration {
  readonly root: string;
  readonly facade: string;
  readonly source: string | undefined;
  readonly wayBack: string | undefined;
  readonly tsconfig: string | undefined;
  /** Whether what a published package shows to its users may change. Default `keep`. */
  readonly publicApi?: 'keep' | 'migrate' | undefined;
}

/** What the command line says; it wins over the file. */
export interface ConfigurationOverrides {
  readonly facade?: string | undefined;
  readonly project?: string | undefined;
}

/**
 * Reads `refacet.config.json`, found upwards from the working directory; its folder is the root. Without one, the root of
 * the git repository is, else the working directory, and the facade has to be named on the command line.
 */
export function readConfiguration(
  workingDirectory: string,
  overrides: ConfigurationOverrides,
): Configuration {
  const file = findUpwards(workingDirectory, fileName);
  const settings = file === undefined ? undefined : readFile(file);
  const facade = overrides.facade ?? settings?.facade;
  if (facade === undefined) {
    throw new UsageError(
      `No facade is named. Write { "facade": "path/to/file.ts#ClassName" } to ${fileName} or use --facade.`,
    );
  }
  if (!/^[^#]+#\w+$/.test(facade)) {
    throw new UsageError(`--facade must look like path/to/file.ts#ClassName, not ${facade}.`);
  }
  const git = findUpwards(workingDirectory, '.git');
  const root =
    file !== undefined ? dirname(file) : git !== undefined ? dirname(git) : resolve(workingDirectory);
  return {
    root,
    facade,
    source: settings?.source,
    wayBack: settings?.wayBack,
    tsconfig: overrides.project ?? settings?.tsconfig,
    publicApi: settings?.publicApi,
  };
}

function readFile(path: string): z.infer<typeof schema> {
  let json: unknown;
  try {
    json = JSON.parse(readFileSync(path, 'utf8'));
  } catch (cause) {
    throw new UsageError(`${path} is no JSON: ${cause instanceof Error ? cause.message : String(cause)}`);
  }
  const parsed = schema.safeParse(json);
  if (parsed.success) return parsed.data;
  const [issue] = parsed.error.issues;
  const known =
    issue?.code === 'unrecognized_keys' ? `. The keys are ${Object.keys(schema.shape).join(', ')}.` : '';
  throw new UsageError(
    `${path}: ${issue?.path.join('.') ?? ''} ${issue?.message ?? 'is not valid'}${known}`.replace('  ', ' '),
  );
}

function findUpwards(from: string, name: string): string | undefined {
  for (let folder = resolve(from); ; folder = dirname(folder)) {
    const path = join(folder, name);
    if (existsSync(path)) return path;
    if (dirname(folder) === folder) return undefined;
  }
}
