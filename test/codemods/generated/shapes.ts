import { classShapes } from './class-shapes.js';
import { collectionShapes } from './collection-shapes.js';
import { depsShapes } from './deps-shapes.js';
import { functionShapes } from './function-shapes.js';
import type { Shape } from './shape.js';

/** The ways in which generated code holds a source. */
export const shapes: Readonly<Record<string, Shape>> = {
  ...functionShapes,
  ...depsShapes,
  ...classShapes,
  ...collectionShapes,
};
