import { describe } from 'vitest';
import { authenticationContract } from './contract/authentication.js';
import { bodiesContract } from './contract/bodies.js';
import { claimsContract } from './contract/claims.js';
import { corsContract } from './contract/cors.js';
import { executionsContract } from './contract/executions.js';
import { hostileContract } from './contract/hostile.js';
import { imagesContract } from './contract/images.js';
import { killContract } from './contract/kill.js';
import { lifecycleContract } from './contract/lifecycle.js';
import { logsContract } from './contract/logs.js';
import { operationsContract } from './contract/operations.js';
import { rolesContract } from './contract/roles.js';
import { routingContract } from './contract/routing.js';
import { runContract } from './contract/run.js';
import { secretsContract } from './contract/secrets.js';
import { streamingContract } from './contract/streaming.js';
import { usersContract } from './contract/users.js';
import { type Start, type StartApi, starter } from './harness.js';

const subjects: Readonly<Record<string, (start: Start) => void>> = {
  routing: routingContract,
  'cross-origin requests': corsContract,
  authentication: authenticationContract,
  roles: rolesContract,
  bodies: bodiesContract,
  run: runContract,
  executions: executionsContract,
  lifecycle: lifecycleContract,
  logs: logsContract,
  streaming: streamingContract,
  kill: killContract,
  images: imagesContract,
  secrets: secretsContract,
  users: usersContract,
  claims: claimsContract,
  'health, reconciliation and trace': operationsContract,
  'hostile input': hostileContract,
};

/**
 * The HTTP contract, for whatever is started by `startApi`. Written from the contract and from the declared
 * differences, not from the code.
 */
export function httpContract(name: string, startApi: StartApi): void {
  describe(`the HTTP contract on ${name}`, () => {
    for (const [subject, suite] of Object.entries(subjects))
      describe(subject, () => suite(starter(startApi)));
  });
}
