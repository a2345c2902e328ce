import { mkdirSync, writeFileSync } from 'node:fs';
import { dirname, join } from 'node:path';

/** A project made on the fly, and what a plain rename of one member in it would have to do. */
export interface MadeProject {
  readonly files: number;
  /** Lines in which the source's member is called: each must change. */
  readonly rightLines: ReadonlySet<string>;
  /** Lines in which a member of the same name is called on something else: none may change. */
  readonly decoyLines: ReadonlySet<string>;
}

/** The member that every tool renames, and what it becomes. */
export const rename = { from: 'killTask', to: 'stopTask' } as const;

const facade = `import type { Executor, Logs } from './facets.js';
import type { Runner } from './runner.js';

export class RunnerFacade implements Runner {
  constructor(
    readonly executor: Executor,
    readonly logs: Logs,
  ) {}

  killTask(id: string): Promise<void> {
    return this.executor.stopTask(id);
  }

  readLog(id: string, lines: number): Promise<string[]> {
    return this.logs.read(id, { lines });
  }
}

export function facetsOf(runner: Runner): { executor: Executor; logs: Logs } {
  return {
    executor: { stopTask: (id) => runner.killTask(id) },
    logs: { read: (id, { lines }) => runner.readLog(id, lines) },
  };
}
`;

const runner = `export interface Runner {
  killTask(id: string): Promise<void>;
  readLog(id: string, lines: number): Promise<string[]>;
}
`;

const facets = `export interface Executor {
  stopTask(id: string): Promise<void>;
}

export interface Logs {
  read(id: string, options: { lines: number }): Promise<string[]>;
}
`;

/** Writes a project of so many files: one in twenty uses the source, most others hold members of the same names. */
export function writeProject(root: string, files: number): MadeProject {
  const rightLines = new Set<string>();
  const decoyLines = new Set<string>();
  const write = (path: string, text: string): void => {
    mkdirSync(dirname(join(root, path)), { recursive: true });
    writeFileSync(join(root, path), text);
  };
  write('package.json', '{ "name": "made", "private": true, "type": "module" }\n');
  write('tsconfig.json', `${JSON.stringify({ compilerOptions, include: ['src'] }, undefined, 2)}\n`);
  write('src/legacy/runner.ts', runner);
  write('src/legacy/facets.ts', facets);
  write('src/legacy/facade.ts', facade);
  const folderOf = (index: number): string => `src/part-${Math.floor(index / 100)}`;
  for (let index = 0; index < files - 3; index += 1) {
    const path = `${folderOf(index)}/file-${index}.ts`;
    const usesSource = index % 20 === 0;
    const lines = usesSource
      ? userOf(index)
      : decoyOf(index, index > 0 ? neighbour(index, folderOf) : undefined);
    lines.forEach((line, number) => {
      if (!line.includes('.killTask(')) return;
      (usesSource ? rightLines : decoyLines).add(`${path}:${number + 1}`);
    });
    write(path, `${lines.join('\n')}\n`);
  }
  return { files, rightLines, decoyLines };
}

const compilerOptions = {
  target: 'ES2022',
  module: 'NodeNext',
  moduleResolution: 'NodeNext',
  strict: true,
  types: [],
  skipLibCheck: true,
  noEmit: true,
};

function userOf(index: number): readonly string[] {
  const name = `Service${index}`;
  return [
    `import type { Runner } from '../legacy/runner.js';`,
    '',
    `export class ${name} {`,
    '  constructor(private readonly runner: Runner) {}',
    '',
    '  async stop(id: string): Promise<number> {',
    '    await this.runner.killTask(id);',
    '    const lines = await this.runner.readLog(id, 100);',
    '    return lines.length;',
    '  }',
    '',
    '  async stopAll(ids: readonly string[]): Promise<void> {',
    '    for (const id of ids) await this.runner.killTask(id);',
    '  }',
    '}',
    ...plainCode(index),
  ];
}

function decoyOf(index: number, other: string | undefined): readonly string[] {
  return [
    ...(other === undefined ? [] : [`import { sum${index - 1} } from '${other}';`, '']),
    `export class Pool${index} {`,
    '  readonly #ids = new Set<string>();',
    '',
    '  killTask(id: string): boolean {',
    '    return this.#ids.delete(id);',
    '  }',
    '}',
    '',
    `export function drain${index}(pool: Pool${index}, ids: readonly string[]): number {`,
    '  let killed = 0;',
    '  for (const id of ids) if (pool.killTask(id)) killed += 1;',
    `  return killed${other === undefined ? '' : ` + sum${index - 1}([killed])`};`,
    '}',
    ...plainCode(index),
  ];
}

/** Code that a compiler has work with and that nobody migrates. */
function plainCode(index: number): readonly string[] {
  const functions = Array.from({ length: 4 }, (_none, part) => [
    '',
    `export interface Row${index}x${part} {`,
    '  readonly id: string;',
    '  readonly amounts: readonly number[];',
    `  readonly kind: 'a' | 'b' | 'c${part}';`,
    '}',
    '',
    `export function group${index}x${part}(rows: readonly Row${index}x${part}[]): Map<string, number> {`,
    '  const totals = new Map<string, number>();',
    '  for (const { kind, amounts } of rows) {',
    '    const total = amounts.filter((one) => one > 0).map((one) => one * 2).reduce((left, right) => left + right, 0);',
    '    totals.set(kind, (totals.get(kind) ?? 0) + total);',
    '  }',
    '  return totals;',
    '}',
  ]);
  return [
    '',
    `export const sum${index} = (values: readonly number[]): number =>`,
    '  values.reduce((left, right) => left + right, 0);',
    ...functions.flat(),
  ];
}

function neighbour(index: number, folderOf: (index: number) => string): string {
  const [own, other] = [folderOf(index), folderOf(index - 1)];
  return own === other ? `./file-${index - 1}.js` : `../${other.slice(4)}/file-${index - 1}.js`;
}
