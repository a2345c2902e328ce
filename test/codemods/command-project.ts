import { mkdirSync, readFileSync, writeFileSync } from 'node:fs';
import { dirname, join } from 'node:path';
import { ts } from 'ts-morph';
import { openProject } from '../../codemods/engine/open-project.js';
import { FixtureProject } from './fixture-project.js';

/** A project on disk with the facade of the fixtures, its configuration, and the files that a test is about. */
export class CommandProject {
  readonly #project = new FixtureProject([]);

  constructor(files: Readonly<Record<string, string>>) {
    this.write({ 'refacet.config.json': '{ "facade": "facade/legacy-runner.ts#LegacyRunner" }', ...files });
  }

  get root(): string {
    return this.#project.root;
  }

  write(files: Readonly<Record<string, string | Buffer>>): void {
    for (const [path, text] of Object.entries(files)) {
      mkdirSync(dirname(join(this.root, path)), { recursive: true });
      writeFileSync(join(this.root, path), text);
    }
  }

  read(path: string): string {
    return readFileSync(join(this.root, path), 'utf8');
  }

  readBytes(path: string): Buffer {
    return readFileSync(join(this.root, path));
  }

  /** What the compiler says about the project as it is on disk. */
  errors(): readonly string[] {
    const { program } = openProject({ root: this.root });
    return ts
      .getPreEmitDiagnostics(program)
      .map(({ messageText }) => ts.flattenDiagnosticMessageText(messageText, ' '));
  }

  remove(): void {
    this.#project.remove();
  }
}

/** A consumer of one facet. */
export const killer = `import type { Context } from '../facade/facets.js';
import type { Runner } from '../facade/runner.js';

export async function kill(runner: Runner, ctx: Context): Promise<void> {
  await runner.killTask(ctx, 'task-1');
}
`;

/** A consumer of another facet. */
export const finder = `import type { Context } from '../facade/facets.js';
import type { Runner } from '../facade/runner.js';

export async function find(runner: Runner, ctx: Context): Promise<string> {
  return runner.getImage(ctx, 'alpine');
}
`;

/** A consumer that has to keep the source, since it compares it, and what it hands the source on to. */
export const comparer = `import type { Context } from '../facade/facets.js';
import type { Runner } from '../facade/runner.js';

export async function killBoth(runner: Runner, other: Runner, ctx: Context): Promise<void> {
  // Twice the same is once.
  if (other === runner) return runner.killTask(ctx, 'task-1');
  await runner.killTask(ctx, 'task-1');
  await other.killTask(ctx, 'task-1');
}
`;
