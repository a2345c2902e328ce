import { expect, it } from 'vitest';

import { failuresCause } from './failures-cause.js';

it('says of every failure what ECS says of it', () => {
  const failures = [
    { arn: 'arn:task', reason: 'MISSING' },
    { reason: 'RESOURCE:ENI', detail: 'no address left' },
    { arn: 'arn:other' },
    {},
  ];

  expect(failuresCause(failures)).toEqual({
    cause: new Error(
      'arn:task: MISSING; RESOURCE:ENI (no address left); arn:other: unknown reason; unknown reason',
    ),
  });
});

it('is no cause where ECS says nothing', () => {
  expect(failuresCause([])).toStrictEqual({});
  expect(failuresCause(undefined)).toStrictEqual({});
});
