import { describe, expect, it } from 'vitest';
import { subSecondTime, wholeSecondTime } from './wire-time.js';

describe('times on the wire', () => {
  it.each([
    ['2026-01-01T10:20:30.000Z', '2026-01-01T10:20:30Z', '2026-01-01T10:20:30Z'],
    ['2026-01-01T10:20:30.120Z', '2026-01-01T10:20:30Z', '2026-01-01T10:20:30.12Z'],
    ['2026-01-01T10:20:00.999Z', '2026-01-01T10:20:00Z', '2026-01-01T10:20:00.999Z'],
    ['1970-01-01T00:00:00.005Z', '1970-01-01T00:00:00Z', '1970-01-01T00:00:00.005Z'],
  ])('%s is %s in whole seconds and %s below', (time, whole, sub) => {
    expect(wholeSecondTime(new Date(time))).toBe(whole);
    expect(subSecondTime(new Date(time))).toBe(sub);
  });
});
