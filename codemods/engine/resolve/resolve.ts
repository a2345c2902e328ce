import type { ts } from 'ts-morph';
import type { BoundNames } from '../inline/bound-names.js';
import { CarrierIndex } from './carrier-index.js';
import type { Carrier, Resolution } from './carrier.js';
import { declarationObstacles } from './declaration-obstacles.js';
import { findCallbacks } from './find-callbacks.js';
import { findCarriers } from './find-carriers.js';
import { emptyGroupObstacles } from './empty-group-obstacles.js';
import { withDoubles } from './find-doubles.js';
import { findFlows } from './find-flows.js';
import { findNamedMembers, PatternLimits } from './find-named-members.js';
import { findRelatives } from './find-relatives.js';
import { findReturns } from './find-returns.js';
import { findTypeUses } from './find-type-uses.js';
import { findUnions } from './find-unions.js';
import { findUses } from './find-uses.js';
import { functionEscapes } from './function-escapes.js';
import { mockedFacades } from './mocked-facade.js';
import type { SourceTypes } from './source-types.js';
import { wayBackObstacles } from './way-back-obstacles.js';

/** What resolving reads. */
export interface ResolveInput {
  readonly files: readonly ts.SourceFile[];
  readonly types: SourceTypes;
  /** What the files are compiled with. */
  readonly options: ts.CompilerOptions;
  readonly allowBindings: boolean;
  /** Leave test doubles as they are and bridge them. */
  readonly keepDoubles: boolean;
}

/** Finds every carrier and every use of the source interface in the files, by the identity of symbols. */
export function resolve({ files, types, options, allowBindings, keepDoubles }: ResolveInput): Resolution {
  const held = findCarriers(files, types);
  const returned = findReturns(files, types, held.length);
  const methodTypes = findTypeUses(files, types, held.length + returned.length);
  const typed = [...held, ...returned, ...methodTypes];
  const firstIndex = new CarrierIndex(types, typed);
  const first = findFlows(files, firstIndex, new Map(), keepDoubles, new PatternLimits([], firstIndex));
  // Doubles are found by where they go, and only then their own reads can be followed.
  const carriers = keepDoubles ? typed : withDoubles(files, typed, first.flows, types);
  const index = new CarrierIndex(types, carriers);
  const boundNames: BoundNames = new Map();
  const limits = new PatternLimits(files, index);
  const given = findFlows(files, index, boundNames, keepDoubles, limits);
  const { flows, obstacles: flowObstacles, collections } = given;
  const named = findNamedMembers(files, index, limits);
  const { unions, obstacles: unionObstacles } = findUnions(files, index);
  const read = findUses(files, index, given, { types, index, allowBindings, boundNames });
  const uses = [...read.uses, ...named.uses];
  const callbacks = findCallbacks(files, index, collections);
  const allUnions = [...unions, ...callbacks.unions, ...collections.unions];
  const obstacles = [
    ...declarationObstacles(
      index,
      new Set([...callbacks.followed, ...boundCarriers(collections.bound, index)]),
      options,
    ),
    ...functionEscapes(files, index, callbacks),
    ...wayBackObstacles(index, flows),
    ...flowObstacles,
    ...unionObstacles,
    ...read.obstacles,
    ...named.obstacles,
    ...emptyGroupObstacles({ uses, flows, unions: allUnions }),
    ...mockedFacades(files, flows, types),
    ...callbacks.obstacles,
  ];
  const relatives = findRelatives(files, index);
  return {
    carriers,
    unions: allUnions,
    flows,
    elementTypes: collections.elementTypes,
    uses,
    obstacles,
    typedBy: named.typedBy,
    boundNames,
    relatives,
  };
}

function boundCarriers(declarations: ReadonlySet<ts.Node>, index: CarrierIndex): readonly Carrier[] {
  return [...declarations].flatMap((declaration) => index.byDeclaration(declaration) ?? []);
}
