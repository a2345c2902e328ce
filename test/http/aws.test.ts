import { openModelledProvider } from '../aws-model/modelled-provider.js';
import { httpContract } from './http-contract.js';
import { startMigrated } from './start-migrated.js';

httpContract('the migrated API on AWS', startMigrated, {
  open: openModelledProvider,
  secretsAreParameters: true,
});
