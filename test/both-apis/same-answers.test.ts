import fc from 'fast-check';
import { expect, it } from 'vitest';
import { composeLegacyApi } from '../../legacy/compose.js';
import { starter } from '../http/harness.js';
import { serve } from '../http/serve.js';
import { composeMigratedApi } from '../http/start-migrated.js';
import { assertProperty } from '../support/assert-property.js';
import { bytesInOrder } from './bytes-in-order.js';
import { faults, step } from './step.js';
import { callsOf, takeStep } from './take-step.js';

const startExisting = starter(serve(composeLegacyApi, bytesInOrder));
const startMigrated = starter(serve(composeMigratedApi, bytesInOrder));

it('the existing and the migrated API give the same answers to the same requests, and do the same for them', async () => {
  const seen = new Set<string>();

  await assertProperty(
    'both APIs',
    120,
    fc.asyncProperty(fc.array(step, { minLength: 5, maxLength: 25, size: 'max' }), async (steps) => {
      const [existing, migrated] = await Promise.all([startExisting(), startMigrated()]);
      for (const api of [existing, migrated]) await api.addSecret({ name: 'planted' });
      try {
        for (const one of steps) {
          const [before, after] = await Promise.all([takeStep(existing, one), takeStep(migrated, one)]);
          expect(after).toEqual(before);
          if (one.kind === 'fault') seen.add(one.at.join('.'));
          if (one.kind === 'request')
            seen.add(`${one.method} ${one.path.split('/')[1] ?? ''} ${after?.status ?? ''}`);
        }
        // What no answer tells: that both did the same to the backend and to the records.
        expect(callsOf(migrated)).toEqual(callsOf(existing));
      } finally {
        await Promise.all([existing.stop(), migrated.stop()]);
      }
    }),
  );

  // What was not exercised was not compared: every fault, and both outcomes of every kind of request.
  for (const fault of faults) expect(seen).toContain(fault.join('.'));
  for (const outcome of [
    'POST run 202',
    'POST run 400',
    'POST run 403',
    'POST images 201',
    'POST images 400',
    'GET executions 200',
    'GET executions 404',
    'DELETE executions 200',
    'DELETE executions 404',
    'GET images 200',
    'GET images 404',
    'DELETE images 200',
    'GET trace 200',
    'GET trace 503',
  ])
    expect(seen).toContain(outcome);
}, 120_000);
