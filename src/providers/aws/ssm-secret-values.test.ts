import type { SSMClient } from '@aws-sdk/client-ssm';
import { describe, expect, it } from 'vitest';

import { createSsmSecretValues } from './ssm-secret-values.js';

/** Values whose parameters are never written, and the inputs that they were asked with. */
function valuesWith(kmsKeyArn: string, answers: readonly object[] = []) {
  const inputs: unknown[] = [];
  const left = [...answers];
  const send = async ({ input }: { readonly input: object }): Promise<object> => {
    inputs.push(input);
    return left.shift() ?? {};
  };
  const ssm = { send } as unknown as Pick<SSMClient, 'send'>;
  return { values: createSsmSecretValues({ ssm, prefix: '/p', kmsKeyArn }), inputs };
}

describe('the value of a secret in Parameter Store', () => {
  const parameter = { Name: '/p/s', Value: 'v', Type: 'SecureString', Overwrite: true };

  it("is encrypted with the key of the settings, or else with the account's", async () => {
    const own = valuesWith('arn:aws:kms:eu-west-1:123456789012:key/k');
    const account = valuesWith('');

    await own.values.put({}, 's', 'v');
    await account.values.put({}, 's', 'v');

    expect(own.inputs).toStrictEqual([{ ...parameter, KeyId: 'arn:aws:kms:eu-west-1:123456789012:key/k' }]);
    expect(account.inputs).toStrictEqual([parameter]);
  });

  it('is decrypted when it is read, and not when it is only looked for', async () => {
    const { values, inputs } = valuesWith('', [{ Parameter: { Value: 'v' } }]);

    expect(await values.get({}, 's')).toBe('v');
    expect(await values.has({}, 's')).toBe(true);

    expect(inputs).toStrictEqual([{ Name: '/p/s', WithDecryption: true }, { Name: '/p/s' }]);
  });

  it('is listed by its name on every page and at every depth', async () => {
    const { values, inputs } = valuesWith('', [
      { Parameters: [{ Name: '/p/a' }, {}], NextToken: 't' },
      { Parameters: [{ Name: '/p/b/c' }] },
    ]);

    expect(await values.listNames({})).toEqual(['/p/a', '/p/b/c']);

    const all = { Path: '/p', Recursive: true };
    expect(inputs).toStrictEqual([all, { ...all, NextToken: 't' }]);
  });
});
