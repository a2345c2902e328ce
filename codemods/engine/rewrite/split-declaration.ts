import { ts } from 'ts-morph';
import type { Carrier, Flow } from '../resolve/carrier.js';
import { choicesOf } from '../resolve/flow-expressions.js';
import { withoutWrappers } from '../resolve/transparent.js';
import { facetText, initializerText, textOfNode, wayBackText } from './facet-text.js';
import { separatorAt } from './file-style.js';
import type { FileRewriter } from './file-rewriter.js';
import { renameDocTags } from './rename-doc-tags.js';
import { slotName, slotTypeName } from './slot-names.js';
import { splitDouble } from './split-double.js';
import type { TextOf } from './text-of.js';
import { releaseType, typeText } from './type-text.js';
import { namedSlots } from './unread-slots.js';

/** Replaces the declaration of a carrier by one per slot. Literals' properties are rewritten as flows. */
export function splitDeclaration(rewriter: FileRewriter, carrier: Carrier, flows: readonly Flow[]): void {
  const { declaration, double } = carrier;
  if (double !== undefined) {
    splitDouble(rewriter, carrier, double);
    return;
  }
  if (ts.isIndexedAccessTypeNode(declaration)) {
    moveTypeUse(rewriter, carrier, declaration);
    return;
  }
  const slots = rewriter.slotsOf(carrier) ?? [];
  if (ts.isPropertyAssignment(declaration) || ts.isShorthandPropertyAssignment(declaration)) return;
  if (carrier.typeNode !== undefined) releaseType(rewriter, carrier.typeNode);
  renameDocTags(rewriter, carrier);
  if (carrier.returns !== undefined) {
    narrowReturn(rewriter, carrier, slots);
    return;
  }
  const build = (textOf: TextOf): string => {
    if (ts.isBindingElement(declaration))
      return bindingText(rewriter, carrier, declaration, slots, flows, textOf);
    if (ts.isVariableDeclaration(declaration))
      return variableText(rewriter, carrier, declaration, slots, textOf);
    const separator = separatorAt(rewriter.file, rewriter.style, declaration.getStart());
    const copies = namedSlots(carrier, slots, rewriter.reads).map((slot) =>
      memberText(rewriter, carrier, slot, textOf),
    );
    if (ts.isParameter(declaration)) {
      const list = copies.join(`,${separator}`);
      return copies.length !== 1 && !hasParentheses(declaration) ? `(${list})` : list;
    }
    const mark = /[;,]$/.exec(declaration.getText())?.[0] ?? '';
    const joint = mark === '' && separator === ' ' ? '; ' : separator;
    return copies.map((copy) => `${copy}${mark}`).join(joint);
  };
  rewriter.edit(carrier, { start: declaration.getStart(), end: declaration.end, key: 'declaration', build });
}

/** One parameter of an arrow function may stand alone, several may not. */
function hasParentheses({ parent }: ts.ParameterDeclaration): boolean {
  return (
    !ts.isArrowFunction(parent) ||
    parent.getChildren().some(({ kind }) => kind === ts.SyntaxKind.OpenParenToken)
  );
}

/** `Runner['killTask']` becomes `TaskExecutor['killTask']`. */
function moveTypeUse(rewriter: FileRewriter, carrier: Carrier, node: ts.IndexedAccessTypeNode): void {
  const { typeUse } = carrier;
  if (typeUse === undefined || !ts.isLiteralTypeNode(node.indexType)) return;
  const { literal } = node.indexType;
  const { slot, method } = typeUse;
  rewriter.imports.release(carrier.nameNode);
  const replace = (start: number, end: number, build: () => string): void =>
    rewriter.edit(carrier, { start, end, key: 'type', build });
  replace(node.objectType.getStart(), node.objectType.end, () => slotTypeName(rewriter, carrier, slot));
  replace(literal.getStart() + 1, literal.end - 1, () => method);
}

/** What a function gives: its type, and the name of an accessor. What it returns is rewritten as flows. */
function narrowReturn(rewriter: FileRewriter, carrier: Carrier, slots: readonly number[]): void {
  const { declaration, nameNode, typeNode } = carrier;
  const [slot] = slots;
  if (slot === undefined) return;
  const replace = (node: ts.Node, build: () => string): void =>
    rewriter.edit(carrier, { start: node.getStart(), end: node.end, key: 'declaration', build });
  if (typeNode !== undefined) replace(typeNode, () => typeText(rewriter, carrier, typeNode, slot));
  if (ts.isGetAccessorDeclaration(declaration)) replace(nameNode, () => rewriter.nameOf(carrier, slot));
}

