import { ts } from 'ts-morph';
import type { Reason } from '../reasons.js';
import type { CarrierIndex } from './carrier-index.js';
import type { Carrier, Flow, FlowSite, Limit, Obstacle } from './carrier.js';
import { CollectionFlows } from './collection-flows.js';
import type { BoundNames } from '../inline/bound-names.js';
import { isInFunctionType } from './find-callbacks.js';
import { expectedType } from './expected-type.js';
import type { PatternLimits } from './find-named-members.js';
import { findOwners } from './find-owners.js';
import { choicesOf, isAsync, isEmpty, mayGiveSource } from './flow-expressions.js';
import { makeFlow, unbridged } from './make-flow.js';
import { withoutWrappers } from './transparent.js';

/** The flows into carriers, and what about them keeps a carrier from changing. */
export interface Flows {
  readonly flows: readonly Flow[];
  readonly obstacles: readonly Obstacle[];
  /** What goes into collections and comes out of them. */
  readonly collections: CollectionFlows;
}

/** Finds every place where a value goes into a carrier: arguments, initialisers, assignments, literals, patterns. */
export function findFlows(
  files: readonly ts.SourceFile[],
  index: CarrierIndex,
  boundNames: BoundNames,
  keepDoubles: boolean,
  limits: PatternLimits,
): Flows {
  const { types } = index;
  const { checker } = types;
  const { names: owners } = findOwners(files, index);
  // What has a function type may be called by any name.
  const callsFunctionTypes = index.carriers.some(({ declaration }) => isInFunctionType(declaration));
  const returnsPromise = index.carriers.some(({ returns }) => returns === 'promise');
  const flows: Flow[] = [];
  const obstacles: Obstacle[] = [];
  const collections = new CollectionFlows(index, { flow, obstruct });
  const hasCollections = index.carriers.some(({ isCollection }) => isCollection === true);
  const visit = (node: ts.Node): void => {
    if (hasCollections || returnsPromise) visitCollection(node);
    if (ts.isCallExpression(node) || ts.isNewExpression(node)) visitCall(node);
    else if (ts.isVariableDeclaration(node)) visitVariable(node);
    else if (ts.isPropertyDeclaration(node)) visitInitializer(node, node.initializer);
    else if (ts.isParameter(node)) visitDefault(node);
    else if (ts.isBindingElement(node)) visitBinding(node);
    else if (ts.isBinaryExpression(node)) visitAssignment(node);
    else if (ts.isPropertyAssignment(node) || ts.isShorthandPropertyAssignment(node)) visitProperty(node);
    else if (ts.isJsxAttribute(node)) visitAttribute(node);
    else if (ts.isAccessor(node) || ts.isMethodDeclaration(node)) visitMember(node);
    else if (ts.isReturnStatement(node)) visitReturn(node, node.expression);
    else if (ts.isArrowFunction(node) && !ts.isBlock(node.body)) visitReturn(node.body, node.body);
    ts.forEachChild(node, visit);
  };
  files.flatMap((file) => types.codeOf(file)).forEach(visit);
  return { flows, obstacles, collections };

  function visitCollection(node: ts.Node): void {
    if (ts.isForOfStatement(node)) collections.visitLoop(node);
    else if (ts.isCallExpression(node)) collections.visitCall(node);
    else if (ts.isYieldExpression(node) && node.expression !== undefined) visitReturn(node, node.expression);
    else if (ts.isVariableDeclaration(node) && ts.isArrayBindingPattern(node.name) && node.initializer) {
      if (collections.bind(node.name, node, node.initializer))
        collections.followed.add(withoutWrappers(node.initializer));
    }
  }

  function flow(
    target: Carrier,
    site: FlowSite,
    expression: ts.Expression | ts.BindingElement,
    from?: Carrier,
    isPromise = false,
    limitedTo?: Limit,
  ): void {
    if (ts.isBindingElement(expression)) {
      flows.push({ ...unbridged, from, target, site, expression });
      if (target.isCollection === true && from !== undefined) collections.unions.push([from, target]);
      return;
    }
    if (site === 'each' || (target.isCollection === true && site !== 'element')) {
      // A collection is no value that a bridge could be put around; what goes into it is followed by itself.
      const source = from ?? index.read(expression);
      flows.push({ ...unbridged, isPath: true, isFitting: true, from: source, target, site, expression });
      if (site !== 'each') collections.give(expression, target, from);
      return;
    }
    const made = makeFlow({ target, site, expression, from, isPromise }, { index, boundNames, keepDoubles });
    for (const choice of choicesOf(expression)) flow(target, 'branch', choice);
    flows.push(limitedTo === undefined ? made : { ...made, limitedTo });
  }

  function obstruct(carrier: Carrier, node: ts.Node, reason: Reason): void {
    obstacles.push({ carrier, node, cause: { reason, detail: undefined } });
  }

  /** Spares the question about calls of functions that by their name take no carrier. */
  function mayBeOwner(callee: ts.Expression): boolean {
    const bare = withoutWrappers(callee);
    if (ts.isIdentifier(bare)) return owners.has(bare.text);
    return ts.isPropertyAccessExpression(bare) ? owners.has(bare.name.text) : true;
  }

  function visitCall(node: ts.CallExpression | ts.NewExpression): void {
    const elements: readonly ts.Expression[] = node.arguments ?? [];
    // `facetsOf(runner)` is where a value leaves the old shape: a use, and no hand-over.
    const mayBeCallback = callsFunctionTypes && elements.some(mayGiveSource);
    if ((!mayBeCallback && !mayBeOwner(node.expression)) || types.isWayBackCall(node)) return;
    const declaration = checker.getResolvedSignature(node)?.declaration;
    if (declaration === undefined || ts.isJSDocSignature(declaration)) return;
    const spread = elements.findIndex((element) => ts.isSpreadElement(element));
    declaration.parameters.forEach((parameter, position) => {
      const carrier = index.byDeclaration(parameter);
      if (carrier === undefined) return;
      const isRest = carrier.isCollection === true && parameter.dotDotDotToken !== undefined;
      if (spread >= 0 && (isRest ? spread < position : spread <= position))
        obstruct(carrier, node, 'spread-into-carrier');
      if (isRest) {
        for (const element of elements.slice(position))
          collections.give(ts.isSpreadElement(element) ? element.expression : element, carrier);
        return;
      }
      const argument = elements[position];
      if (argument !== undefined) flow(carrier, 'argument', argument);
    });
  }

  function visitVariable(node: ts.VariableDeclaration): void {
    const carrier = index.byDeclaration(node);
    if (carrier === undefined || carrier.double !== undefined) return;
    if (collections.bound.has(node)) return;
    if (!ts.isVariableStatement(node.parent.parent)) obstruct(carrier, node, 'unsupported-declaration');
    else visitInitializer(node, node.initializer);
  }

  function visitInitializer(node: ts.Declaration, initializer: ts.Expression | undefined): void {
    const carrier = index.byDeclaration(node);
    if (carrier !== undefined && initializer !== undefined) flow(carrier, 'initializer', initializer);
  }

  function visitDefault(node: ts.ParameterDeclaration): void {
    const carrier = index.byDeclaration(node);
    if (carrier !== undefined && node.initializer !== undefined) {
      flow(carrier, 'initializer', node.initializer);
    }
  }

  /** What a function gives, in the promise that an asynchronous one gives it in. */
  function visitReturn(at: ts.Node, expression: ts.Expression | undefined): void {
    const owner = ts.findAncestor(at.parent, ts.isFunctionLike);
    const carrier = owner && (index.returnOf(owner) ?? index.byDeclaration(owner));
    if (carrier === undefined || carrier.returns === undefined || expression === undefined) return;
    if (carrier.returns === 'value') {
      flow(carrier, 'return', expression);
      return;
    }
    if (
      types.isCollection(checker.getTypeAtLocation(expression)) &&
      index.readPromise(expression) === undefined
    ) {
      collections.give(expression, carrier);
      return;
    }
    const promised = index.readPromise(expression);
    if (promised !== undefined) flow(carrier, 'return', expression, promised, true);
    else if (isAsync(owner) && (isEmpty(expression) || types.isSource(checker.getTypeAtLocation(expression))))
      flow(carrier, 'return', expression);
    else obstruct(carrier, expression, 'returns-source');
  }

  function visitBinding(node: ts.BindingElement): void {
    const carrier = index.byDeclaration(node);
    const key = node.propertyName ?? node.name;
    if (
      node.dotDotDotToken !== undefined ||
      !ts.isIdentifier(key) ||
      !ts.isObjectBindingPattern(node.parent)
    ) {
      if (carrier !== undefined && !collections.bound.has(node))
        obstruct(carrier, node, 'unsupported-declaration');
      return;
    }
    const properties = index.ofProperty(checker.getTypeAtLocation(node.parent), key.text);
    if (carrier === undefined) {
      for (const property of properties) obstruct(property, node, 'flows-to-unknown-type');
      return;
    }
    if (node.initializer !== undefined) flow(carrier, 'initializer', node.initializer);
    for (const property of properties) flow(carrier, 'binding', node, property);
    // Picked from something that keeps the old shape: nothing here can be written in its place.
    if (properties.length === 0) obstruct(carrier, node, 'flows-to-unknown-type');
  }

  function visitAssignment(node: ts.BinaryExpression): void {
    if (node.operatorToken.kind < ts.SyntaxKind.FirstAssignment) return;
    if (node.operatorToken.kind > ts.SyntaxKind.LastAssignment) return;
    const carrier = index.read(node.left);
    if (carrier === undefined || carrier.double !== undefined) return;
    const left = withoutWrappers(node.left);
    if (carrier.isCollection === true && types.isSource(checker.getTypeAtLocation(left))) {
      collections.followed.add(left);
      collections.give(node.right, carrier);
      return;
    }
    const isPlain =
      (node.operatorToken.kind === ts.SyntaxKind.EqualsToken &&
        !ts.isElementAccessExpression(withoutWrappers(node.left))) ||
      node.operatorToken.kind === ts.SyntaxKind.QuestionQuestionEqualsToken;
    if (isPlain && ts.isExpressionStatement(node.parent)) flow(carrier, 'assignment', node.right);
    else obstruct(carrier, node, 'assignment-in-expression');
  }

  /** `<Panel runner={runner} />`: a property of what the component takes. */
  function visitAttribute({ name, initializer, parent }: ts.JsxAttribute): void {
    const value =
      initializer !== undefined && ts.isJsxExpression(initializer) ? initializer.expression : undefined;
    if (value === undefined || !ts.isIdentifier(name)) return;
    for (const carrier of index.ofProperty(checker.getContextualType(parent), name.text)) {
      if (carrier.isCollection === true) obstruct(carrier, value, 'collection-of-source');
      else flow(carrier, 'attribute', value);
    }
  }

  function visitProperty(node: ts.PropertyAssignment | ts.ShorthandPropertyAssignment): void {
    const value = ts.isPropertyAssignment(node) ? node.initializer : node.name;
    const from = ts.isShorthandPropertyAssignment(node) ? index.readShorthand(node) : undefined;
    const own = index.byDeclaration(node);
    if (own !== undefined) {
      flow(own, 'property', value, from);
      return;
    }
    const limit = limits.of(checker.getContextualType(node.parent), node.name.getText());
    for (const carrier of expectedOf(node)) flow(carrier, 'property', value, from, false, limit);
  }

  /** What an accessor of a literal gives is read by whoever asks for it: nothing is handed over here. */
  function visitMember(node: ts.AccessorDeclaration | ts.MethodDeclaration): void {
    for (const carrier of expectedOf(node)) obstruct(carrier, node, 'flows-to-unknown-type');
  }

  /** The carriers that a member of a literal stands for in the type that is expected there. */
  function expectedOf({ name, parent }: ts.ObjectLiteralElementLike): readonly Carrier[] {
    if (
      name === undefined ||
      !ts.isObjectLiteralExpression(parent) ||
      !(ts.isIdentifier(name) || ts.isStringLiteralLike(name))
    )
      return [];
    // Most literals have no member with such a name: the question about their types is spared.
    return index.names.has(name.text) ? index.ofProperty(expectedType(parent, checker), name.text) : [];
  }
}
