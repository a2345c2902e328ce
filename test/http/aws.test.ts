import { expect, it } from 'vitest';
import { openModelledProvider } from '../aws-model/modelled-provider.js';
import { expectFailure, failure } from './expectations.js';
import { type Backend, starter } from './harness.js';
import { httpContract } from './http-contract.js';
import { startMigrated } from './start-migrated.js';

const backend: Backend = { open: openModelledProvider, secretsAreParameters: true };

httpContract('the migrated API on AWS', startMigrated, backend);

it.each([
  ['with space', 'v', 'a secret name may have letters, digits and _ . - /, and must not be too long'],
  ['a', '', 'the value of a secret must not be empty'],
  ['a', 'x'.repeat(4_097), 'the value of a secret must not exceed 4096 bytes'],
])(
  'a secret %j that Parameter Store cannot hold is 400, and nothing is recorded',
  async (name, value, text) => {
    const api = await starter(startMigrated, backend)();

    const answer = await api.call('admin', 'POST', '/secrets', { body: { name, key_name: 'A', value } });

    expectFailure(answer, failure(400, 'INVALID_REQUEST', text, text));
    expect(await api.provider.secrets.listSecrets({})).toEqual([]);
  },
);
