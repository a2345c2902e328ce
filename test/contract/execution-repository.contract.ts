import { describe, expect, it } from 'vitest';

import type { Execution, ExecutionRepository, ExecutionStatus } from '../../src/contracts/index.js';
import { collect } from './collect.js';
import { expectAppError } from './expect-app-error.js';

const ctx = { requestId: 'request-1' };
const second = (n: number): Date => new Date(Date.UTC(2026, 0, 1) + n * 1000);

function execution(executionId: string, more: Partial<Execution> = {}): Execution {
  return {
    executionId,
    createdBy: 'ada@example.com',
    ownedBy: ['ada@example.com'],
    command: 'echo hi',
    status: 'STARTING',
    startedAt: second(0),
    exitCode: 0,
    createdByRequestId: 'request-1',
    modifiedByRequestId: 'request-1',
    cloud: 'TEST',
    ...more,
  };
}

/**
 * What every {@link ExecutionRepository} promises. `make` gives an empty one.
 *
 * Long because a contract is read in one piece.
 */
export function executionRepositoryContract(name: string, make: () => Promise<ExecutionRepository>): void {
  const makeWith = async (...executions: Execution[]): Promise<ExecutionRepository> => {
    const repository = await make();
    for (const each of executions) await repository.createExecution(ctx, each);
    return repository;
  };
  const idsOf = async (items: AsyncIterable<Execution>): Promise<string[]> =>
    (await collect(items)).map(({ executionId }) => executionId);

  describe(`execution repository: ${name}`, () => {
    it('gives back a record with everything in it', async () => {
      const complete = execution('complete', {
        ownedBy: ['ada@example.com', 'bob@example.com'],
        command: 'printf "%s\n" \'ünï\' 😀\u0001 -- ; # DROP TABLE',
        status: 'FAILED',
        completedAt: second(10),
        exitCode: 3,
        durationSeconds: 9,
        logStreamName: 'stream',
        createdByRequestId: 'request-2',
        modifiedByRequestId: 'request-3',
      });
      const repository = await makeWith(complete);

      expect(await repository.findExecution(ctx, 'complete')).toEqual(complete);
    });

    it('gives back a record with nothing but what it must have', async () => {
      const minimal = execution('minimal', {
        ownedBy: [],
        cloud: undefined,
        createdByRequestId: '',
        modifiedByRequestId: '',
      });
      const repository = await makeWith(minimal);

      expect(await repository.findExecution(ctx, 'minimal')).toEqual(minimal);
    });

    it('keeps a command of 100,000 characters', async () => {
      const command = `echo ${'é'.repeat(100_000)}`;
      const repository = await makeWith(execution('long', { command }));

      expect((await repository.findExecution(ctx, 'long'))?.command).toBe(command);
    });

    it('cuts times to whole seconds', async () => {
      const startedAt = new Date('2026-01-01T00:00:01.999Z');
      const repository = await makeWith(execution('a', { startedAt }));

      expect((await repository.findExecution(ctx, 'a'))?.startedAt).toEqual(second(1));
    });

    it('finds nothing under an unknown ID', async () => {
      expect(await (await make()).findExecution(ctx, 'nope')).toBeUndefined();
    });

    it('refuses an ID that is taken, and leaves the old record alone', async () => {
      const repository = await makeWith(execution('a'));

      await expectAppError(
        repository.createExecution(ctx, execution('a', { command: 'other' })),
        'CONFLICT',
        'execution already exists',
      );
      expect(await repository.findExecution(ctx, 'a')).toEqual(execution('a'));
    });

    describe('a transition', () => {
      it('changes what it names and keeps the rest', async () => {
        const repository = await makeWith(execution('a'));

        const started = await repository.transition(ctx, 'a', { from: ['STARTING'], to: 'RUNNING' });
        const ended = await repository.transition(ctx, 'a', {
          from: ['STARTING', 'RUNNING'],
          to: 'FAILED',
          completedAt: second(5),
          exitCode: 3,
          durationSeconds: 4,
          requestId: 'request-2',
        });

        expect([started, ended]).toEqual([true, true]);
        expect(await repository.findExecution(ctx, 'a')).toEqual(
          execution('a', {
            status: 'FAILED',
            completedAt: second(5),
            exitCode: 3,
            durationSeconds: 4,
            modifiedByRequestId: 'request-2',
          }),
        );
      });

      it('keeps a duration and an exit code of 0', async () => {
        const repository = await makeWith(execution('a', { status: 'RUNNING', exitCode: 7 }));

        await repository.transition(ctx, 'a', {
          from: ['RUNNING'],
          to: 'SUCCEEDED',
          completedAt: second(0),
          exitCode: 0,
          durationSeconds: 0,
        });

        expect(await repository.findExecution(ctx, 'a')).toMatchObject({ exitCode: 0, status: 'SUCCEEDED' });
      });

      it('leaves a record alone that has another status by now', async () => {
        const stopped = execution('a', { status: 'STOPPED', exitCode: 130 });
        const repository = await makeWith(stopped);

        const isChanged = await repository.transition(ctx, 'a', {
          from: ['STARTING', 'RUNNING'],
          to: 'SUCCEEDED',
          exitCode: 0,
          requestId: 'request-2',
        });

        expect(isChanged).toBe(false);
        expect(await repository.findExecution(ctx, 'a')).toEqual(stopped);
      });

      it('is won by exactly one of several at once', async () => {
        const repository = await makeWith(execution('a', { status: 'RUNNING' }));
        const goals: ExecutionStatus[] = ['SUCCEEDED', 'FAILED', 'STOPPED', 'TERMINATING'];

        const outcomes = await Promise.all(
          goals.map((to) => repository.transition(ctx, 'a', { from: ['RUNNING'], to })),
        );

        expect(outcomes.filter(Boolean)).toHaveLength(1);
        const winner = goals[outcomes.indexOf(true)];
        expect((await repository.findExecution(ctx, 'a'))?.status).toBe(winner);
      });

      it('is not found for an unknown ID', async () => {
        const repository = await make();

        await expectAppError(
          repository.transition(ctx, 'nope', { from: ['STARTING'], to: 'RUNNING' }),
          'NOT_FOUND',
          'execution not found',
        );
        expect(await repository.findExecution(ctx, 'nope')).toBeUndefined();
      });
    });

    describe('listing', () => {
      it('goes from the newest to the oldest, and by ID within a second', async () => {
        const repository = await makeWith(
          execution('b', { startedAt: second(1) }),
          execution('c', { startedAt: second(2) }),
          execution('a', { startedAt: second(1) }),
          execution('d', { startedAt: second(0) }),
        );

        expect(await idsOf(repository.listExecutions(ctx))).toEqual(['c', 'a', 'b', 'd']);
      });

      it('is empty at first', async () => {
        expect(await collect((await make()).listExecutions(ctx))).toEqual([]);
      });

      it('filters first and cuts then', async () => {
        const repository = await makeWith(
          execution('a', { startedAt: second(1), status: 'RUNNING' }),
          execution('b', { startedAt: second(2), status: 'FAILED' }),
          execution('c', { startedAt: second(3), status: 'STOPPED' }),
          execution('d', { startedAt: second(4), status: 'RUNNING' }),
        );
        const list = (statuses?: string[], limit?: number): Promise<string[]> =>
          idsOf(repository.listExecutions(ctx, { statuses, limit }));

        expect(await list(['RUNNING'])).toEqual(['d', 'a']);
        expect(await list(['STOPPED', 'RUNNING'], 2)).toEqual(['d', 'c']);
        expect(await list(['STOPPED', 'STOPPED', 'nonsense'])).toEqual(['c']);
        expect(await list(undefined, 3)).toEqual(['d', 'c', 'b']);
      });

      it('matches nothing for statuses that nobody knows', async () => {
        const repository = await makeWith(execution('a', { status: 'RUNNING' }));

        expect(await idsOf(repository.listExecutions(ctx, { statuses: ['running', "' OR 1=1 --"] }))).toEqual(
          [],
        );
      });

      it('takes an absurd limit for no limit', async () => {
        const repository = await makeWith(execution('a'));

        const limit = Number.MAX_SAFE_INTEGER;

        expect(await idsOf(repository.listExecutions(ctx, { limit }))).toEqual(['a']);
      });

      it('gives every record of before exactly once while others are added', async () => {
        const count = 2100;
        const repository = await make();
        const ids = Array.from({ length: count }, (_, index) => `old-${String(index).padStart(5, '0')}`);
        for (const [index, id] of ids.entries()) {
          // Many share a second: pages must not lose their way within one.
          await repository.createExecution(
            ctx,
            execution(id, { startedAt: second(Math.floor(index / 700)) }),
          );
        }

        const seen: string[] = [];
        for await (const { executionId } of repository.listExecutions(ctx)) {
          seen.push(executionId);
          if (seen.length % 500 === 1) {
            const added = `new-${seen.length}`;
            await repository.createExecution(ctx, execution(added, { startedAt: second(seen.length % 5) }));
          }
        }

        expect(new Set(seen).size).toBe(seen.length);
        expect(seen.filter((id) => id.startsWith('old-')).sort()).toEqual(ids);
      }, 60_000);

      it('can be left early', async () => {
        const repository = await makeWith(execution('a'), execution('b'));
        const seen: string[] = [];

        for await (const { executionId } of repository.listExecutions(ctx)) {
          seen.push(executionId);
          break;
        }

        expect(seen).toEqual(['a']);
        expect(await idsOf(repository.listExecutions(ctx))).toEqual(['a', 'b']);
      });

      it('fails for a request that is over', async () => {
        const repository = await makeWith(execution('a'));

        const listing = repository.listExecutions({ signal: AbortSignal.abort() });

        await expect(collect(listing)).rejects.toThrow();
      });
    });

    it('finds records by the request that created or last changed them', async () => {
      const repository = await makeWith(
        execution('a', { createdByRequestId: 'request-2' }),
        execution('b', { modifiedByRequestId: 'request-2' }),
        execution('c'),
      );

      const found = await repository.listExecutionsByRequestId(ctx, 'request-2');

      expect(found.map(({ executionId }) => executionId).sort()).toEqual(['a', 'b']);
      expect(await repository.listExecutionsByRequestId(ctx, 'request-3')).toEqual([]);
    });

    it('writes nothing for a request that is over', async () => {
      const repository = await make();

      const creating = repository.createExecution({ signal: AbortSignal.abort() }, execution('a'));

      await expect(creating).rejects.toThrow();
      expect(await repository.findExecution(ctx, 'a')).toBeUndefined();
    });
  });
}
