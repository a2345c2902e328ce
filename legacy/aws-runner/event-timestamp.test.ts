import { describe, expect, it } from 'vitest';

import { eventTimestamp } from './event-timestamp.js';
import { parseRfc3339 } from './parse-rfc3339.js';

describe('the times that the original reads', () => {
  it.each([
    ['2025-11-21T01:00:24.951407774Z', 1_763_686_824_951],
    ['1969-12-31T23:59:59.9995Z', -1],
    ['2025-11-21T1:00:24Z', 1_763_686_824_000],
    ['2025-11-21T01:00:24,5Z', 1_763_686_824_500],
    ['2025-11-21T02:00:24+01:00', 1_763_686_824_000],
    ['2025-11-21T01:00:24+24:60', 1_763_686_824_000 - 25 * 3_600_000],
    ['2025-11-20T23:30:24-01:30', 1_763_686_824_000],
    ['2024-02-29T00:00:00Z', 1_709_164_800_000],
    ['0001-01-01T00:00:00Z', -62_135_596_800_000],
  ])('reads %s', (text, milliseconds) => {
    expect(parseRfc3339(text)).toBe(milliseconds);
  });

  it.each([
    '2025-11-21t01:00:24Z',
    '2025-11-21T01:00:24z',
    '2025-11-21 01:00:24Z',
    '2025-11-21 16:40:00.500',
    '2025-11-21T01:00:24',
    '2025-11-21T01:00:24+0200',
    '2025-11-21T24:00:00Z',
    '2025-11-21T01:00:60Z',
    '2025-11-21T01:60:00Z',
    '2025-11-21T01:00:24.Z',
    ' 2025-11-21T01:00:24Z',
    '2025-11-21T01:00:24Z\n',
    '12025-11-21T01:00:24Z',
    '2025-02-30T00:00:00Z',
    '2025-00-10T00:00:00Z',
    '2025-13-10T00:00:00Z',
    '2025-11-21T01:00:24+25:00',
    '2025-11-21T01:00:24+01:61',
    '',
  ])('refuses "%s"', (text) => {
    expect(parseRfc3339(text)).toBeUndefined();
  });
});

describe('the time of an event', () => {
  const fallback = '2025-11-21T01:00:00Z';
  const byFallback = 1_763_686_800_000;

  it.each([
    ['{"time":"2025-11-21T01:00:24Z"}', byFallback + 24_000],
    [' \n{"time":"2025-11-21T01:00:24Z"}\t', byFallback + 24_000],
    ['{"time":"x","time":"2025-11-21T01:00:24Z"}', byFallback + 24_000],
    ['{"time":"2025-11-21T01:00:24Z","text":"1e999 \\" 1e999"}', byFallback + 24_000],
    ['{"time":"2025-11-21T01:00:24Z","n":1e999}', byFallback],
    ['{"time":"2025-11-21T01:00:24Z"} x', byFallback],
    ['\ufeff{"time":"2025-11-21T01:00:24Z"}', byFallback],
    ['{"Time":"2025-11-21T01:00:24Z"}', byFallback],
    ['{"time":5}', byFallback],
    ['["time"]', byFallback],
    ['null', byFallback],
    ['plain', byFallback],
  ])('of %s', (message, milliseconds) => {
    expect(eventTimestamp(message, fallback)).toBe(milliseconds);
  });

  it('is 0 when nothing can be read', () => {
    expect(eventTimestamp('plain', '2025-11-21 01:00:00.000')).toBe(0);
  });
});
