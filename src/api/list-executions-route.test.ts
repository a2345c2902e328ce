import { EventEmitter } from 'node:events';
import type { Request, Response } from 'express';
import { pino } from 'pino';
import { describe, expect, it } from 'vitest';
import type { ExecutionQuery } from '../contracts/index.js';
import { someExecution } from '../orchestrator/executions.double.js';
import { createListExecutionsRoute } from './list-executions-route.js';
import { setRequestState } from './request-state.js';

/** A client that takes one write and then nothing until it is told to. */
class SlowResponse extends EventEmitter {
  text = '';
  writes = 0;
  destroyed = false;

  write(text: string): boolean {
    this.text += text;
    this.writes += 1;
    return false;
  }

  end(text: string): void {
    this.text += text;
  }
}

function asked(url: string, count = 5) {
  const response = new SlowResponse();
  const hungUp = new AbortController();
  const queries: (ExecutionQuery | undefined)[] = [];
  let given = 0;
  let isClosed = false;
  const route = createListExecutionsRoute({
    executions: {
      listExecutions: async function* (_ctx, query) {
        queries.push(query);
        try {
          for (; given < count; given += 1) yield someExecution({ executionId: `e${given}` });
        } finally {
          isClosed = true;
        }
      },
    },
  });
  setRequestState(response as unknown as Response, {
    context: { signal: hungUp.signal },
    logger: pino({ level: 'silent' }),
  });
  const answered = route.handler({ url } as unknown as Request, response as unknown as Response);
  return { response, hungUp, queries, answered, given: () => given, isClosed: () => isClosed };
}

const soon = (): Promise<void> => new Promise((resolve) => setTimeout(resolve, 10));

describe('a list of executions', () => {
  it('is read no faster than its client reads', async () => {
    const { response, answered, given } = asked('/executions?limit=0');

    await soon();
    expect(given()).toBeLessThanOrEqual(1);
    for (let index = 0; index < 5; index += 1) {
      response.emit('drain');
      await soon();
    }
    await answered;

    expect(JSON.parse(response.text)).toHaveLength(5);
    expect(response.text.endsWith('\n')).toBe(true);
  });

  it('is given up when its client hangs up', async () => {
    const { response, hungUp, answered, given, isClosed } = asked('/executions');
    await soon();

    response.destroyed = true;
    hungUp.abort();
    await answered;

    expect(given()).toBeLessThan(5);
    expect(isClosed()).toBe(true);
  });

  it.each([
    ['/executions', { limit: 10, statuses: undefined }],
    ['/executions?limit=0', { limit: undefined, statuses: undefined }],
    ['/executions?limit=%2B7', { limit: 7, statuses: undefined }],
    ['/executions?limit=2147483648', { limit: 2_147_483_648, statuses: undefined }],
    ['/executions?status=%20RUNNING%20,x', { limit: 10, statuses: ['RUNNING', 'x'] }],
  ])('%s asks for %j', async (url, expected) => {
    const { response, queries, answered } = asked(url, 0);
    await answered;

    expect(queries).toEqual([expected]);
    expect(response.text).toBe('[]\n');
  });

  it.each(['-1', '1.5', 'x', '1e3', '9999999999999999999999', '%20'])('refuses limit=%s', async (limit) => {
    await expect(asked(`/executions?limit=${limit}`).answered).rejects.toThrow('invalid limit parameter');
  });
});
