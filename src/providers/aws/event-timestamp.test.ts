import { describe, expect, it } from 'vitest';

import { eventTimestamp } from './event-timestamp.js';
import { parseRfc3339 } from './parse-rfc3339.js';

describe('a time', () => {
  it.each([
    ['1970-01-01T00:00:00Z', 0],
    ['2025-11-21T01:00:24.951407774Z', 1_763_686_824_951],
    ['2025-11-21T01:00:24,9Z', 1_763_686_824_900],
    ['2025-11-21T1:00:24Z', 1_763_686_824_000],
    ['2025-11-21T03:30:24+02:30', 1_763_686_824_000],
    ['2025-11-20T23:00:24-02:00', 1_763_686_824_000],
    ['2025-11-22T01:00:24+24:00', 1_763_686_824_000],
    ['2025-11-21T02:00:24+00:60', 1_763_686_824_000],
    ['1969-12-31T23:59:59.999Z', -1],
    ['0099-01-01T00:00:00Z', -59_042_995_200_000],
    ['2024-02-29T23:59:59Z', 1_709_251_199_000],
  ])('is read from %s', (text, milliseconds) => {
    expect(parseRfc3339(text)).toBe(milliseconds);
  });

  it.each([
    '',
    'x2025-11-21T01:00:24Z',
    '2025-11-21T01:00:24Zx',
    '2025-11-21 01:00:24Z',
    '2025-11-21T01:00:24',
    '2025-11-21T01:00:24.Z',
    '2025-11-21T24:00:00Z',
    '2025-11-21T23:60:00Z',
    '2025-11-21T23:59:60Z',
    '2025-02-29T00:00:00Z',
    '2025-00-10T00:00:00Z',
    '2025-13-10T00:00:00Z',
    '2025-11-00T00:00:00Z',
    '2025-11-31T00:00:00Z',
    '2025-11-21T01:00:24+25:00',
    '2025-11-21T01:00:24+00:61',
    '2025-11-21T001:00:24Z',
  ])('is not read from "%s"', (text) => {
    expect(parseRfc3339(text)).toBeUndefined();
  });
});

describe('the time of an event', () => {
  const own = '2025-11-21T01:00:24Z';
  const insights = '2025-11-21 01:00:25.500';

  it('is its own, where its message is JSON that has one', () => {
    expect(eventTimestamp(JSON.stringify({ time: own }), insights)).toBe(1_763_686_824_000);
  });

  it.each([
    ['plain text', 'plain'],
    ['a number', '1'],
    ['null', 'null'],
    ['a list', JSON.stringify([{ time: own }])],
    ['a message without a time', '{"a":1}'],
    ['a time that is no text', '{"time":1}'],
    ['a time that cannot be read', '{"time":"yesterday"}'],
    ['a time that belongs to every object', '{"__proto__":{"time":"2025-11-21T01:00:24Z"}}'],
    ['a number that the original cannot read', `{"time":"${own}","n":1e999}`],
    ['a negative number that the original cannot read', `{"time":"${own}","n":-1.5e+999}`],
  ])('is what Insights says for %s', (_what, message) => {
    expect(eventTimestamp(message, insights)).toBe(1_763_686_825_500);
  });

  it('is its own beside numbers that can be read, and texts that look like those that cannot', () => {
    const message = JSON.stringify({ time: own, n: 1e30, text: 'a "1e999" \\" 1e999', m: -1.5e-7 });

    expect(eventTimestamp(message, insights)).toBe(1_763_686_824_000);
  });

  it('is read from what Insights says in either form, else it is 0', () => {
    expect(eventTimestamp('plain', '2025-11-21T01:00:25Z')).toBe(1_763_686_825_000);
    expect(eventTimestamp('plain', 'yesterday')).toBe(0);
    expect(eventTimestamp('plain', '')).toBe(0);
  });
});
