import { describe, expect, it } from 'vitest';
import { AppError, type LogEvent } from '../../../src/contracts/index.js';
import { expectFailure, expectSuccess, failure } from '../expectations.js';
import { type Api, type Start, emailOf, toSecond } from '../harness.js';
import { outage } from '../outages.js';

const error = 'failed to get execution logs';
const ended = ['SUCCEEDED', 'FAILED', 'STOPPED'] as const;
const twoLines: LogEvent[] = [
  { timestamp: 1_767_225_600_001, message: 'one', position: '1', stream: 'stdout' },
  { timestamp: 1_767_225_600_001, message: '', position: '2', stream: 'stderr' },
];

/** Section 3.7 of the HTTP contract. */
export function logsContract(start: Start): void {
  const startWith = async (status: string, events: LogEvent[] | Error): Promise<Api> => {
    const api = await start();
    await api.addExecution({ executionId: 'e', status: status as never });
    if (events instanceof Error) api.fail('logAggregator', 'fetchExecutionLogs', events);
    else api.replace('logAggregator', 'fetchExecutionLogs', () => async () => events);
    return api;
  };

  describe.each(ended)('of an execution that is %s', (status) => {
    it('answers what there is, without a stream', async () => {
      const api = await startWith(status, twoLines);

      expect(await api.json('admin', 'GET', '/executions/e/logs')).toStrictEqual({
        execution_id: 'e',
        events: [
          { timestamp: 1_767_225_600_001, message: 'one' },
          { timestamp: 1_767_225_600_001, message: '' },
        ],
        status,
      });
    });

    it('answers an empty list, not null, when it printed nothing', async () => {
      const api = await startWith(status, []);

      expect((await api.call('admin', 'GET', '/executions/e/logs')).text).toContain('"events":[]');
    });

    it('answers 200 and an empty list when it never had a stream', async () => {
      const api = await startWith(
        status,
        new AppError('SERVICE_UNAVAILABLE', 'log stream does not exist yet'),
      );

      expectSuccess(await api.call('admin', 'GET', '/executions/e/logs'), 200, {
        execution_id: 'e',
        events: [],
        status,
      });
    });
  });

  it('of a TERMINATING execution come without a stream', async () => {
    const api = await startWith('TERMINATING', twoLines);

    const answer = await api.json('admin', 'GET', '/executions/e/logs');

    expect(answer).toMatchObject({ status: 'TERMINATING' });
    expect(answer).not.toHaveProperty('websocket_url');
  });

  describe.each(['STARTING', 'RUNNING'])('of an execution that is %s', (status) => {
    it('come with the address of a stream that goes on behind the last event', async () => {
      const api = await startWith(status, twoLines);

      const body = (await api.json('admin', 'GET', '/executions/e/logs', {
        headers: { 'X-Forwarded-For': '203.0.113.7, 10.0.0.1' },
      })) as { websocket_url: string };

      expect(Object.keys(body).sort()).toEqual(['events', 'execution_id', 'status', 'websocket_url']);
      const url = new URL(body.websocket_url);
      expect(url.protocol).toMatch(/^wss?:$/);
      expect(url.searchParams.get('execution_id')).toBe('e');
      const token = url.searchParams.get('token') ?? '';
      expect(token).toMatch(/^[A-Za-z0-9_-]{32}$/);
      const kept = await api.provider.streamTokens.findStreamToken({}, token);
      expect(kept).toMatchObject({
        executionId: 'e',
        position: '2',
        createdBy: emailOf('admin'),
        clientAddress: '203.0.113.7',
      });
      const dayLater = new Date(api.now().getTime() + 24 * 3_600_000);
      expect(kept && [kept.createdAt, kept.expiresAt].map(toSecond)).toEqual(
        [api.now(), dayLater].map(toSecond),
      );
    });

    it('come without a stream when no token can be kept', async () => {
      const api = await startWith(status, twoLines);
      api.fail('streamTokens', 'createStreamToken', outage);

      const body = await api.json('admin', 'GET', '/executions/e/logs');

      expect(body).toMatchObject({ execution_id: 'e', status });
      expect(body).not.toHaveProperty('websocket_url');
    });

    it('say 503, in JSON, while there is no stream yet', async () => {
      const api = await startWith(
        status,
        new AppError('SERVICE_UNAVAILABLE', "log stream 'task/runner/e' does not exist yet"),
      );

      expectFailure(
        await api.call('admin', 'GET', '/executions/e/logs'),
        failure(503, 'SERVICE_UNAVAILABLE', error, "log stream 'task/runner/e' does not exist yet"),
      );
    });
  });

  describe('fail', () => {
    it('for an unknown execution, without asking for its log', async () => {
      const api = await start();

      expectFailure(
        await api.call('admin', 'GET', '/executions/unknown/logs'),
        failure(404, 'NOT_FOUND', error, 'execution not found'),
      );
      expect(api.calls('logAggregator', 'fetchExecutionLogs')).toEqual([]);
    });

    it('when the record cannot be read', async () => {
      const api = await startWith('RUNNING', []);
      api.fail('executions', 'findExecution', outage);

      expectFailure(
        await api.call('admin', 'GET', '/executions/e/logs'),
        failure(503, 'DATABASE_ERROR', error, 'the store did not answer'),
      );
    });

    it('when the backend fails', async () => {
      const api = await startWith('RUNNING', new AppError('INTERNAL_ERROR', 'failed to get log events'));

      expectFailure(
        await api.call('admin', 'GET', '/executions/e/logs'),
        failure(500, 'INTERNAL_ERROR', error, 'failed to get log events'),
      );
    });

    it('without the text of an error that nobody classified', async () => {
      const api = await startWith('RUNNING', new Error('planted-internal-text'));

      const answer = await api.call('admin', 'GET', '/executions/e/logs');

      expect(answer.status).toBe(500);
      expect(JSON.parse(answer.text)).toMatchObject({ error });
      expect(JSON.parse(answer.text)).not.toHaveProperty('code');
      expect(answer.text).not.toContain('planted-internal-text');
    });
  });

  it('carry any text unharmed', async () => {
    const messages = [
      '<&>',
      '"\\',
      '\u0000\u0007\u001b[31m',
      '\u2028\u2029',
      '\ud83d\ude00',
      '\ufffd',
      '\t',
      '{"type":"disconnect"}',
    ];
    const api = await startWith(
      'SUCCEEDED',
      messages.map((message, index) => ({ timestamp: index, message })),
    );

    const { events } = (await api.json('admin', 'GET', '/executions/e/logs')) as { events: LogEvent[] };

    expect(events.map(({ message }) => message)).toEqual(messages);
  });
}
