import { describe, expect, it } from 'vitest';
import { userDocuments } from './documents.js';
import { commandsBefore, installExample, isOfTheGuide } from './example-project.js';
import { missingLine } from './expected-output.js';
import { openReaderEnvironment } from './model-environment.js';
import { runShellBlocks } from './shell-session.js';
import { typeErrorsOf } from './type-errors.js';

const documents = userDocuments();

describe.each(documents)('$path', (document) => {
  const { path, blocks } = document;
  const commands = blocks.filter(({ language }) => language === 'sh');

  it.runIf(commands.length > 0)(
    'runs as it is written',
    async () => {
      const reader = await openReaderEnvironment(path);
      const guide = isOfTheGuide(document)
        ? { prepare: installExample, before: commandsBefore(document, documents) }
        : {};

      const outcomes = await runShellBlocks(
        commands.map(({ text }) => text),
        { ...guide, env: reader.env },
      ).finally(() => reader.close());

      expect(outcomes).toHaveLength(commands.length);
      commands.forEach((command, index) => {
        const outcome = outcomes[index];
        const where = `${path}:${command.line} printed\n${outcome?.output ?? ''}`;
        expect(outcome?.exitCode, where).toBe(command.exitCode);
        const following = blocks[blocks.indexOf(command) + 1];
        if (following?.language === 'text') {
          expect(missingLine(following.text, outcome?.output ?? ''), where).toBeUndefined();
        }
      });
    },
    120_000,
  );

  const code = blocks.filter(({ language }) => language === 'ts');

  it.runIf(code.length > 0)(
    'shows code that compiles',
    () => {
      expect(typeErrorsOf(code.map(({ text }) => text))).toEqual([]);
    },
    60_000,
  );
});
