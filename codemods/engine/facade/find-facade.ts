import { ts } from 'ts-morph';
import type { Checker } from '../checker.js';
import { toAbsolutePath, toProjectPath } from '../project-path.js';
import type { Project } from '../open-project.js';
import { UsageError } from '../usage-error.js';
import type { FacadeFinding } from './facade-findings.js';
import type { MethodModel } from './facade-model.js';
import type { FacadeLocation } from './locate-facade.js';
import { findWayBack } from './find-way-back.js';
import { missingMethods } from './missing-methods.js';
import { placeOf } from './place-of.js';
import { publishedFacade } from './published-facade.js';
import { readProperty } from './read-property.js';
import { readMethod, type MethodContext } from './read-method.js';
import { FacetPlaces } from './facet-places.js';
import { readSlots, type SlotDeclaration } from './read-slots.js';
import { TemplateRefusal } from './template-refusal.js';
import type { ExportedName, Template } from './template.js';
import type { Facade } from './facade.js';

/** Which facade, as a person names it. */
export interface FacadeChoice {
  /** `legacy/legacy-runner.ts#LegacyRunner`. */
  readonly facade: string;
  /** Name of the source interface, when the facade implements several. */
  readonly source?: string | undefined;
  /** Name of the way back, when there are none or several candidates. */
  readonly wayBack?: string | undefined;
}

/** Finds the facade and reads everything that the engine needs to know of it. */
export function findFacade(project: Project, choice: FacadeChoice): Facade {
  const location = project.facade ?? namedFile(project, choice.facade);
  if (location.kind === 'published') return publishedFacade(project.program, location);
  const { name } = location;
  const path = toProjectPath(project.root, location.file);
  const file = project.program.getSourceFile(location.file);
  if (file === undefined) {
    throw new UsageError(
      `The facade's file ${path} is not part of the project. Check "facade" and the tsconfig's files.`,
    );
  }
  const facade = file.statements.find(
    (statement): statement is ts.ClassDeclaration =>
      ts.isClassDeclaration(statement) && statement.name?.text === name,
  );
  if (facade === undefined) throw new UsageError(`${path} declares no class ${name}. Check "facade".`);

  const checker = project.program.getTypeChecker();
  const source = findSource(checker, facade, choice.source);
  const slots = readSlots(checker, facade);
  refuseSlots(name, slots);
  const wayBack = findWayBack({
    checker,
    file,
    source,
    slots: slots.map((slot) => slot.name),
    wanted: choice.wayBack,
  });
  const findings: FacadeFinding[] =
    wayBack === undefined
      ? [
          {
            code: 'no-way-back',
            subject: wayBackSignature(source, slots),
            ...placeOf(facade.name ?? facade),
          },
        ]
      : [];
  const exported = (declaredName: string, module: string): ExportedName => ({
    name: declaredName,
    module,
    specifier: undefined,
  });
  const methods = readMethods(checker, facade, source, slots);
  return {
    model: {
      facade: exported(name, file.fileName),
      source: exported(source.name.text, source.getSourceFile().fileName),
      slots: slots.map(({ name: slot, type, origin, field }) => ({
        name: slot,
        type: slotType(checker, type),
        origin,
        ...(field === slot ? {} : { heldBy: field }),
      })),
      methods: [...methods, ...missingMethods(checker, source, methods)],
      wayBack: wayBack?.name && exported(wayBack.name.text, file.fileName),
      findings,
    },
    facadeDeclaration: facade,
    sourceDeclaration: source,
    wayBackDeclaration: wayBack,
  };
}

function namedFile({ root }: Project, facade: string): FacadeLocation {
  const [path = '', name = ''] = facade.split('#');
  return { kind: 'source', file: toAbsolutePath(root, path), name };
}

function findSource(
  checker: Checker,
  facade: ts.ClassDeclaration,
  wanted: string | undefined,
): ts.InterfaceDeclaration {
  const implemented = (facade.heritageClauses ?? [])
    .filter(({ token }) => token === ts.SyntaxKind.ImplementsKeyword)
    .flatMap(({ types }) =>
      types.map((type) => checker.getTypeAtLocation(type).symbol as ts.Symbol | undefined),
    );
  const interfaces = implemented.flatMap((symbol) =>
    (symbol?.declarations ?? []).filter((declaration) => ts.isInterfaceDeclaration(declaration)),
  );
  const chosen =
    wanted === undefined ? interfaces : interfaces.filter((declaration) => declaration.name.text === wanted);
  const [source, another] = chosen;
  const name = facade.name?.text ?? 'The facade';
  if (source === undefined && implemented.length > 0) throw unresolvedSource(checker, facade);
  if (source === undefined)
    throw new UsageError(`${name} implements no interface. Let it implement the source.`);
  if (another !== undefined && another.name.text !== source.name.text) {
    throw new UsageError(`${name} implements several interfaces. Name the source one as "source".`);
  }
  return source;
}