/** A parameter, field or property signature: name, type and initialiser change, the rest is copied. */
function memberText(rewriter: FileRewriter, carrier: Carrier, slot: number, textOf: TextOf): string {
  const { declaration, nameNode, typeNode } = carrier;
  const { text } = rewriter.file;
  const isParameterOnly = isPrivateProperty(declaration) && !isReadAsMember(rewriter, carrier, slot);
  const head = isParameterOnly ? '' : text.slice(declaration.getStart(), nameNode.getStart());
  const name = rewriter.nameOf(carrier, slot);
  const initializer = 'initializer' in declaration ? declaration.initializer : undefined;
  const typeStart = typeNode?.getStart() ?? nameNode.end;
  let result = head + name;
  if (typeNode !== undefined)
    result += text.slice(nameNode.end, typeStart) + typeText(rewriter, carrier, typeNode, slot);
  if (initializer !== undefined) {
    result += text.slice(typeNode?.end ?? nameNode.end, initializer.getStart());
    result += initializerText(rewriter, carrier, initializer, slot, textOf);
  }
  return result;
}

/** A private parameter property of which other facets are read as members stays one for those alone. */
function isReadAsMember(rewriter: FileRewriter, carrier: Carrier, slot: number): boolean {
  const members = rewriter.memberSlotsOf(carrier);
  return members.size === 0 || members.has(slot);
}

function isPrivateProperty(declaration: ts.Node): boolean {
  return (
    ts.isParameter(declaration) &&
    declaration.modifiers?.some(({ kind }) => kind === ts.SyntaxKind.PrivateKeyword) === true
  );
}

function bindingText(
  rewriter: FileRewriter,
  carrier: Carrier,
  { initializer }: ts.BindingElement,
  slots: readonly number[],
  flows: readonly Flow[],
  textOf: TextOf,
): string {
  const { declaration } = carrier;
  if (ts.isBindingElement(declaration) && ts.isArrayBindingPattern(declaration.parent)) {
    const rest = declaration.dotDotDotToken === undefined ? '' : '...';
    return slots.map((slot) => `${rest}${rewriter.nameOf(carrier, slot)}`).join(', ');
  }
  const property = flows.find(({ target, site }) => target === carrier && site === 'binding')?.from;
  return slots
    .map((slot) => {
      const local = rewriter.nameOf(carrier, slot);
      const key = property === undefined ? local : rewriter.nameOf(property, slot);
      const name = key === local ? local : `${key}: ${local}`;
      return initializer === undefined
        ? name
        : `${name} = ${facetText(rewriter, carrier, initializer, slot, textOf)}`;
    })
    .join(', ');
}

/**
 * A variable. From a path, each facet is read by its own name or picked from the object; from anything else the facets
 * are picked from one evaluation.
 */
function variableText(
  rewriter: FileRewriter,
  carrier: Carrier,
  declaration: ts.VariableDeclaration,
  slots: readonly number[],
  textOf: TextOf,
): string {
  const { initializer } = declaration;
  const [only] = slots;
  if (initializer === undefined) {
    return slots
      .map((slot) => {
        const type = carrier.typeNode && typeText(rewriter, carrier, carrier.typeNode, slot);
        return `${rewriter.nameOf(carrier, slot)}${type === undefined ? '' : `: ${type}`}`;
      })
      .join(', ');
  }
  if (slots.length === 1 && only !== undefined) {
    const type =
      carrier.typeNode === undefined ? '' : `: ${typeText(rewriter, carrier, carrier.typeNode, only)}`;
    return `${rewriter.nameOf(carrier, only)}${type} = ${initializerText(rewriter, carrier, initializer, only, textOf)}`;
  }
  const source = rewriter.index.read(initializer);
  const isMoving = source !== undefined && rewriter.slotsOf(source) !== undefined;
  const read = withoutWrappers(initializer);
  if (isMoving && !ts.isPropertyAccessExpression(read)) {
    return slots
      .map(
        (slot) =>
          `${rewriter.nameOf(carrier, slot)} = ${facetText(rewriter, carrier, initializer, slot, textOf)}`,
      )
      .join(', ');
  }
  const keyOf = (slot: number): string =>
    isMoving ? rewriter.nameOf(source, slot) : slotName(rewriter, slot);
  const elements = slots.map((slot) => {
    const local = rewriter.nameOf(carrier, slot);
    return keyOf(slot) === local ? local : `${keyOf(slot)}: ${local}`;
  });
  const object =
    isMoving && ts.isPropertyAccessExpression(read)
      ? textOfNode(read.expression, textOf)
      : objectOfFacets(rewriter, carrier, initializer, slots, textOf);
  return `{ ${elements.join(', ')} } = ${object}`;
}

/** The way back's whole answer, from which several facets are picked. */
function objectOfFacets(
  rewriter: FileRewriter,
  carrier: Carrier,
  initializer: ts.Expression,
  slots: readonly number[],
  textOf: TextOf,
): string {
  const [first] = slots;
  if (first === undefined) return textOfNode(initializer, textOf);
  if (choicesOf(initializer).length > 0) {
    const text = wayBackText(rewriter, carrier, initializer, textOfNode(initializer, textOf), first);
    return text.slice(0, text.length - slotName(rewriter, first).length - 1);
  }
  const facet = facetText(rewriter, carrier, initializer, first, textOf);
  return facet.slice(0, facet.length - slotName(rewriter, first).length - 1);
}
