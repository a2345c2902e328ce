import { writeFileSync } from 'node:fs';
import { dirname, join, relative } from 'node:path';
import { ts } from 'ts-morph';
import { openProject } from '../../codemods/engine/open-project.js';
import { toAbsolutePath } from '../../codemods/engine/project-path.js';
import { groupMembers } from './group-members.js';

/** An interface of somebody's, and where the facade for it is put. */
export interface FacadeWish {
  readonly root: string;
  readonly tsconfig: string | undefined;
  /** `src/query-runner/QueryRunner.ts` */
  readonly module: string;
  readonly name: string;
}

/** The facade that was written: its place as the command line names it, and the groups it was made of. */
export interface WrittenFacade {
  readonly choice: string;
  readonly files: readonly string[];
  readonly groups: ReadonlyMap<string, readonly string[]>;
}

/**
 * Writes facets, facade and way back for an interface, beside it. The methods are grouped by the verbs of their names, the
 * properties are a group of their own.
 * The facets are parts of the interface itself, so that an implementation of it serves as each of them.
 */
export function writeFacade({ root, tsconfig, module, name }: FacadeWish): WrittenFacade {
  const { program } = openProject({ root, tsconfig });
  const path = toAbsolutePath(root, module);
  const file = program.getSourceFile(path);
  const source = file?.statements.find(
    (one): one is ts.InterfaceDeclaration => ts.isInterfaceDeclaration(one) && one.name.text === name,
  );
  if (source === undefined) throw new Error(`${module} declares no interface ${name}`);
  const checker = program.getTypeChecker();
  const signatures = new Map(
    checker
      .getTypeAtLocation(source)
      .getProperties()
      .map((member) => [member.name, checker.getTypeOfSymbolAtLocation(member, source).getCallSignatures()]),
  );
  const named = [...signatures.keys()].filter((member) => /^\w+$/.test(member) && !member.startsWith('__'));
  const properties = named.filter((member) => signatures.get(member)?.length === 0);
  const methods = groupMembers(named.filter((member) => !properties.includes(member)));
  const groups = new Map([...methods, ...(properties.length > 0 ? [['state', properties] as const] : [])]);
  // What has several signatures, or type parameters, has no one list of parameters.
  const isPlain = (member: string): boolean => {
    const [only, ...others] = signatures.get(member) ?? [];
    return others.length === 0 && only?.typeParameters === undefined;
  };
  const headOf = (member: string): string =>
    isPlain(member)
      ? `${member}(...values: Parameters<${name}['${member}']>): ReturnType<${name}['${member}']>`
      : `${member}(...values: any[]): any`;
  const bodyOf = (slot: string, member: string): readonly string[] => {
    if (!properties.includes(member)) {
      // Of several signatures the compiler finds none for a list of anything.
      const pardon = isPlain(member) ? [] : ['    // @ts-ignore'];
      const call = `    return this.${slot}Part.${member}(...values);`;
      return ['', `  ${headOf(member)} {`, ...pardon, call, '  }'];
    }
    const type = `${name}['${member}']`;
    const setter = `  set ${member}(value: ${type}) { this.${slot}Part.${member} = value; }`;
    return [
      '',
      `  get ${member}(): ${type} { return this.${slot}Part.${member}; }`,
      ...(isReadonly(checker.getTypeAtLocation(source).getProperty(member)) ? [] : [setter]),
    ];
  };
  const base = `${decapitalise(name)}-practice`;
  const contracts = join(dirname(path), `${base}-facets.ts`);
  const facade = join(dirname(path), `${base}-facade.ts`);
  const imports = specifierStyle(file);
  const own = `./${base}-facets${imports}`;
  const origin = `./${relative(dirname(path), path).replace(/\.ts$/, imports)}`;
  const typeOf = (slot: string): string => `${name}${slot.charAt(0).toUpperCase()}${slot.slice(1)}`;
  const slots = [...groups.keys()];

  writeFileSync(
    contracts,
    [
      `import type { ${name} } from '${origin}';`,
      '',
      ...slots.map((slot) => {
        const members = (groups.get(slot) ?? []).map((member) => `'${member}'`).join(' | ');
        return `export type ${typeOf(slot)} = Pick<${name}, ${members}>;`;
      }),
      '',
    ].join('\n'),
  );
  writeFileSync(
    facade,
    [
      `import type { ${name} } from '${origin}';`,
      `import type { ${slots.map(typeOf).join(', ')} } from '${own}';`,
      '',
      // What has no plain name stays with the interface: the class only has to have it.
      `export interface ${name}Facade extends Omit<${name}, ${named.map((member) => `'${member}'`).join(' | ')}> {}`,
      '',
      `export class ${name}Facade implements ${name} {`,
      '  constructor(',
      ...slots.map((slot) => `    readonly ${slot}Part: ${typeOf(slot)},`),
      '  ) {}',
      ...slots.flatMap((slot) => (groups.get(slot) ?? []).flatMap((member) => bodyOf(slot, member))),
      '}',
      '',
      `export function partsOf(source: ${name}): { ${slots.map((slot) => `${slot}Part: ${typeOf(slot)}`).join('; ')} } {`,
      `  return { ${slots.map((slot) => `${slot}Part: source`).join(', ')} };`,
      '}',
      '',
    ].join('\n'),
  );
  return { choice: `${relative(root, facade)}#${name}Facade`, files: [contracts, facade], groups };
}

function isReadonly(property: ts.Symbol | undefined): boolean {
  const declarations = property?.declarations ?? [];
  const isOnlyGot = declarations.some(ts.isGetAccessor) && !declarations.some(ts.isSetAccessor);
  return (
    isOnlyGot ||
    declarations.some((one) => (ts.getCombinedModifierFlags(one) & ts.ModifierFlags.Readonly) !== 0)
  );
}

/** The ending that the file's own relative imports have. */
function specifierStyle(file: ts.SourceFile | undefined): '' | '.js' | '.ts' {
  const specifiers = (file?.statements ?? []).flatMap((one) =>
    ts.isImportDeclaration(one) && ts.isStringLiteral(one.moduleSpecifier) ? [one.moduleSpecifier.text] : [],
  );
  if (specifiers.some((one) => one.startsWith('.') && one.endsWith('.js'))) return '.js';
  return specifiers.some((one) => one.startsWith('.') && one.endsWith('.ts')) ? '.ts' : '';
}

function decapitalise(word: string): string {
  return word.charAt(0).toLowerCase() + word.slice(1);
}
