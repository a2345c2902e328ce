import { ts } from 'ts-morph';
import type { CarrierIndex } from './carrier-index.js';
import type { Carrier } from './carrier.js';

/** Is told what meets where a value of one type goes to another. */
export interface MeetingHandlers {
  /** Two parameters of functions of which one stands in for the other. */
  unite(own: Carrier, target: Carrier): void;
  /** A parameter that meets something that is no carrier. */
  obstruct(carrier: Carrier): void;
  /** A parameter of a function type that the function which stands in does not look at. */
  pass(carrier: Carrier): void;
}

/** Functions inside functions inside objects: deeper than anybody reads. */
const maximumDepth = 5;

/** Finds the parameters that a function type shares with the functions that go to where it stands. */
export class FunctionTypes {
  readonly #known = new Map<ts.Type, Set<ts.Type>>();

  constructor(private readonly index: CarrierIndex) {}

  /** Compares the type of a value with the type of the place that it goes to. */
  meet(own: ts.Type, target: ts.Type, at: ts.Node, handlers: MeetingHandlers): void {
    this.#compare(own, target, at, handlers, 0);
  }

  /** Whether a pair of types has been compared: the answer is the same wherever they meet. */
  isKnown(own: ts.Type, target: ts.Type): boolean {
    const known = this.#known.get(own) ?? new Set();
    this.#known.set(own, known);
    if (known.has(target)) return true;
    known.add(target);
    return false;
  }

  #compare(own: ts.Type, target: ts.Type, at: ts.Node, handlers: MeetingHandlers, depth: number): void {
    const { checker } = this.index.types;
    const from = checker.getNonNullableType(own);
    const to = checker.getNonNullableType(target);
    if (from === to || depth > maximumDepth || (depth > 0 && this.isKnown(from, to))) return;
    if (from.isUnion()) {
      for (const part of from.types) this.#compare(part, to, at, handlers, depth);
      return;
    }
    if (from.getCallSignatures().length > 0) this.#compareCallables(from, to, at, handlers, depth);
    else if ((from.flags & (ts.TypeFlags.Object | ts.TypeFlags.Intersection)) !== 0)
      this.#compareObjects(from, to, at, handlers, depth);
  }

  #compareCallables(
    own: ts.Type,
    target: ts.Type,
    at: ts.Node,
    handlers: MeetingHandlers,
    depth: number,
  ): void {
    const candidates = (target.isUnion() ? target.types : [target]).filter(
      (one) => one.getCallSignatures().length > 0,
    );
    const [ownSignature, ...ownOverloads] = own.getCallSignatures();
    const targets = candidates.flatMap((one) => one.getCallSignatures());
    const [targetSignature, ...others] = targets;
    if (ownSignature === undefined) return;
    if (targetSignature === undefined || ownOverloads.length > 0 || others.length > 0) {
      if (ownOverloads.length > 0 && isMethod(ownSignature)) return;
      for (const signature of [...own.getCallSignatures(), ...targets]) {
        for (const { carrier } of this.carriersOf(signature.declaration)) handlers.obstruct(carrier);
      }
      return;
    }
    this.#compareSignatures(ownSignature, targetSignature, at, handlers, depth);
  }

  #compareSignatures(
    own: ts.Signature,
    target: ts.Signature,
    at: ts.Node,
    handlers: MeetingHandlers,
    depth: number,
  ): void {
    const ownDeclaration = own.declaration;
    const targetDeclaration = target.declaration;
    if (ownDeclaration !== undefined && ownDeclaration === targetDeclaration) return;
    const ownCarriers = this.carriersOf(ownDeclaration);
    const targetCarriers = this.carriersOf(targetDeclaration);
    for (const { position, carrier } of ownCarriers) {
      const other = targetCarriers.find((one) => one.position === position);
      if (other === undefined) handlers.obstruct(carrier);
      else handlers.unite(carrier, other.carrier);
    }
    for (const { position, carrier } of targetCarriers) {
      const isMet = ownCarriers.some((one) => one.position === position);
      // A function may take fewer parameters than it is called with.
      if (isMet) continue;
      if (takes(ownDeclaration, position)) handlers.obstruct(carrier);
      else handlers.pass(carrier);
    }
    const { checker } = this.index.types;
    own.parameters.forEach((parameter, position) => {
      const other = target.parameters[position];
      if (other === undefined || ownCarriers.some((one) => one.position === position)) return;
      const [left, right] = [parameter, other].map((one) => checker.getTypeOfSymbolAtLocation(one, at));
      if (left !== undefined && right !== undefined) this.#compare(left, right, at, handlers, depth + 1);
    });
    this.#compare(own.getReturnType(), target.getReturnType(), at, handlers, depth + 1);
  }

  #compareObjects(
    own: ts.Type,
    target: ts.Type,
    at: ts.Node,
    handlers: MeetingHandlers,
    depth: number,
  ): void {
    const { checker } = this.index.types;
    const next = (left: ts.Type | undefined, right: ts.Type | undefined): void => {
      if (left !== undefined && right !== undefined) this.#compare(left, right, at, handlers, depth + 1);
    };
    if (isUntyped(target)) {
      for (const property of ownProperties(own)) {
        const type = checker.getTypeOfSymbolAtLocation(property, at);
        if (!isMethodSymbol(property) && type.getCallSignatures().length > 0) next(type, target);
      }
      return;
    }
    const targets = target.isUnion() ? target.types : [target];
    for (const one of targets) {
      const [ownArguments, targetArguments] = [own, one].map((type) => argumentsOf(type, checker));
      if (ownArguments !== undefined && ownArguments.length === targetArguments?.length) {
        ownArguments.forEach((argument, position) => next(argument, targetArguments[position]));
      }
      const elements = one.getStringIndexType() ?? one.getNumberIndexType();
      if (elements !== undefined) {
        next(own.getStringIndexType() ?? own.getNumberIndexType(), elements);
        if (one.getStringIndexType() === undefined) continue;
        for (const property of ownProperties(own))
          next(checker.getTypeOfSymbolAtLocation(property, at), elements);
        continue;
      }
      for (const property of ownProperties(one)) {
        const same = own.getProperty(property.name);
        if (same === undefined || same === property) continue;
        next(checker.getTypeOfSymbolAtLocation(same, at), checker.getTypeOfSymbolAtLocation(property, at));
      }
    }
  }

  /** The carriers among a function's parameters, by their positions in a call. */
  carriersOf(
    declaration: ts.Node | undefined,
  ): readonly { readonly position: number; readonly carrier: Carrier }[] {
    if (declaration === undefined || !ts.isFunctionLike(declaration)) return [];
    return parametersOf(declaration).flatMap((parameter, position) => {
      const carrier = this.index.byDeclaration(parameter);
      return carrier === undefined ? [] : [{ position, carrier }];
    });
  }
}

