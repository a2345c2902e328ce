import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { pino } from 'pino';
import { describe, onTestFinished } from 'vitest';

import { openBackendLog } from '../../src/providers/local/backend-log.js';
import { createLocalBackendObservability } from '../../src/providers/local/local-backend-observability.js';
import { findIsolations, imageId, openLocalTasks } from '../support/local-tasks.js';
import { backendObservabilityContract } from './backend-observability.contract.js';
import { logAggregatorContract } from './log-aggregator.contract.js';
import { taskExecutorContract } from './task-executor.contract.js';
import { taskObserverContract } from './task-observer.contract.js';

const isolations = await findIsolations();
const ctx = { requestId: 'request-1' };

describe.each(isolations)('isolation %s', (isolation) => {
  taskExecutorContract('local', async () => {
    const { taskExecutor, table, start, untilEnded } = await openLocalTasks(isolation);
    return {
      taskExecutor,
      imageId,
      async startEndedTask() {
        const executionId = await start({ command: 'true' });
        await untilEnded(executionId);
        return executionId;
      },
      listStartedTasks: async () =>
        table.listTasks({ after: '', limit: 100 }).map(({ executionId }) => executionId),
    };
  });

  taskObserverContract('local', async () => {
    const { taskExecutor, taskObserver, startControlled } = await openLocalTasks(isolation);
    const controls = new Map<string, (script: string) => void>();
    return {
      taskObserver,
      imageId,
      async startTask() {
        const { executionId, tell } = await startControlled();
        controls.set(executionId, tell);
        return executionId;
      },
      endTask: async (executionId, exitCode) => controls.get(executionId)?.(`exit ${exitCode}`),
      killTask: (executionId) => taskExecutor.killTask(ctx, executionId),
    };
  });

  logAggregatorContract('local', async () => {
    const { logAggregator, startControlled } = await openLocalTasks(isolation);
    const { executionId, tell } = await startControlled();
    return {
      logAggregator,
      executionId,
      print: async (line) => tell(`printf '%s\\n' '${line}'`),
      end: async () => tell('exit 0'),
    };
  });
});

backendObservabilityContract('local', async () => {
  const directory = mkdtempSync(join(tmpdir(), 'refacet-backend-log-'));
  const backendLog = openBackendLog(directory);
  onTestFinished(() => {
    backendLog.close();
    rmSync(directory, { recursive: true, force: true });
  });
  let time = 0;
  const logger = pino({ timestamp: () => `,"time":${time}` }, backendLog);
  return {
    backendObservability: createLocalBackendObservability({ directory }),
    async log(requestId, message, at) {
      time = at;
      logger.child({ requestId }).info(message);
    },
  };
});
