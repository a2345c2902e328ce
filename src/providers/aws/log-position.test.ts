import { describe, expect, it } from 'vitest';

import { createPositionCounter, isBehind, parsePosition } from './log-position.js';

describe('a position in a log', () => {
  it('is a time, and how many events of the same time come before', () => {
    const count = createPositionCounter();

    const positions = [{ timestamp: 5 }, { timestamp: 5 }, { timestamp: 6 }, {}, {}].map(
      (event) => count(event).position,
    );

    expect(positions).toEqual(['5.0', '5.1', '6.0', '0.0', '0.1']);
  });

  it('is counted from the first event on, also where that is of the time 0', () => {
    expect(createPositionCounter()({ timestamp: 0, message: 'a' })).toStrictEqual({
      timestamp: 0,
      message: 'a',
      position: '0.0',
      ordinal: 0,
    });
    expect(createPositionCounter()({})).toMatchObject({ message: '' });
  });

  it('is read from its text', () => {
    expect(parsePosition('-5.12')).toEqual({ timestamp: -5, ordinal: 12 });
    expect(parsePosition('999999999999999.999999999999999')).toMatchObject({ ordinal: 999_999_999_999_999 });
  });

  it.each(['', '5', '5.', '.5', 'x5.1', '5.1x', '5.-1', '5,1', '1234567890123456.1', '1.1234567890123456'])(
    'is not read from "%s"',
    (text) => {
      expect(() => parsePosition(text)).toThrow(
        expect.objectContaining({ code: 'INVALID_REQUEST', message: 'not a position of a log' }),
      );
    },
  );

  it.each([
    [{ timestamp: 6, ordinal: 0 }, true],
    [{ timestamp: 5, ordinal: 3 }, true],
    [{ timestamp: 5, ordinal: 2 }, false],
    [{ timestamp: 5, ordinal: 1 }, false],
    [{ timestamp: 4, ordinal: 9 }, false],
  ])('has %o behind it: %s', (event, expected) => {
    expect(isBehind(event, { timestamp: 5, ordinal: 2 })).toBe(expected);
  });
});
