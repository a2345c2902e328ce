import { AppError } from '../../contracts/index.js';
import { expect, it } from 'vitest';

import { isOutage } from './is-outage.js';
import { naming, translateError } from './translate-error.js';

const error = (members: object): Error => Object.assign(new Error('text'), members);

it.each([
  { name: 'ThrottlingException' },
  { name: 'ProvisionedThroughputExceededException' },
  { name: 'ServerException' },
  { name: 'TimeoutError' },
  { code: 'ECONNRESET' },
  { name: 'Strange', $fault: 'server' },
  { name: 'Strange', $metadata: { httpStatusCode: 503 } },
  { name: 'Strange', $metadata: { httpStatusCode: 429 } },
  { name: 'Strange', $retryable: { throttling: true } },
])('takes %j for an outage', (members) => {
  expect(isOutage(error(members))).toBe(true);
});

it.each([
  { name: 'AccessDeniedException', $fault: 'client', $metadata: { httpStatusCode: 400 } },
  { name: 'ClientException' },
  { name: 'ValidationException' },
  { code: 'EPERM' },
  {},
])('takes %j for a refusal', (members) => {
  expect(isOutage(error(members))).toBe(false);
});

it('takes what is no error for a refusal', () => {
  expect(isOutage('text')).toBe(false);
  expect(isOutage(undefined)).toBe(false);
});

it('gives outages the code of their service and refusals that of a defect', () => {
  const outage = error({ name: 'ThrottlingException' });

  expect(translateError(outage, 'm')).toMatchObject({
    code: 'SERVICE_UNAVAILABLE',
    message: 'm',
    cause: outage,
  });
  expect(translateError(outage, 'm', 'DATABASE_ERROR').code).toBe('DATABASE_ERROR');
  expect(translateError(error({}), 'm', 'DATABASE_ERROR').code).toBe('INTERNAL_ERROR');
});

it('takes no answer for a malformed one', async () => {
  await expect(naming('m', async () => undefined)).rejects.toMatchObject({
    code: 'INTERNAL_ERROR',
    message: 'm',
    cause: new Error('AWS gave no answer'),
  });
  await expect(naming('m', async () => undefined)).rejects.toBeInstanceOf(AppError);
});
