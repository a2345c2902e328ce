import { createRequire } from 'node:module';
import { join } from 'node:path';

/** One way to do the job, as a script that runs in a process of its own in the project's folder. */
export interface Tool {
  readonly name: string;
  readonly script: string;
  readonly commandLine: readonly string[];
  /** It changes files, which are then counted and put back. */
  readonly edits: boolean;
}

const require = createRequire(import.meta.url);
const own = (name: string): string => join(import.meta.dirname, `${name}.js`);
const refacet = join(import.meta.dirname, '../../codemods/cli/main.js');
const transform = join(import.meta.dirname, '../../../bench/migrate/jscodeshift-transform.cjs');
const facade = ['--facade', 'src/legacy/facade.ts#RunnerFacade'];

/** Everything that is measured beside each other. The first is what the others are compared with. */
export const tools: readonly Tool[] = [
  {
    name: 'tsc --noEmit',
    script: require.resolve('typescript/lib/tsc.js'),
    commandLine: ['--noEmit', '-p', '.'],
    edits: false,
  },
  { name: 'createProgram alone', script: own('create-program'), commandLine: [], edits: false },
  { name: 'refacet, planning', script: own('plan-only'), commandLine: [], edits: false },
  {
    name: 'refacet migrate --write',
    script: refacet,
    commandLine: ['migrate', '--write', '--allow-dirty', ...facade],
    edits: true,
  },
  { name: 'ts-morph, rename()', script: own('with-ts-morph'), commandLine: [], edits: true },
  {
    name: 'jscodeshift, untyped',
    script: require.resolve('jscodeshift/bin/jscodeshift.js'),
    commandLine: ['--run-in-band', '--silent', '--extensions=ts', '--parser=ts', '-t', transform, 'src'],
    edits: true,
  },
  { name: 'ast-grep, untyped', script: own('with-ast-grep'), commandLine: [], edits: true },
];
