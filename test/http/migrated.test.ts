import { httpContract } from './http-contract.js';
import { startMigrated } from './start-migrated.js';

httpContract('the migrated API', startMigrated);