/** What is wrong with the types that a facade implements: they are any, or something else than interfaces. */
function unresolvedSource(checker: Checker, facade: ts.ClassDeclaration): UsageError {
  const { fileName } = facade.getSourceFile();
  const name = facade.name?.text ?? 'The facade';
  const types = (facade.heritageClauses ?? []).flatMap((clause) => clause.types);
  for (const { expression } of types) {
    const symbol = checker.getSymbolAtLocation(expression);
    const specifier = symbol?.declarations?.find(
      (one) => ts.isImportSpecifier(one) || ts.isImportClause(one),
    );
    const declaration = specifier && ts.findAncestor(specifier, ts.isImportDeclaration);
    if (declaration === undefined || checker.getSymbolAtLocation(declaration.moduleSpecifier) !== undefined)
      continue;
    return new UsageError(
      `${fileName}: ${expression.getText()}, which ${name} implements, comes from ${declaration.moduleSpecifier.getText()}, which cannot be found. Install it, or mend the import.`,
    );
  }
  return new UsageError(
    `${fileName}: what ${name} implements is no interface that can be found. Let it implement the source.`,
  );
}

/** How the function would begin that a facade lacks. */
function wayBackSignature(source: ts.InterfaceDeclaration, slots: readonly SlotDeclaration[]): string {
  const name = source.name.text;
  const parameter = `${name.charAt(0).toLowerCase()}${name.slice(1)}`;
  const facets = slots.map((slot) => `${slot.name}: ${slot.type.getText()}`).join('; ');
  return `facetsOf(${parameter}: ${name}): { ${facets} }`;
}

/** A facade that gives nothing to move to, or two facets under one name. */
function refuseSlots(facade: string, slots: readonly SlotDeclaration[]): void {
  if (slots.length === 0) {
    throw new UsageError(
      `${facade} has no facets. Let its constructor take them, one by one or as an object of them, and keep each in a ` +
        'readonly or private field that nothing else sets; the types of facets are interfaces with names.',
    );
  }
  const names = slots.map(({ name }) => name);
  const twice = names.find((name, position) => names.indexOf(name) !== position);
  if (twice === undefined) return;
  throw new UsageError(`${facade} has two facets of the name ${twice}. Give one of its fields another name.`);
}

function readMethods(
  checker: Checker,
  facade: ts.ClassDeclaration,
  source: ts.InterfaceDeclaration,
  slots: readonly SlotDeclaration[],
): readonly MethodModel[] {
  const members = new Set(
    checker
      .getTypeAtLocation(source)
      .getProperties()
      .map((property) => property.name),
  );
  const methods = facade.members.filter(
    (member): member is ts.MethodDeclaration =>
      ts.isMethodDeclaration(member) && member.body !== undefined && members.has(member.name.getText()),
  );
  const read = new Map<string, MethodModel>();
  const reading: string[] = [];
  const context: MethodContext = {
    checker,
    places: new FacetPlaces(slots),
    findExport: (symbol, identifier) => findExport(checker, symbol, identifier),
    isSourceTyped: (type) =>
      (checker.getNonNullableType(type).symbol as ts.Symbol | undefined)?.declarations?.includes(source) ===
      true,
    templateOf(name, node): Template {
      const method = methods.find((one) => one.name.getText() === name);
      if (method === undefined) throw new TemplateRefusal('uses-own-state', name, node);
      if (reading.includes(name)) throw new TemplateRefusal('recursive-delegation', name, node);
      const { template } = readOnce(method);
      if (template === undefined) throw new TemplateRefusal('recursive-delegation', name, node);
      return template;
    },
  };
  const readOnce = (method: ts.MethodDeclaration): MethodModel => {
    const name = method.name.getText();
    const known = read.get(name);
    if (known !== undefined) return known;
    reading.push(name);
    const model = readMethod(method, context);
    reading.pop();
    read.set(name, model);
    return model;
  };
  const properties = facade.members.flatMap((member) =>
    ts.isGetAccessorDeclaration(member) && members.has(member.name.getText())
      ? [readProperty(member, context)]
      : [],
  );
  return [...methods.map(readOnce), ...properties];
}

/** A name that the facade imports, or that its own module exports; globals and private names are neither. */
function findExport(
  checker: Checker,
  symbol: ts.Symbol,
  identifier: ts.Identifier,
): ExportedName | undefined {
  const specifier = symbol.declarations?.find((one) => ts.isImportSpecifier(one));
  if (specifier !== undefined) {
    const moduleSpecifier = specifier.parent.parent.parent.moduleSpecifier as ts.StringLiteral;
    const module = checker.getSymbolAtLocation(moduleSpecifier)?.valueDeclaration?.getSourceFile().fileName;
    if (module === undefined) return undefined;
    return { name: (specifier.propertyName ?? specifier.name).text, module, specifier: moduleSpecifier.text };
  }
  const own = identifier.getSourceFile();
  const moduleSymbol = checker.getSymbolAtLocation(own);
  const isExported =
    moduleSymbol !== undefined && checker.getExportsOfModule(moduleSymbol).some((one) => one === symbol);
  return isExported ? { name: symbol.name, module: own.fileName, specifier: undefined } : undefined;
}

function slotType(checker: Checker, type: ts.TypeReferenceNode): ExportedName {
  const name = type.typeName;
  const symbol = checker.getSymbolAtLocation(name);
  const exported = ts.isIdentifier(name) && symbol ? findExport(checker, symbol, name) : undefined;
  if (exported === undefined) {
    throw new UsageError(
      `The facet type ${type.getText()} cannot be imported by callers. Export it by name.`,
    );
  }
  return exported;
}
