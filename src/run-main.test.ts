import { expect, it } from 'vitest';
import { AppError } from './contracts/index.js';
import { runMain, type MainProcess } from './run-main.js';

function createProcess() {
  const written: string[] = [];
  const process: MainProcess = { stderr: { write: (text) => written.push(text) } };
  return { process, written };
}

it('says nothing when the program ends well', async () => {
  const { process, written } = createProcess();

  await runMain(process, async () => undefined);

  expect(written).toEqual([]);
  expect(process.exitCode).toBeUndefined();
});

it('says what a person can act on in a sentence', async () => {
  const { process, written } = createProcess();

  await runMain(process, async () => {
    throw new AppError('INVALID_REQUEST', 'PORT must be a number');
  });

  expect(written).toEqual(['PORT must be a number\n']);
  expect(process.exitCode).toBe(1);
});

it('shows where a defect came from', async () => {
  const { process, written } = createProcess();

  await runMain(process, async () => {
    throw new TypeError('undefined is not a function');
  });

  expect(written.join('')).toMatch(/^TypeError: undefined is not a function\n +at .*run-main\.test/);
  expect(process.exitCode).toBe(1);
});
