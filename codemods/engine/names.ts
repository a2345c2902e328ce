import { ts } from 'ts-morph';
import type { Checker } from './checker.js';
import type { Carrier } from './resolve/carrier.js';

/** What naming the facets of a carrier needs to know. */
export interface NamingContext {
  readonly checker: Checker;
  /** Name of the source interface: `Runner`. */
  readonly source: string;
  /** Whether no other carrier in the same scope has been given the name, nor any member that it stands beside has it. */
  isFree(name: string): boolean;
}

/**
 * The name for one facet of a carrier: the carrier's own with the source's word replaced (`gpuRunner` becomes
 * `gpuTaskExecutor`), else the slot's, else both together. `undefined` when all are taken: names are never numbered.
 */
export function nameForSlot(carrier: Carrier, slot: string, context: NamingContext): string | undefined {
  const { bare, prefix } = partsOfName(carrier);
  const candidates = [wantedName(carrier, slot, context.source), `${prefix}${bare}${capitalise(slot)}`];
  return candidates.find(
    (candidate) =>
      candidate === carrier.name ||
      (context.isFree(candidate) && !isTaken(candidate, carrier, context.checker)),
  );
}

/** The name that a facet of a carrier has the first claim to. */
export function wantedName(carrier: Carrier, slot: string, source: string): string {
  const { bare, prefix } = partsOfName(carrier);
  if (carrier.isCollection !== true) {
    // What a list is taken apart into is named after its place: `[first, second]`.
    const isPlace =
      ts.isBindingElement(carrier.declaration) && ts.isArrayBindingPattern(carrier.declaration.parent);
    return `${prefix}${replaceWord(bare, source, slot) ?? (isPlace ? bare : slot)}`;
  }
  // A collection is named after what it is for: `backends` stays what it is.
  const many = replaceWord(bare, plural(source), plural(slot));
  return `${prefix}${many ?? replaceWord(bare, source, slot) ?? bare}`;
}

/** `registry` and `registries`, `runner` and `runners`. */
function plural(word: string): string {
  if (/[^aeiou]y$/.test(word)) return `${word.slice(0, -1)}ies`;
  return /(?:s|x|z|ch|sh)$/.test(word) ? `${word}es` : `${word}s`;
}

function partsOfName({ name }: Carrier): { readonly bare: string; readonly prefix: string } {
  const bare = name.replace(/^[#_]+/, '');
  return { bare, prefix: name.slice(0, name.length - bare.length) };
}

/** The name with the source's word replaced by the slot's, in the case of its place; `undefined` without such a word. */
export function replaceWord(name: string, source: string, slot: string): string | undefined {
  const inner = capitalise(source);
  const first = decapitalise(source);
  if (name === first) return slot;
  if (new RegExp(`^${first}(?![a-z])`).test(name)) return slot + name.slice(first.length);
  const inside = new RegExp(`${inner}(?![a-z])`);
  return inside.test(name) ? name.replace(inside, capitalise(slot)) : undefined;
}

/** Whether the name means something else where the carrier is declared or used, or would from then on. */
function isTaken(name: string, carrier: Carrier, checker: Checker): boolean {
  const { declaration } = carrier;
  if (ts.isParameter(declaration) && ts.isParameterPropertyDeclaration(declaration, declaration.parent)) {
    return (
      isMemberTaken(name, declaration.parent.parent, checker) || isLocalTaken(name, declaration, checker)
    );
  }
  if (
    ts.isPropertyDeclaration(declaration) ||
    ts.isPropertySignature(declaration) ||
    ts.isGetAccessorDeclaration(declaration)
  ) {
    return isMemberTaken(name, declaration.parent, checker);
  }
  if (ts.isPropertyAssignment(declaration) || ts.isShorthandPropertyAssignment(declaration)) {
    return declaration.parent.properties.some(
      (member) => member !== declaration && member.name?.getText() === name,
    );
  }
  return isLocalTaken(name, declaration, checker);
}

function isMemberTaken(name: string, holder: ts.Node, checker: Checker): boolean {
  if (name.startsWith('#')) {
    return ts.isClassLike(holder) && holder.members.some((member) => member.name?.getText() === name);
  }
  return checker.getTypeAtLocation(holder).getProperty(name) !== undefined;
}

/** A variable: nothing in reach may already have the name, whether it is used there or declared further in. */
function isLocalTaken(name: string, declaration: ts.Node, checker: Checker): boolean {
  const scope = scopeOf(declaration);
  const atDeclaration = checker.resolveName(name, scope, ts.SymbolFlags.Value, true);
  const isUsed = (node: ts.Node): boolean =>
    (ts.isIdentifier(node) && node.text === name && isVariableName(node)) ||
    ts.forEachChild(node, (child) => isUsed(child) || undefined) === true;
  // A name of the module that nothing in the scope uses may be shadowed, but readers would be misled.
  return atDeclaration !== undefined || isUsed(scope);
}

/** The function or block that a variable or parameter is known in. */
export function scopeOf(declaration: ts.Node): ts.Node {
  const parameter = ts.findAncestor(declaration, ts.isParameter);
  if (parameter !== undefined) return parameter.parent;
  return (
    ts.findAncestor(
      declaration,
      (node) => ts.isBlock(node) || ts.isSourceFile(node) || ts.isCaseBlock(node) || ts.isModuleBlock(node),
    ) ?? declaration.getSourceFile()
  );
}

/** Whether an identifier reads or declares a variable, and is no member's name. */
function isVariableName(node: ts.Identifier): boolean {
  const { parent } = node;
  if (ts.isPropertyAccessExpression(parent)) return parent.name !== node;
  if (ts.isPropertyAssignment(parent)) return parent.name !== node;
  if (ts.isBindingElement(parent)) return parent.propertyName !== node;
  const isMember =
    ts.isPropertySignature(parent) ||
    ts.isMethodSignature(parent) ||
    ts.isPropertyDeclaration(parent) ||
    ts.isMethodDeclaration(parent) ||
    ts.isQualifiedName(parent) ||
    ts.isTypeReferenceNode(parent);
  return !isMember;
}

function capitalise(word: string): string {
  return word.charAt(0).toUpperCase() + word.slice(1);
}

function decapitalise(word: string): string {
  return word.charAt(0).toLowerCase() + word.slice(1);
}
