#!/usr/bin/env node
import { exitCodes } from './exit-codes.js';
import { run } from './run.js';

process.once('SIGINT', () => process.exit(exitCodes.interrupted.code));

process.exitCode = await run(process.argv.slice(2), {
  workingDirectory: process.cwd(),
  out: (text) => process.stdout.write(text),
  error: (text) => process.stderr.write(text),
  isTerminal: process.stderr.isTTY,
});
