import { randomBytes } from 'node:crypto';
import { it } from 'vitest';
import { openLiveAccount } from './live-account.js';
import { liveContracts } from './live-contracts.js';

const { AWS_ENDPOINT_URL: endpoint = '', AWS_REGION: region = 'us-east-1' } = process.env;

/** Why nothing can be tested; `undefined` when something can. */
function obstacle(): string | undefined {
  if (endpoint === '')
    return 'AWS_ENDPOINT_URL is not set: name an emulator of AWS, as `npm run aws:model` starts one';
  if (/\.amazonaws\.com(?:\.cn)?(?:[:/]|$)/.test(endpoint))
    return 'AWS_ENDPOINT_URL is AWS itself: the suites make and empty tables, which belongs on an emulator';
  return undefined;
}

const reason = obstacle();
if (reason === undefined) {
  const { AWS_ACCESS_KEY_ID: accessKeyId = 'key', AWS_SECRET_ACCESS_KEY: secretAccessKey = 'secret' } =
    process.env;
  const project = `refacet-test-${randomBytes(4).toString('hex')}`;
  liveContracts(endpoint, () =>
    openLiveAccount({ endpoint, region, credentials: { accessKeyId, secretAccessKey }, project }),
  );
} else {
  process.stderr.write(`\nThe contract suites on AWS are skipped: ${reason}.\n`);
  it.skip(`the contracts on AWS: ${reason}`, () => undefined);
}
