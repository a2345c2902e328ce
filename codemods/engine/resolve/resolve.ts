import type { ts } from 'ts-morph';
import type { Checker } from '../checker.js';
import type { Facade } from '../facade/find-facade.js';
import { CarrierIndex } from './carrier-index.js';
import type { Resolution } from './carrier.js';
import { declarationObstacles } from './declaration-obstacles.js';
import { findCarriers } from './find-carriers.js';
import { findFlows } from './find-flows.js';
import { findUnions } from './find-unions.js';
import { findUses } from './find-uses.js';
import { functionEscapes } from './function-escapes.js';
import { SourceTypes } from './source-types.js';
import { wayBackObstacles } from './way-back-obstacles.js';

/** What resolving reads. */
export interface ResolveInput {
  readonly files: readonly ts.SourceFile[];
  readonly checker: Checker;
  readonly facade: Facade;
  readonly allowBindings: boolean;
}

/** Finds every carrier and every use of the source interface in the files, by the identity of symbols. */
export function resolve({ files, checker, facade, allowBindings }: ResolveInput): Resolution {
  const types = new SourceTypes(checker, facade);
  const carriers = findCarriers(files, types);
  const index = new CarrierIndex(types, carriers);
  const { flows, obstacles: flowObstacles } = findFlows(files, index);
  const { unions, obstacles: unionObstacles } = findUnions(files, index);
  const { uses, obstacles: useObstacles } = findUses(files, index, flows, {
    types,
    allowBindings,
    boundNames: new Map(),
  });
  const obstacles = [
    ...declarationObstacles(index),
    ...functionEscapes(files, index),
    ...wayBackObstacles(index, flows),
    ...flowObstacles,
    ...unionObstacles,
    ...useObstacles,
  ];
  return { carriers, unions, flows, uses, obstacles };
}
