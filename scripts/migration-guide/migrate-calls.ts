import { cpSync, mkdirSync, mkdtempSync, rmSync, symlinkSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { dirname, join } from 'node:path';
import ts from 'typescript';
import { migrate, readConfiguration, terminalReport } from '../../codemods/index.js';
import type { InterfaceMethod } from './runner-methods.js';

/** The facade and what it needs: a project that holds nothing else than what is asked. */
const facadeFiles = [
  'legacy/runner.ts',
  'legacy/legacy-runner.ts',
  'legacy/way-back',
  'src/contracts',
  'src/orchestrator/start-task.ts',
  'package.json',
  'refacet.config.json',
  'tsconfig.json',
  '.prettierrc.json',
];

/** A call of a method of `Runner`. */
export interface Call {
  readonly method: InterfaceMethod;
  readonly arguments: readonly string[];
}

/** A call, and what the codemods put into its place. */
export interface MigratedCall {
  readonly before: string;
  readonly after: string;
  /** What has to be injected instead of a `Runner`, as parameters. */
  readonly injected: readonly string[];
}

/** Migrates calls, in one project that holds nothing else. */
export async function migrateCalls(root: string, calls: readonly Call[]): Promise<readonly MigratedCall[]> {
  const folder = mkdtempSync(join(tmpdir(), 'refacet-guide-'));
  try {
    for (const path of facadeFiles) {
      mkdirSync(dirname(join(folder, path)), { recursive: true });
      cpSync(join(root, path), join(folder, path), {
        recursive: true,
        filter: (source) => !source.endsWith('.test.ts'),
      });
    }
    symlinkSync(join(root, 'node_modules'), join(folder, 'node_modules'), 'junction');
    const path = join(folder, 'src/calls.ts');
    const before = sourceOf(calls);
    writeFileSync(path, before);

    const { changes, report } = await migrate(readConfiguration(folder, {}), { scope: ['src/calls.ts'] });

    if (report.left > 0) throw new Error(terminalReport(report));
    const after = changes.find((change) => change.path === path)?.after;
    if (after === undefined) throw new Error('no call was migrated');
    const old = readCalls(before);
    return readCalls(after).map(({ call, parameters }, index) => ({
      before: old[index]?.call ?? '',
      after: call,
      injected: parameters.filter((parameter) => !(old[index]?.parameters ?? []).includes(parameter)),
    }));
  } finally {
    rmSync(folder, { recursive: true, force: true });
  }
}

function sourceOf(calls: readonly Call[]): string {
  const functions = calls.map(({ method, arguments: given }, index) => {
    const declared = ['runner: Runner', ...method.parameters.map(({ name, type }) => `${name}: ${type}`)];
    const call = `runner.${method.name}(${given.join(', ')})`;
    return `export const call${index} = (${declared.join(', ')}) => ${call};\n`;
  });
  return [
    `import type { ExecutionRequest, RequestContext } from './contracts/index.js';\n`,
    `import type { Runner } from '../legacy/runner.js';\n`,
    ...functions,
  ].join('');
}

function readCalls(
  text: string,
): readonly { readonly call: string; readonly parameters: readonly string[] }[] {
  const file = ts.createSourceFile('calls.ts', text, ts.ScriptTarget.Latest, true);
  return file.statements.filter(ts.isVariableStatement).map((statement) => {
    const arrow = statement.declarationList.declarations[0]?.initializer;
    if (arrow === undefined || !ts.isArrowFunction(arrow)) throw new Error('a call is an arrow function');
    return {
      call: onOneLine(arrow.body.getText()),
      parameters: arrow.parameters.map((parameter) => parameter.getText()),
    };
  });
}

/** A table has no room for more lines than one. */
function onOneLine(text: string): string {
  return text
    .replaceAll(/\s+/g, ' ')
    .replaceAll('( ', '(')
    .replaceAll(/,? \)/g, ')')
    .replaceAll(/, \}/g, ' }');
}
