import { mkdirSync, readFileSync, renameSync, writeFileSync } from 'node:fs';
import { dirname } from 'node:path';
import ts from 'typescript';

import { supervisorPath, supervisorSource } from './supervisor-path.js';

/** Runs once before the tests: the supervisor is a program of its own, and Node runs no TypeScript. */
export function setup(): void {
  const { outputText } = ts.transpileModule(readFileSync(supervisorSource, 'utf8'), {
    fileName: supervisorSource,
    compilerOptions: {
      module: ts.ModuleKind.ESNext,
      target: ts.ScriptTarget.ES2023,
      verbatimModuleSyntax: true,
    },
  });
  mkdirSync(dirname(supervisorPath), { recursive: true });
  // Put in place whole: a run beside this one may be starting a task.
  const unfinished = `${supervisorPath}.${process.pid}`;
  writeFileSync(unfinished, outputText);
  renameSync(unfinished, supervisorPath);
}
