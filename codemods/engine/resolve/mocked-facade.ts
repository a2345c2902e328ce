import { ts } from 'ts-morph';
import type { Carrier, Flow, Obstacle } from './carrier.js';
import { isMockOf, readModuleMock } from './module-mock.js';
import type { SourceTypes } from './source-types.js';

/**
 * Tests that replace the facade's module, or a method of its prototype: what they and the code that they import make of
 * the facade is no facade that the way back could see through, so it has to stay whole.
 */
export function mockedFacades(
  files: readonly ts.SourceFile[],
  flows: readonly Flow[],
  types: SourceTypes,
): readonly Obstacle[] {
  const obstacles: Obstacle[] = [];
  for (const file of files) {
    const mock = findMock(file, types);
    if (mock === undefined) continue;
    const seen = new Set([file, ...importedFiles(file, types)]);
    const start = flows
      .filter(({ expression, mayBeFacade }) => mayBeFacade && seen.has(expression.getSourceFile()))
      .map(({ target }) => target);
    for (const carrier of reachedBy(start, flows)) {
      obstacles.push({ carrier, node: mock, cause: { reason: 'spied-member', detail: mock.getText() } });
    }
  }
  return obstacles;
}

function findMock(file: ts.SourceFile, types: SourceTypes): ts.Node | undefined {
  const visit = (node: ts.Node): ts.Node | undefined =>
    isPrototype(node, types) || isModuleMock(node, types) ? node : ts.forEachChild(node, visit);
  return /\bmock|prototype/i.test(file.text) ? visit(file) : undefined;
}

/** `LegacyRunner.prototype`, for whatever purpose. */
function isPrototype(node: ts.Node, types: SourceTypes): boolean {
  return (
    ts.isPropertyAccessExpression(node) &&
    node.name.text === 'prototype' &&
    types.declarationsOf(node.expression).includes(types.facade.facadeDeclaration) &&
    node.getSourceFile() !== types.facade.facadeDeclaration.getSourceFile()
  );
}

/** `vi.mock('../legacy/legacy-runner.js')` and its like. */
function isModuleMock(node: ts.Node, types: SourceTypes): boolean {
  const mock = readModuleMock(node);
  return mock !== undefined && isMockOf(mock, types.facade.facadeDeclaration, types);
}

function importedFiles(file: ts.SourceFile, { checker }: SourceTypes): readonly ts.SourceFile[] {
  return file.statements.flatMap((statement) => {
    if (!ts.isImportDeclaration(statement)) return [];
    const module = checker.getSymbolAtLocation(statement.moduleSpecifier);
    return (module?.declarations ?? []).filter(ts.isSourceFile);
  });
}

function reachedBy(start: readonly Carrier[], flows: readonly Flow[]): ReadonlySet<Carrier> {
  const found = new Set(start);
  for (const carrier of found) {
    for (const { from, target } of flows) if (from === carrier) found.add(target);
  }
  return found;
}