/** The parameters of a call: `this` is none. */
function parametersOf({ parameters }: ts.SignatureDeclaration): readonly ts.ParameterDeclaration[] {
  return parameters.filter(({ name }) => !ts.isIdentifier(name) || name.text !== 'this');
}

/** Whether a function looks at what it is called with at a position. */
function takes(declaration: ts.Node | undefined, position: number): boolean {
  if (declaration === undefined || !ts.isFunctionLike(declaration)) return true;
  const parameters = parametersOf(declaration);
  return parameters.length > position || parameters.at(-1)?.dotDotDotToken !== undefined;
}

function isUntyped(type: ts.Type): boolean {
  return (type.flags & (ts.TypeFlags.Any | ts.TypeFlags.Unknown)) !== 0;
}

function isMethod({ declaration }: ts.Signature): boolean {
  return (
    declaration !== undefined &&
    (ts.isMethodDeclaration(declaration) ||
      ts.isMethodSignature(declaration) ||
      ts.isFunctionDeclaration(declaration))
  );
}

function isMethodSymbol(symbol: ts.Symbol): boolean {
  return (symbol.flags & ts.SymbolFlags.Method) !== 0;
}

/** The properties that the project's own code declares: those of libraries hold no functions of the project. */
function ownProperties(type: ts.Type): readonly ts.Symbol[] {
  return type
    .getProperties()
    .filter(({ declarations }) =>
      declarations?.some((declaration) => !declaration.getSourceFile().isDeclarationFile),
    );
}

function argumentsOf(
  type: ts.Type,
  checker: CarrierIndex['types']['checker'],
): readonly ts.Type[] | undefined {
  if ((type.flags & ts.TypeFlags.Object) === 0) return undefined;
  const isReference = ((type as ts.ObjectType).objectFlags & ts.ObjectFlags.Reference) !== 0;
  const found = isReference ? checker.getTypeArguments(type as ts.TypeReference) : [];
  return found.length > 0 ? found : undefined;
}
