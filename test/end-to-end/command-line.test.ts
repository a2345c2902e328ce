import { setTimeout as wait } from 'node:timers/promises';
import { describe, expect, it } from 'vitest';
import { type Display, type Step, commandLineClient } from '../http/command-line-client.js';
import { statusOf } from './executions.js';
import { isolations } from './isolations.js';
import { adminKey, makeHome, startReadyServer } from './server-process.js';

const pauses: readonly Step[] = ['started', 'asked-for-status', 'asked-for-logs', 'connected'];

describe.each(isolations)(
  "the original's command line against the built server, isolation %s",
  (isolation) => {
    const start = async () =>
      startReadyServer({ home: await makeHome(), env: { REFACET_ISOLATION: isolation } });
    const withoutNotes = ({ lines }: Display): string[] =>
      lines.filter((text) => !text.startsWith('refacet: '));

    it.each([
      { name: 'fast', command: 'seq 5', lines: ['1', '2', '3', '4', '5'] },
      { name: 'silent', command: 'true', lines: [] },
      { name: 'slow', command: 'for i in 1 2 3; do echo $i; sleep 0.5; done', lines: ['1', '2', '3'] },
      { name: 'failing', command: 'echo before; exit 7', lines: ['before'] },
      {
        name: 'bursting',
        command: 'seq 5000; sleep 1; seq 5000',
        lines: [...numbers(5000), ...numbers(5000)],
      },
      { name: 'late', command: 'sleep 1; echo late', lines: ['late'] },
      { name: 'unterminated', command: "printf 'a\\nb'; sleep 0.5; printf c", lines: ['a', 'bc'] },
    ])(
      'shows a $name task whole, once and in order, without sleeping, and ends',
      async ({ command, lines }) => {
        const server = await start();
        let statusAtTheEnd: string | undefined;
        const client = commandLineClient({
          port: server.port,
          apiKey: adminKey,
          sleep: (seconds) => wait(seconds * 10),
          onStep: async (step, id) => {
            if (step === 'disconnected') statusAtTheEnd = (await statusOf(server, id)).status;
          },
        });

        const display = await client.run({ command });

        expect(withoutNotes(display)).toEqual(lines);
        expect(display.sleeps, 'the client sleeps 30 s when it sees STARTING').toEqual([]);
        expect(display.notices.filter((notice) => !notice.startsWith('disconnected'))).toEqual([]);
        if (display.isStreamed) expect(['SUCCEEDED', 'FAILED']).toContain(statusAtTheEnd);
      },
    );

    it.each(pauses)(
      'shows everything when the task ends while the client pauses after it has %s',
      async (pausedAt) => {
        const server = await start();
        const client = commandLineClient({
          port: server.port,
          apiKey: adminKey,
          sleep: (seconds) => wait(seconds * 10),
          onStep: async (step) => {
            if (step === pausedAt) await wait(1_500);
          },
        });

        const display = await client.run({
          command: 'for i in 1 2 3 4 5 6 7 8; do echo $i; sleep 0.1; done',
        });

        expect(withoutNotes(display)).toEqual(numbers(8));
        expect(display.sleeps).toEqual([]);
      },
    );

    it('shows twenty tasks of random length whole, whenever they end', async () => {
      const server = await start();
      const client = commandLineClient({
        port: server.port,
        apiKey: adminKey,
        sleep: (seconds) => wait(seconds * 10),
      });

      for (let round = 0; round < 20; round += 1) {
        const display = await client.run({ command: `echo a; sleep 0.0${round % 10}; echo b` });
        expect(withoutNotes(display)).toEqual(['a', 'b']);
        expect(display.sleeps).toEqual([]);
      }
    }, 90_000);

    it('shows the log of an execution that ended long ago', async () => {
      const server = await start();
      const client = commandLineClient({
        port: server.port,
        apiKey: adminKey,
        sleep: () => Promise.resolve(),
      });
      const { executionId } = await client.run({ command: 'seq 3' });

      const display = await client.logs(executionId);

      expect(withoutNotes(display)).toEqual(numbers(3));
      expect(display.isStreamed).toBe(false);
    });

    it('works for a developer, who owns what they ran', async () => {
      const server = await start();
      const { claim_token: token } = (await server.json('POST', '/users/create', {
        email: 'dev@example.com',
        role: 'developer',
        api_key: 'dev-key',
      })) as { claim_token: string };
      await server.json('GET', `/claim/${token}`);

      const display = await commandLineClient({
        port: server.port,
        apiKey: 'dev-key',
        sleep: () => Promise.resolve(),
      }).run({ command: 'echo mine; sleep 0.5; echo too' });

      expect(withoutNotes(display)).toEqual(['mine', 'too']);
    });
  },
);

function numbers(count: number): string[] {
  return Array.from({ length: count }, (_, index) => String(index + 1));
}
