import { describe } from 'vitest';
import { authenticationContract } from './contract/authentication.js';
import { bodiesContract } from './contract/bodies.js';
import { claimsContract } from './contract/claims.js';
import { corsContract } from './contract/cors.js';
import { createUserContract } from './contract/create-user.js';
import { executionStatusContract } from './contract/execution-status.js';
import { hostileContract } from './contract/hostile.js';
import { killContract } from './contract/kill.js';
import { lifecycleContract } from './contract/lifecycle.js';
import { listExecutionsContract } from './contract/list-executions.js';
import { listImagesContract } from './contract/list-images.js';
import { logsContract } from './contract/logs.js';
import { oneImageContract } from './contract/one-image.js';
import { oneSecretContract } from './contract/one-secret.js';
import { reconcileContract } from './contract/reconcile.js';
import { registerImageContract } from './contract/register-image.js';
import { requestsContract } from './contract/requests.js';
import { rolesContract } from './contract/roles.js';
import { routingContract } from './contract/routing.js';
import { runContract } from './contract/run.js';
import { runFailuresContract } from './contract/run-failures.js';
import { runSecretsContract } from './contract/run-secrets.js';
import { secretsContract } from './contract/secrets.js';
import { streamConnectionsContract } from './contract/stream-connections.js';
import { streamingContract } from './contract/streaming.js';
import { tracingContract } from './contract/tracing.js';
import { usersContract } from './contract/users.js';
import { type Backend, type Start, type StartApi, starter } from './harness.js';

const subjects: Readonly<Record<string, (start: Start) => void>> = {
  routing: routingContract,
  'cross-origin requests': corsContract,
  authentication: authenticationContract,
  roles: rolesContract,
  bodies: bodiesContract,
  running: runContract,
  'secrets of a run': runSecretsContract,
  'runs that fail': runFailuresContract,
  'listing executions': listExecutionsContract,
  status: executionStatusContract,
  lifecycle: lifecycleContract,
  logs: logsContract,
  streaming: streamingContract,
  'connections of streams': streamConnectionsContract,
  stopping: killContract,
  'registering images': registerImageContract,
  'listing images': listImagesContract,
  'one image': oneImageContract,
  secrets: secretsContract,
  'one secret': oneSecretContract,
  users: usersContract,
  'creating users': createUserContract,
  claims: claimsContract,
  'health and reconciliation': reconcileContract,
  tracing: tracingContract,
  requests: requestsContract,
  'hostile input': hostileContract,
};

/** What is decided before anything behind the API is asked: it is the same on every backend. */
const subjectsOfTheEdge: readonly string[] = ['routing', 'cross-origin requests', 'bodies'];

/**
 * The HTTP contract, for whatever is started by `startApi`. Written from the contract and from the declared
 * differences, not from the code. On another backend than the one in memory, all of it but the edge.
 */
export function httpContract(name: string, startApi: StartApi, backend?: Backend): void {
  describe(`the HTTP contract on ${name}`, () => {
    for (const [subject, suite] of Object.entries(subjects)) {
      if (backend !== undefined && subjectsOfTheEdge.includes(subject)) continue;
      describe(subject, () => suite(starter(startApi, backend)));
    }
  });
}
