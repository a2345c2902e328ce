import { execFileSync, spawnSync } from 'node:child_process';
import {
  cpSync,
  existsSync,
  mkdirSync,
  mkdtempSync,
  readdirSync,
  readFileSync,
  rmSync,
  symlinkSync,
} from 'node:fs';
import { tmpdir } from 'node:os';
import { join, relative } from 'node:path';

const root = join(import.meta.dirname, '../..');

/** What a command printed, and how it ended. */
export interface Outcome {
  readonly code: number | null;
  readonly out: string;
  readonly error: string;
}

/** The package as it would be published, unpacked once for all consumers. */
export class PackedPackage {
  readonly #folder = mkdtempSync(join(tmpdir(), 'refacet-packed-'));

  constructor() {
    execFileSync('npm', ['pack', '--ignore-scripts', '--silent', '--pack-destination', this.#folder], {
      cwd: root,
      stdio: 'pipe',
    });
    const [archive = ''] = readdirSync(this.#folder);
    execFileSync('tar', ['xzf', archive], { cwd: this.#folder });
  }

  /** Installs the package, and what it and its consumers need, without a network: by links to what is here. */
  installInto(project: string): void {
    const modules = join(project, 'node_modules');
    mkdirSync(modules);
    for (const name of readdirSync(join(root, 'node_modules'))) {
      // Formatters and what else is installed here would not be in a consumer.
      if (name !== 'refacet' && name !== 'prettier')
        symlinkSync(join(root, 'node_modules', name), join(modules, name));
    }
    cpSync(join(this.#folder, 'package'), join(modules, 'refacet'), { recursive: true });
  }

  remove(): void {
    rmSync(this.#folder, { recursive: true, force: true });
  }
}

/** A project of somebody who wrote against the package, in a folder of its own. */
export class Consumer {
  readonly folder = mkdtempSync(join(tmpdir(), 'refacet-consumer-'));

  constructor(name: string, packed: PackedPackage) {
    cpSync(join(root, 'test/fixtures/consumers', name), this.folder, { recursive: true });
    packed.installInto(this.folder);
  }

  /** `npx refacet …` */
  refacet(...commandLine: readonly string[]): Outcome {
    return this.#run('node_modules/refacet/dist/codemods/cli/main.js', commandLine);
  }

  /** Compiles with the project's settings, into `out`. */
  compile(): Outcome {
    rmSync(join(this.folder, 'out'), { recursive: true, force: true });
    return this.#run('node_modules/typescript/bin/tsc', ['-p', '.']);
  }

  /** Runs the compiled program. */
  start(): Outcome {
    return this.#run('out/src/main.js', []);
  }

  /** The project's own tests. */
  test(): Outcome {
    return this.#run('node_modules/vitest/vitest.mjs', [
      'run',
      '--exclude',
      'out',
      '--exclude',
      'node_modules',
    ]);
  }

  /** The source files by their paths from the project's folder. */
  files(): ReadonlyMap<string, string> {
    const paths = ['src', 'test'].flatMap((part) =>
      readdirSync(join(this.folder, part), { recursive: true, withFileTypes: true })
        .filter((entry) => entry.isFile())
        .map((entry) => join(entry.parentPath, entry.name)),
    );
    return new Map(
      paths
        .sort()
        .map((path) => [relative(this.folder, path).split('\\').join('/'), readFileSync(path, 'utf8')]),
    );
  }

  /** The file in which the package describes its facade. */
  get model(): string {
    const path = join(this.folder, 'node_modules/refacet/dist/legacy/legacy-runner.facade.json');
    if (!existsSync(path)) throw new Error('the package holds no model of its facade');
    return path;
  }

  remove(): void {
    rmSync(this.folder, { recursive: true, force: true });
  }

  #run(script: string, commandLine: readonly string[]): Outcome {
    const { status, stdout, stderr } = spawnSync(process.execPath, [script, ...commandLine], {
      cwd: this.folder,
      encoding: 'utf8',
    });
    return { code: status, out: stdout, error: stderr };
  }
}
