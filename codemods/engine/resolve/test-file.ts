import type { ts } from 'ts-morph';

/** Whether a file holds tests, by its name or by the framework that it imports. */
export function isTestFile(file: ts.SourceFile): boolean {
  return (
    /\.(test|spec)\.[cm]?[jt]sx?$/.test(file.fileName) ||
    /from ['"](vitest|@jest\/globals|node:test|mocha|sinon)['"]/.test(file.text)
  );
}
