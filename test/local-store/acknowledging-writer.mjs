// Writes executions one after the other into the store in the directory of its first argument, and says on standard
// output which ones have been acknowledged. Ends only when it is killed.
import { writeSync } from 'node:fs';

import { openStore } from '../../dist/src/providers/local/open-store.js';
import { createSqliteExecutionRepository } from '../../dist/src/providers/local/sqlite-execution-repository.js';

const [directory, prefix] = process.argv.slice(2);
const executions = createSqliteExecutionRepository(openStore(directory));
const startedAt = new Date(0);
// A synchronous write reaches the pipe before the process can be killed between the commit and the acknowledgement.
writeSync(1, 'open\n');

for (let count = 0; ; count += 1) {
  const executionId = `${prefix}-${count}`;
  await executions.createExecution(
    {},
    {
      executionId,
      createdBy: 'ada@example.com',
      ownedBy: ['ada@example.com'],
      command: `echo ${'x'.repeat(count % 5000)}`,
      status: 'STARTING',
      startedAt,
      exitCode: 0,
      createdByRequestId: '',
      modifiedByRequestId: '',
    },
  );
  writeSync(1, `created ${executionId}\n`);
  await executions.transition({}, executionId, { from: ['STARTING'], to: 'RUNNING' });
  writeSync(1, `running ${executionId}\n`);
}
