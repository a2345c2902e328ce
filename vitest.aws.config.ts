import { defineConfig } from 'vitest/config';

/** `npm run test:aws`: the contract suites against whatever `AWS_ENDPOINT_URL` names. */
export default defineConfig({
  test: { include: ['test/aws-live/*.aws.ts'], testTimeout: 60_000, hookTimeout: 120_000, maxWorkers: 1 },
});
