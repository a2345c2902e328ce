import { connect } from 'node:net';
import { describe, expect, it } from 'vitest';
import { type Execution } from '../../../src/contracts/index.js';
import { expectFailure, failure } from '../expectations.js';
import { type Api, type Start, emailOf } from '../harness.js';
import { outage, unclassified } from '../outages.js';

/** Listing executions (section 3.5 of the HTTP contract). */
export function listExecutionsContract(start: Start): void {
  const addNumbered = async (api: Api, count: number): Promise<void> => {
    for (let number = 0; number < count; number += 1)
      await api.addExecution({
        executionId: `e${String(number).padStart(4, '0')}`,
        startedAt: new Date(Date.UTC(2026, 0, 1, 0, 0, number)),
      });
  };
  const idsOf = async (api: Api, query: string): Promise<string[]> =>
    ((await api.json('viewer', 'GET', `/executions${query}`)) as { execution_id: string }[]).map(
      ({ execution_id }) => execution_id,
    );

  describe('GET /executions', () => {
    it('answers an empty array when there are none', async () => {
      const api = await start();

      const answer = await api.call('viewer', 'GET', '/executions');

      expect(answer.status).toBe(200);
      expect(answer.text).toBe('[]\n');
    });

    it('answers exactly the keys of the contract', async () => {
      const api = await start();
      await api.addExecution({
        executionId: 'ended',
        createdBy: emailOf('developer'),
        ownedBy: [emailOf('developer'), emailOf('viewer')],
        command: 'echo "<&>" \u2028 \ud83d\ude00',
        status: 'FAILED',
        startedAt: new Date('2026-03-04T05:06:07.999Z'),
        completedAt: new Date('2026-03-04T05:06:09.001Z'),
        exitCode: 7,
        durationSeconds: 2,
        logStreamName: 'stream',
        createdByRequestId: 'made',
        modifiedByRequestId: 'changed',
        cloud: 'LOCAL',
      });
      await api.addExecution({
        executionId: 'short',
        status: 'SUCCEEDED',
        startedAt: new Date('2026-03-04T05:06:06Z'),
        completedAt: new Date('2026-03-04T05:06:06Z'),
        durationSeconds: 0,
      });

      expect(await api.json('viewer', 'GET', '/executions')).toStrictEqual([
        {
          execution_id: 'ended',
          created_by: emailOf('developer'),
          owned_by: [emailOf('developer'), emailOf('viewer')],
          command: 'echo "<&>" \u2028 \ud83d\ude00',
          started_at: '2026-03-04T05:06:07Z',
          completed_at: '2026-03-04T05:06:09Z',
          status: 'FAILED',
          exit_code: 7,
          duration_seconds: 2,
          log_stream_name: 'stream',
          created_by_request_id: 'made',
          modified_by_request_id: 'changed',
          cloud: 'LOCAL',
        },
        {
          execution_id: 'short',
          created_by: emailOf('admin'),
          owned_by: [emailOf('admin')],
          command: 'true',
          started_at: '2026-03-04T05:06:06Z',
          completed_at: '2026-03-04T05:06:06Z',
          status: 'SUCCEEDED',
          exit_code: 0,
          created_by_request_id: '',
          modified_by_request_id: '',
        },
      ]);
    });

    it('answers newest first, at most ten unless told otherwise', async () => {
      const api = await start();
      await addNumbered(api, 12);

      const ids = await idsOf(api, '');

      expect(ids).toHaveLength(10);
      expect(ids[0]).toBe('e0011');
      expect(ids).toEqual([...ids].sort().reverse());
    });

    it.each([
      ['?limit=', 10],
      ['?limit', 10],
      ['?limit=3', 3],
      ['?limit=0', 12],
      ['?limit=007', 7],
      ['?limit=1000', 12],
      ['?limit=2147483648', 12],
      ['?limit=9007199254740993', 12],
      ['?limit=2&limit=5', 2],
      ['?limit=5&limit=nonsense', 5],
      ['?LIMIT=2', 10],
      ['?limit%5B%5D=2', 10],
      ['?status=&limit=0', 12],
    ])('%s: %d', async (query, count) => {
      const api = await start();
      await addNumbered(api, 12);

      expect(await idsOf(api, query)).toHaveLength(count);
    });

    it.each(['-1', 'abc', '1.5', '1e3', '0x10', '%2010', '10%20', '1_0', 'NaN', 'Infinity', '%00', '١'])(
      'refuses limit=%s',
      async (limit) => {
        const api = await start();

        expectFailure(
          await api.call('viewer', 'GET', `/executions?limit=${encodeURI(limit).replaceAll('%25', '%')}`),
          failure(400, 'invalid_request', 'invalid limit parameter', null),
        );
      },
    );

    it.each([
      ['RUNNING', ['r']],
      ['RUNNING,FAILED', ['f', 'r']],
      ['RUNNING%2CFAILED', ['f', 'r']],
      ['%20RUNNING%20,%20%20FAILED', ['f', 'r']],
      ['running', []],
      ['UNKNOWN', []],
      ['UNKNOWN,FAILED', ['f']],
      [',', []],
    ])('status=%s keeps only those', async (status, ids) => {
      const api = await start();
      const at = (second: number): Date => new Date(Date.UTC(2026, 0, 1, 0, 0, second));
      await api.addExecution({ executionId: 's', status: 'SUCCEEDED', startedAt: at(1) });
      await api.addExecution({ executionId: 'r', status: 'RUNNING', startedAt: at(2) });
      await api.addExecution({ executionId: 'f', status: 'FAILED', startedAt: at(3) });
      // Followers may close a record whose task nobody knows: this test is about the filter.
      const found = await idsOf(api, `?status=${status}&limit=0`);

      expect(found).toEqual(ids);
    });

    it('filters first, then limits', async () => {
      const api = await start();
      await addNumbered(api, 12);
      await api.addExecution({ executionId: 'old', status: 'STOPPED', startedAt: new Date(0) });

      expect(await idsOf(api, '?status=STOPPED&limit=1')).toEqual(['old']);
    });

    it('shows everybody what everybody ran', async () => {
      const api = await start();
      await api.addExecution({ executionId: 'foreign', createdBy: emailOf('admin') });

      expect(await idsOf(api, '')).toEqual(['foreign']);
    });

    it('answers thousands, whole', async () => {
      const api = await start();
      await addNumbered(api, 2_500);

      const ids = await idsOf(api, '?limit=0');

      expect(ids).toHaveLength(2_500);
      expect(new Set(ids).size).toBe(2_500);
    });

    it('says 503 when executions cannot be listed', async () => {
      const api = await start();
      api.fail('executions', 'listExecutions', outage);

      expectFailure(
        await api.call('viewer', 'GET', '/executions'),
        failure(503, 'DATABASE_ERROR', 'failed to list executions', 'the store did not answer'),
      );
    });

    it('says 500 without a code when nobody classified why they cannot be listed', async () => {
      const api = await start();
      api.fail('executions', 'listExecutions', unclassified);

      const answer = await api.call('viewer', 'GET', '/executions');

      expect(answer.status).toBe(500);
      expect(JSON.parse(answer.text)).toMatchObject({ error: 'failed to list executions' });
      expect(JSON.parse(answer.text)).not.toHaveProperty('code');
      expect(answer.text).not.toContain('planted');
    });

    it('never passes half a list off as a whole one when the store fails on the way', async () => {
      const api = await start();
      await addNumbered(api, 1);
      const [one] = [await api.provider.executions.findExecution({}, 'e0000')] as [Execution];
      api.replace(
        'executions',
        'listExecutions',
        () =>
          async function* () {
            for (let number = 0; number < 1_500; number += 1) yield one;
            throw outage;
          },
      );

      const outcome = await api.call('viewer', 'GET', '/executions?limit=0').catch((error: unknown) => error);

      // Either nothing had been sent yet, or the connection breaks.
      if (outcome instanceof Error)
        expect(outcome.message).toMatch(/connection ended|aborted|socket hang up|ECONNRESET/);
      else expect(outcome).toMatchObject({ status: 503 });
      expect((await api.call('nobody', 'GET', '/health')).status).toBe(200);
    });

    it('streams a list, and stops reading it when the client hangs up', async () => {
      const api = await start();
      await addNumbered(api, 1);
      const [one] = [await api.provider.executions.findExecution({}, 'e0000')] as [Execution];
      let given = 0;
      const ended = new Promise<void>((resolve) => {
        api.replace(
          'executions',
          'listExecutions',
          () =>
            async function* () {
              try {
                for (;;) {
                  given += 1;
                  if (given % 1000 === 0) await new Promise((next) => setTimeout(next, 1));
                  yield one;
                }
              } finally {
                resolve();
              }
            },
        );
      });

      const socket = connect(api.port, '127.0.0.1');
      socket.write(
        'GET /api/v1/executions?limit=0 HTTP/1.1\r\nHost: x\r\nX-API-Key: key-of-the-viewer-0123456789\r\n\r\n',
      );
      await new Promise((resolve) => setTimeout(resolve, 100));

      socket.destroy();

      await ended;
    }, 10_000);
  });
}
