import { ts } from 'ts-morph';
import type { CarrierIndex } from './carrier-index.js';
import type { Carrier, Limit, Obstacle, Use } from './carrier.js';

/** The types that name carriers by strings, and what follows from them. */
export interface NamedMembers {
  /** `'runner'` in `Pick<Deps, 'runner'>`: it becomes the names of the facets. */
  readonly uses: readonly Use[];
  readonly obstacles: readonly Obstacle[];
  readonly typedBy: readonly (readonly [Carrier, Carrier])[];
}

/** Types of the language that take members of another type by their names. */
const pickingTypes: ReadonlySet<string> = new Set(['Pick', 'Omit']);

/** Finds the strings in types that name a carrier: `Pick<Deps, 'runner'>`, `Deps['runner']`. */
export function findNamedMembers(
  files: readonly ts.SourceFile[],
  index: CarrierIndex,
  limits: PatternLimits,
): NamedMembers {
  const { checker } = index.types;
  const uses: Use[] = [];
  const obstacles: Obstacle[] = [];
  const typedBy: (readonly [Carrier, Carrier])[] = [];
  const visit = (node: ts.Node): void => {
    if (ts.isLiteralTypeNode(node) && ts.isStringLiteral(node.literal) && index.names.has(node.literal.text))
      visitName(node, node.literal.text);
    ts.forEachChild(node, visit);
  };
  // Most files name no member in a type: those need not be walked through.
  const isQuoted = (text: string): boolean =>
    [...index.names].some((name) => text.includes(`'${name}'`) || text.includes(`"${name}"`));
  files.filter(({ text }) => isQuoted(text)).forEach(visit);
  return { uses, obstacles, typedBy };

  function visitName(node: ts.LiteralTypeNode, name: string): void {
    const keys = outermostUnion(node);
    const { parent } = keys;
    for (let scope: ts.Node = node.parent; ts.isTypeNode(scope); scope = scope.parent) {
      for (const object of objectsOf(scope)) {
        for (const carrier of index.ofProperty(checker.getTypeAtLocation(object), name)) {
          if (scope === parent && ts.isTypeReferenceNode(parent) && isPicking(parent, keys)) {
            const action = {
              kind: 'key',
              literal: node,
              limitedTo: limits.of(checker.getTypeAtLocation(parent), name),
            } as const;
            uses.push({ carrier, node, member: undefined, action });
            continue;
          }
          const typed = scope === node.parent ? declaredBy(scope) : undefined;
          if (typed !== undefined) typedBy.push([carrier, typed]);
          else
            obstacles.push({ carrier, node, cause: { reason: 'type-level-use', detail: scope.getText() } });
        }
      }
    }
  }

  /** The carrier that a type is the written type of, alone or beside `undefined`. */
  function declaredBy(type: ts.Node): Carrier | undefined {
    let owner: ts.Node = type.parent;
    while (ts.isUnionTypeNode(owner) || ts.isParenthesizedTypeNode(owner)) owner = owner.parent;
    const carrier = index.byDeclaration(owner);
    return carrier?.typeNode === undefined ? undefined : carrier;
  }
}

/** The types that a name among the arguments of another type may be a member of. */
function objectsOf(scope: ts.TypeNode): readonly ts.TypeNode[] {
  if (ts.isIndexedAccessTypeNode(scope)) return [scope.objectType];
  return ts.isTypeReferenceNode(scope) ? (scope.typeArguments ?? []) : [];
}

/** All the names that stand together with one. */
function outermostUnion(node: ts.TypeNode): ts.TypeNode {
  const { parent } = node;
  return ts.isUnionTypeNode(parent) || ts.isParenthesizedTypeNode(parent) ? outermostUnion(parent) : node;
}

function isPicking({ typeName, typeArguments }: ts.TypeReferenceNode, keys: ts.TypeNode): boolean {
  return pickingTypes.has(typeName.getText()) && typeArguments?.[1] === keys;
}

/**
 * Objects whose type is a `Pick` that is written for a pattern: `({ runner }: Pick<Deps, 'runner'>) => …`. Whoever makes
 * one need not put more into it than the pattern picks.
 */
export class PatternLimits {
  readonly #byType = new Map<ts.Type, Picked>();

  constructor(
    files: readonly ts.SourceFile[],
    private readonly index: CarrierIndex,
  ) {
    const { checker } = index.types;
    const visit = (node: ts.Node): void => {
      if (ts.isTypeReferenceNode(node) && node.typeName.getText() === 'Pick')
        this.#add(checker.getTypeAtLocation(node), this.#picked(node));
      ts.forEachChild(node, visit);
    };
    files.filter(({ text }) => text.includes('Pick<')).forEach(visit);
  }

  /** What patterns pick of a type under a name; `undefined` where the type is for more than patterns, or they do not. */
  of(type: ts.Type | undefined, name: string): Limit {
    return type && this.#byType.get(this.index.types.checker.getNonNullableType(type))?.get(name);
  }

  /** The same type at two places is one type: what either picks has to be there. */
  #add(type: ts.Type, picked: Picked): void {
    const known = this.#byType.get(type);
    const isOpen = picked.size === 0 || known?.size === 0;
    const joined = new Map(isOpen ? [] : known);
    if (!isOpen)
      for (const [name, carriers] of picked) joined.set(name, [...(joined.get(name) ?? []), ...carriers]);
    this.#byType.set(type, joined);
  }

  #picked({ parent }: ts.TypeReferenceNode): Picked {
    const picked = new Map<string, readonly Carrier[]>();
    if (!ts.isParameter(parent) || !ts.isObjectBindingPattern(parent.name)) return picked;
    for (const { dotDotDotToken, name, propertyName = name } of parent.name.elements) {
      const isPlain = dotDotDotToken === undefined && ts.isIdentifier(name) && ts.isIdentifier(propertyName);
      if (!isPlain) return new Map();
      const carrier = this.index.byDeclaration(name.parent);
      if (carrier !== undefined) picked.set(propertyName.text, [carrier]);
    }
    return picked;
  }
}

/** Carriers by the names that patterns pick them under. */
type Picked = ReadonlyMap<string, readonly Carrier[]>;
