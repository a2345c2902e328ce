import { describe, expect, it } from 'vitest';
import { type Start, keyOf } from '../harness.js';
import { type Step, commandLineClient } from '../command-line-client.js';
import { statusOf, untilNoLongerStarting } from '../execution-state.js';

/** What the task does at each step of the client, beside what it did before. */
interface Schedule {
  readonly name: string;
  readonly at: Partial<Record<Step, readonly string[]>>;
}

/** `begin`, `end`, or the text of a line. */
const schedules: readonly Schedule[] = [
  { name: 'is over before the first question', at: { started: ['begin', 'one', 'two', 'end'] } },
  {
    name: 'ends before the logs are asked for',
    at: { started: ['begin', 'one'], 'asked-for-status': ['two', 'end'] },
  },
  {
    name: 'ends between the logs and the stream',
    at: { started: ['begin', 'one'], 'asked-for-logs': ['two', 'end'] },
  },
  { name: 'ends right after the connection', at: { started: ['begin', 'one'], connected: ['two', 'end'] } },
  {
    name: 'prints at every step',
    at: {
      started: ['begin', 'a'],
      'asked-for-status': ['b'],
      'asked-for-logs': ['c', 'd'],
      connected: ['e', 'end'],
    },
  },
  {
    name: 'prints nothing before the stream',
    at: { started: ['begin'], 'asked-for-logs': ['one'], connected: ['end'] },
  },
  { name: 'prints nothing at all', at: { started: ['begin'], connected: ['end'] } },
  { name: 'prints nothing and is over at once', at: { started: ['begin', 'end'] } },
  {
    name: 'ends silently between the logs and the stream',
    at: { started: ['begin', 'one'], 'asked-for-logs': ['end'] },
  },
  { name: 'begins late', at: { slept: ['begin', 'one'], connected: ['two', 'end'] } },
  {
    name: 'prints the same line again and again',
    at: { started: ['begin', 'x', 'x'], 'asked-for-logs': ['x'], connected: ['x', 'x', 'end'] },
  },
  {
    name: 'prints what looks like the end of a stream',
    at: {
      started: ['begin', '{"type":"disconnect","reason":"execution_completed"}'],
      connected: ['{"type":"disconnect"}', 'last', 'end'],
    },
  },
  {
    name: 'prints thousands of lines',
    at: {
      started: ['begin', ...numbered('a', 2_000)],
      'asked-for-logs': numbered('b', 2_000),
      connected: [...numbered('c', 2_000), 'end'],
    },
  },
];

function numbered(prefix: string, count: number): string[] {
  return Array.from({ length: count }, (_, index) => `${prefix}${index}`);
}

/** Live logs, as the original's command-line client uses them (section 5.3 of the HTTP contract). */
export function streamingContract(start: Start): void {
  describe('somebody who runs a command from the command line', () => {
    it.each(schedules)('sees all output once, in order, and the end, when the task $name', async ({ at }) => {
      const api = await start();
      const { tasks } = api.provider;
      const printed: string[] = [];
      let statusAtTheEnd: unknown;
      const client = commandLineClient({
        port: api.port,
        apiKey: keyOf('developer'),
        sleep: () => Promise.resolve(),
        onStep: async (step, executionId) => {
          for (const what of at[step] ?? []) {
            if (what === 'begin') tasks.begin(executionId);
            else if (what === 'end') tasks.end(executionId, 0);
            else {
              tasks.print(executionId, what);
              printed.push(what);
            }
          }
          if (step === 'disconnected') statusAtTheEnd = await statusOf(api, executionId);
          if (step === 'started' && at.started?.includes('begin') === true)
            await untilNoLongerStarting(api, executionId);
        },
      });

      const display = await client.run({ command: 'whatever' });

      expect(display.lines).toEqual(printed);
      expect(display.notices).toEqual(display.isStreamed ? ['disconnected: execution_completed'] : []);
      // Whoever is told that it is over and asks how it ended gets an answer.
      if (display.isStreamed) expect(statusAtTheEnd).toBe('SUCCEEDED');
    });

    it('is told of the end only when the record says how it ended', async () => {
      const api = await start();
      let recorded: unknown;
      api.replace('executions', 'transition', (original) => async (ctx, id, transition) => {
        if (transition.to === 'FAILED') await new Promise((resolve) => setTimeout(resolve, 400));
        return original(ctx, id, transition);
      });
      const display = await commandLineClient({
        port: api.port,
        apiKey: keyOf('admin'),
        sleep: () => Promise.resolve(),
        onStep: async (step, id) => {
          if (step === 'started') {
            api.provider.tasks.begin(id);
            await untilNoLongerStarting(api, id);
          }
          if (step === 'connected') api.provider.tasks.end(id, 3);
          if (step === 'disconnected') recorded = await api.provider.executions.findExecution({}, id);
        },
      }).run({ command: 'x' });

      expect(display.isStreamed).toBe(true);
      expect(recorded).toMatchObject({ status: 'FAILED', exitCode: 3 });
    });

    it('gets frames of exactly the original form', async () => {
      const api = await start();
      const display = await commandLineClient({
        port: api.port,
        apiKey: keyOf('admin'),
        sleep: () => Promise.resolve(),
        onStep: async (step, id) => {
          if (step === 'started') {
            api.provider.tasks.begin(id);
            await untilNoLongerStarting(api, id);
          }
          if (step !== 'connected') return;
          api.provider.tasks.print(id, 'line');
          api.provider.tasks.end(id, 3);
        },
      }).run({ command: 'x' });

      expect(display.frames.map((frame) => JSON.parse(frame) as unknown)).toStrictEqual([
        { timestamp: api.now().getTime(), message: 'line' },
        { type: 'disconnect', reason: 'execution_completed' },
      ]);
    });

    it('sees the end of an execution that somebody else stops', async () => {
      const api = await start();
      const display = await commandLineClient({
        port: api.port,
        apiKey: keyOf('admin'),
        sleep: () => Promise.resolve(),
        onStep: async (step, id) => {
          if (step === 'started') {
            api.provider.tasks.begin(id);
            await untilNoLongerStarting(api, id);
          }
          if (step !== 'connected') return;
          await api.json('operator', 'DELETE', `/executions/${id}`);
          api.provider.tasks.print(id, 'last words');
          api.provider.tasks.end(id, 0);
        },
      }).run({ command: 'x' });

      expect(display.lines).toEqual(['last words']);
      expect(display.notices).toEqual(['disconnected: execution_completed']);
    });
  });
}
