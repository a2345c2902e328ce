import fc from 'fast-check';
import { generatedConsumer, printConsumer, type GeneratedConsumer } from './consumer.js';
import { generatedFacade, type GeneratedFacade } from './facade.js';
import { printFacade } from './print-facade.js';
import { facetsModule, traceModule } from './support.js';
import type { Files } from '../in-memory-project.js';

/** Consumers of one facade, which share a program: most of a program's time goes into making it. */
export interface Batch {
  readonly facade: GeneratedFacade;
  readonly consumers: readonly GeneratedConsumer[];
  /** Which files are migrated first: those that have a 0, over and over. */
  readonly steps: readonly number[];
}

const consumersPerFacade = 50;
const generatedBatch: fc.Arbitrary<Batch> = fc.record({
  facade: generatedFacade,
  consumers: fc.array(generatedConsumer, {
    minLength: consumersPerFacade / 2,
    maxLength: 1.5 * consumersPerFacade,
    size: 'max',
  }),
  steps: fc.array(fc.nat({ max: 1 }), { minLength: 3, maxLength: 7 }),
});

/** The batch that a seed stands for. */
export function batchOf(seed: number): Batch {
  const [batch] = fc.sample(generatedBatch, { seed, numRuns: 1 });
  if (batch === undefined) throw new Error('one batch was asked for');
  return batch;
}

/** All files of the project that a batch is. */
export function filesOf({ facade, consumers }: Batch): Files {
  return new Map([
    ['/project/package.json', '{ "type": "module", "private": true }'],
    ['/project/support/trace.ts', traceModule],
    ['/project/support/facets.ts', facetsModule(facade.slots)],
    ...printFacade(facade),
    ...consumers.flatMap((consumer, index) => [...printConsumer(consumer, facade, folderOf(index))]),
  ]);
}

/** Where a consumer is. */
export function folderOf(index: number): string {
  return `/project/src/consumer-${index}`;
}
