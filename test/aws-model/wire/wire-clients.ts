import { CloudWatchLogsClient } from '@aws-sdk/client-cloudwatch-logs';
import { DynamoDBClient } from '@aws-sdk/client-dynamodb';
import { ECSClient } from '@aws-sdk/client-ecs';
import { IAMClient } from '@aws-sdk/client-iam';
import { SSMClient } from '@aws-sdk/client-ssm';
import { STSClient } from '@aws-sdk/client-sts';
import type { HttpRequest, HttpResponse, RetryErrorInfo, RetryStrategyV2, RetryToken } from '@smithy/types';
import type { CloudSession } from '../cloud-session.js';
import type { MockedClients } from '../mocked-clients.js';
import { readWireRequest } from './read-wire-request.js';
import type { WireAnswer, WireRequest } from './wire-message.js';
import { startWireServer } from './wire-server.js';
import { writeWireAnswer, writeWireError } from './write-wire-answer.js';

/** Whole clients whose requests end in a session: everything of the SDK takes part, and no network. */
export function inProcessClients(region: string): MockedClients {
  let current: Pick<CloudSession, 'send'> | undefined;
  const requestHandler = {
    handle: async ({ headers, body }: HttpRequest): Promise<{ response: HttpResponse }> => {
      if (!current) throw new Error('A request was made outside of any session.');
      const answer = await answerInProcess(current, { headers, body: textOf(body) });
      const response = { statusCode: answer.status, headers: { ...answer.headers } };
      return { response: { ...response, body: Buffer.from(answer.body) } };
    },
  };
  return {
    ...clientsWith({ region, requestHandler }),
    use: (session) => {
      current = session;
    },
  };
}

/** The same over TCP, on this machine. */
export async function loopbackClients(
  region: string,
): Promise<MockedClients & { readonly close: () => Promise<void> }> {
  let current: CloudSession | undefined;
  const server = await startWireServer({
    // The other end of a connection does not know which call it is asked by.
    send: async (...request) => {
      const session = current;
      if (!session) throw new Error('A request was made outside of any session.');
      return session.inScopeOfItsCaller(() => session.send(...request));
    },
  });
  const clients = clientsWith({ region, endpoint: server.url });
  return {
    ...clients,
    use: (session) => {
      current = session as CloudSession;
      current.isBehindAWire = true;
    },
    close: async () => {
      for (const client of Object.values(clients)) client.destroy();
      await server.close();
    },
  };
}

/** @throws what is no answer of a service, such as a connection that breaks. */
async function answerInProcess(
  session: Pick<CloudSession, 'send'>,
  request: WireRequest,
): Promise<WireAnswer> {
  const call = readWireRequest(request);
  try {
    return writeWireAnswer(call, await session.send(call.service, call.operation, call.input));
  } catch (error) {
    const refused = writeWireError(call, error);
    if (refused === undefined) throw error;
    return refused;
  }
}

function clientsWith(options: object): Omit<MockedClients, 'use'> {
  const shared = {
    ...options,
    credentials: { accessKeyId: 'key', secretAccessKey: 'secret' },
    retryStrategy: atOnce,
  };
  return {
    ecs: new ECSClient(shared),
    dynamodb: new DynamoDBClient(shared),
    logs: new CloudWatchLogsClient(shared),
    iam: new IAMClient(shared),
    sts: new STSClient(shared),
    ssm: new SSMClient(shared),
  };
}

/** Three attempts at what the SDK's standard strategy tries again, without its delays. */
const atOnce: RetryStrategyV2 = {
  acquireInitialRetryToken: async () => tokenOf(0),
  refreshRetryTokenForRetry: async (token: RetryToken, { errorType }: RetryErrorInfo) => {
    const retries = token.getRetryCount();
    if (errorType === 'CLIENT_ERROR' || retries >= 2) throw new Error('No retry token available');
    return tokenOf(retries + 1);
  },
  recordSuccess: () => undefined,
};

function tokenOf(retries: number): RetryToken {
  return { getRetryCount: () => retries, getRetryDelay: () => 0 };
}

function textOf(body: unknown): string {
  return typeof body === 'string'
    ? body
    : new TextDecoder().decode((body as Uint8Array | undefined) ?? new Uint8Array());
}
