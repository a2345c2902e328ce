import { ts } from 'ts-morph';
import { isWriteTarget } from '../inline/is-reassigned.js';
import type { Reason } from '../reasons.js';
import type { CarrierIndex } from './carrier-index.js';
import type { Carrier, Obstacle, Use } from './carrier.js';
import { isAccountedFor } from './classify-collection.js';
import { classifyRead } from './classify-read.js';
import { classifyTypeUse } from './classify-type-use.js';
import type { UseContext } from './use-context.js';
import type { Flows } from './find-flows.js';
import { readOf } from './flow-expressions.js';
import { isTestFile } from './test-file.js';
import { withoutWrappers, withWrappers } from './transparent.js';

/** The uses of carriers and of other source-typed values, and reads of carriers that no rule covers. */
export interface Uses {
  readonly uses: readonly Use[];
  readonly obstacles: readonly Obstacle[];
}

/** Accounts for every occurrence of a carrier that is no flow, and of a member of the source on anything else. */
export function findUses(
  files: readonly ts.SourceFile[],
  index: CarrierIndex,
  { flows, collections }: Flows,
  context: UseContext,
): Uses {
  const { types } = index;
  const { checker } = types;
  const uses: Use[] = [];
  const obstacles: Obstacle[] = [];
  const followed = new Set<ts.Node>(collections.followed);
  for (const flow of flows)
    for (const node of [readOf(flow) ?? flow.expression, ...targetOf(flow)]) followed.add(node);
  const ownFiles = [types.facade.facadeDeclaration, types.facade.sourceDeclaration].map((node) =>
    node.getSourceFile(),
  );

  const visit = (node: ts.Node): void => {
    if (ts.isCallExpression(node) || ts.isAwaitExpression(node)) visitCall(node);
    else if (ts.isElementAccessExpression(node) || ts.isPropertyAccessExpression(node)) visitElement(node);
    else if (ts.isBinaryExpression(node)) visitElement(node);
    if (ts.isTypeReferenceNode(node) && !ownFiles.includes(node.getSourceFile())) {
      const use = classifyTypeUse(node, index);
      if (use !== undefined) uses.push(use);
    }
    if (ts.isIdentifier(node) || ts.isPrivateIdentifier(node)) {
      if (index.names.has(node.text)) visitName(node);
      if (types.members.has(node.text) && !ownFiles.includes(node.getSourceFile())) visitMember(node);
    } else if (ts.isElementAccessExpression(node) && ts.isStringLiteral(node.argumentExpression)) {
      visitKey(node, node.argumentExpression.text);
    }
    ts.forEachChild(node, visit);
  };
  files.flatMap((file) => types.codeOf(file)).forEach(visit);
  return { uses, obstacles };

  function obstruct(carrier: Carrier, node: ts.Node, reason: Reason): void {
    obstacles.push({ carrier, node, cause: { reason } });
  }

  function visitName(node: ts.Identifier | ts.PrivateIdentifier): void {
    const { parent } = node;
    if (ts.isBindingElement(parent) || (parent as { name?: ts.Node }).name === node) {
      // Declarations, patterns and keys of literals are declarations or flows; a member's name is read with its object.
      if (!ts.isPropertyAccessExpression(parent) && !ts.isShorthandPropertyAssignment(parent)) return;
    }
    if (ts.isShorthandPropertyAssignment(parent)) {
      const carrier = index.readShorthand(parent);
      if (carrier !== undefined && !followed.has(node)) obstruct(carrier, node, 'flows-to-unknown-type');
      return;
    }
    const expression = ts.isPropertyAccessExpression(parent) && parent.name === node ? parent : node;
    const carriers = index.ofSymbol(checker.getSymbolAtLocation(node));
    const [carrier] = carriers;
    if (carrier === undefined) return;
    if (followed.has(expression) && carrier.isCollection !== true) return;
    if (carrier.double?.sites.some(({ nameNode }) => nameNode === node) === true) return;
    if (ts.isExportSpecifier(parent) || ts.isExportAssignment(parent)) {
      obstruct(carrier, node, 'exported-variable');
    } else if (ts.isTypeQueryNode(parent) || ts.isQualifiedName(parent)) {
      obstruct(carrier, node, 'type-level-use');
    } else if (carriers.length > 1) {
      for (const one of carriers) obstruct(one, node, 'receiver-is-union');
    } else if (carrier.isCollection === true) {
      visitCollection(node, expression, carrier);
    } else if (ts.isIdentifier(expression) || ts.isPropertyAccessExpression(expression)) {
      uses.push(classifyRead(expression, carrier, context));
    } else {
      obstruct(carrier, node, 'identity-or-shape-use');
    }
  }

  /** `deps['runner']`: another way to write a member, except to what sets or watches it. */
  function visitKey(node: ts.ElementAccessExpression, name: string): void {
    const carriers = index.ofProperty(checker.getTypeAtLocation(node.expression), name);
    const [carrier] = carriers;
    if (carrier === undefined || followed.has(node)) return;
    if (isSpiedOn(node)) for (const one of carriers) obstruct(one, node, 'spied-member');
    else if (carriers.length > 1 || carrier.isCollection === true || isWriteTarget(node))
      for (const one of carriers) obstruct(one, node, 'dynamic-member');
    else uses.push(classifyRead(node, carrier, context));
  }

  /** The outcome of a function; where nobody looks at it, it is no use. */
  function visitCall(node: ts.CallExpression | ts.AwaitExpression): void {
    const carrier = index.read(node);
    if (carrier?.isCollection === true) {
      const isGiven = ts.isCallExpression(node) && index.called(node, 'value') === carrier;
      if (types.isSource(checker.getTypeAtLocation(node))) visitElement(node);
      else if (isGiven && !isDropped(node) && !isAccountedFor(node, carrier, index, collections))
        obstruct(carrier, node, 'collection-of-source');
      return;
    }
    if (carrier !== undefined) {
      if (!followed.has(node) && !isDropped(node)) uses.push(classifyRead(node, carrier, context));
      return;
    }
    const promised = ts.isCallExpression(node) ? index.readPromise(node) : undefined;
    if (promised === undefined || followed.has(node)) return;
    const { parent } = withWrappers(node);
    if (!ts.isAwaitExpression(parent) && !isDropped(node)) obstruct(promised, node, 'returns-source');
  }

  /** A collection as a whole, by its name. */
  function visitCollection(
    name: ts.Identifier | ts.PrivateIdentifier,
    expression: ts.Node,
    carrier: Carrier,
  ): void {
    const isRead = ts.isIdentifier(expression) || ts.isPropertyAccessExpression(expression);
    if (!isRead || !(followed.has(expression) || isAccountedFor(expression, carrier, index, collections)))
      obstruct(carrier, name, 'collection-of-source');
    else uses.push({ carrier, node: name, member: undefined, action: { kind: 'collection' } });
  }

  /** An element of a collection that is used where it is taken out. */
  function visitElement(node: ts.Expression): void {
    const carrier = index.read(node);
    if (carrier?.isCollection !== true || followed.has(node)) return;
    const { parent } = withWrappers(node);
    if (isDropped(node) || ts.isDeleteExpression(parent)) return;
    if (types.isSource(checker.getTypeAtLocation(node))) uses.push(classifyRead(node, carrier, context));
  }

  /** A member of the source on something that is no carrier. */
  function visitMember(node: ts.Identifier | ts.PrivateIdentifier): void {
    const access = node.parent;
    if (!ts.isPropertyAccessExpression(access) || access.name !== node) return;
    if (index.read(access.expression) !== undefined) return;
    const reason = foreignReason(access);
    if (reason !== undefined) {
      uses.push({
        carrier: undefined,
        node: access,
        member: node.text,
        action: { kind: 'left', cause: { reason } },
      });
    }
  }

  function foreignReason(access: ts.PropertyAccessExpression): Reason | undefined {
    const type = checker.getTypeAtLocation(access.expression);
    if ((type.flags & ts.TypeFlags.Any) !== 0) {
      return isTypedUse(access) ? 'receiver-is-any' : undefined;
    }
    const symbol = checker.getSymbolAtLocation(access.name);
    if (access.expression.kind === ts.SyntaxKind.SuperKeyword) {
      return symbol !== undefined && types.isSourceMember(symbol) ? 'super-call' : undefined;
    }
    if (types.isSource(type)) return 'receiver-not-a-path';
    if (symbol === undefined || !types.isSourceMember(symbol)) return undefined;
    if (isTestFile(access.getSourceFile())) return 'test-double';
    return type.isUnion() ? 'receiver-is-union' : 'receiver-is-generic';
  }

  /** Unchecked members are only worth a line where the source is known at all. */
  function isTypedUse(access: ts.PropertyAccessExpression): boolean {
    return access.getSourceFile().text.includes(types.facade.model.source.name);
  }
}

/** A statement of its own, awaited or not. */
function isDropped(node: ts.Expression): boolean {
  const { parent } = withWrappers(node);
  if (ts.isAwaitExpression(parent) || ts.isVoidExpression(parent)) return isDropped(parent);
  return ts.isExpressionStatement(parent);
}

/** `spyOn(service['runner'], 'killTask')`. */
function isSpiedOn({ parent }: ts.Expression): boolean {
  return (
    ts.isCallExpression(parent) &&
    ts.isPropertyAccessExpression(parent.expression) &&
    parent.expression.name.text === 'spyOn'
  );
}

/** What an assignment sets; the other targets are declarations. */
function targetOf({ site, expression }: Flows['flows'][number]): readonly ts.Node[] {
  const { parent } = expression;
  return site === 'assignment' && ts.isBinaryExpression(parent) ? [withoutWrappers(parent.left)] : [];
}
