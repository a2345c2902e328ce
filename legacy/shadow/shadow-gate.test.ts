import { describe, expect, it } from 'vitest';
import { ShadowCounters } from './shadow-counters.js';
import { shadowGate } from './shadow-gate.js';

const small = { matches: 10, matchesOfEachEnd: 3 };

function counted(ends: readonly (readonly [end: string, times: number])[]): ShadowCounters {
  const counters = new ShadowCounters();
  for (const [end, times] of ends)
    for (let index = 0; index < times; index++) counters.countVerdict('getImage', 'match', end);
  return counters;
}

describe('the gate of a method', () => {
  it('opens after enough matches in a row, of each way to end', () => {
    const counters = counted([
      ['ok', 6],
      ['NOT_FOUND', 3],
      ['INVALID_REQUEST', 3],
    ]);

    expect(shadowGate(counters.totals(), small).getImage).toEqual({
      isOpen: true,
      matchesInARow: 12,
      mostPercent: 25,
      missing: {},
    });
  });

  it('stays closed while a way to end has been seen too seldom, and says which', () => {
    const counters = counted([['ok', 50]]);

    const { isOpen, missing } = shadowGate(counters.totals(), small).getImage;

    expect({ isOpen, missing }).toEqual({ isOpen: false, missing: { NOT_FOUND: 0, INVALID_REQUEST: 0 } });
  });

  it('begins anew with a difference, and counts nothing that could not be compared', () => {
    const counters = counted([['ok', 50]]);

    counters.countVerdict('getImage', 'difference');
    counters.countVerdict('getImage', 'not-comparable', 'image-lookup');

    expect(shadowGate(counters.totals(), small).getImage).toMatchObject({
      isOpen: false,
      matchesInARow: 0,
      mostPercent: 100,
    });
  });

  it('asks for 3,000 matches unless told otherwise, which leaves a tenth of a percent', () => {
    const counters = counted([
      ['ok', 2_900],
      ['NOT_FOUND', 50],
      ['INVALID_REQUEST', 49],
    ]);

    expect(shadowGate(counters.totals()).getImage.isOpen).toBe(false);
    counters.countVerdict('getImage', 'match', 'ok');
    expect(shadowGate(counters.totals()).getImage).toMatchObject({ isOpen: true, mostPercent: 0.1 });
  });
});
