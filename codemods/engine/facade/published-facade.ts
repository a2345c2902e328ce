import { ts } from 'ts-morph';
import { UsageError } from '../usage-error.js';
import { facadeFilePath } from './facade-file.js';
import type { Facade } from './facade.js';
import type { FacadeLocation } from './locate-facade.js';
import type { ExportedName } from './template.js';

/** A facade whose model was read from its package: what is missing are the declarations that identity is decided by. */
export function publishedFacade(
  program: ts.Program,
  { file, model }: Extract<FacadeLocation, { kind: 'published' }>,
): Facade {
  const checker = program.getTypeChecker();
  const declarationsOf = ({ module, name }: ExportedName): readonly ts.Declaration[] => {
    const source = program.getSourceFile(module);
    const symbol = source && checker.getSymbolAtLocation(source);
    const found = symbol && checker.getExportsOfModule(symbol).find((one) => one.name === name);
    if (found === undefined) return [];
    const isAlias = (found.flags & ts.SymbolFlags.Alias) !== 0;
    return (isAlias ? checker.getAliasedSymbol(found) : found).declarations ?? [];
  };
  const facadeDeclaration = declarationsOf(model.facade).find(ts.isClassDeclaration);
  const sourceDeclaration = declarationsOf(model.source).find(ts.isInterfaceDeclaration);
  if (facadeDeclaration === undefined || sourceDeclaration === undefined) {
    const missing = facadeDeclaration === undefined ? model.facade : model.source;
    throw new UsageError(
      `${facadeFilePath(file)} names ${missing.name} of ${missing.module}, which does not declare it. Install the package again.`,
    );
  }
  const isImportable = model.wayBack?.specifier !== undefined;
  const wayBackDeclaration = model.wayBack && declarationsOf(model.wayBack).find(ts.isFunctionDeclaration);
  const wayBack = isImportable && wayBackDeclaration !== undefined ? model.wayBack : undefined;
  return { model: { ...model, wayBack }, facadeDeclaration, sourceDeclaration, wayBackDeclaration };
}
