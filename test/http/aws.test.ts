import { openModelledProvider } from '../aws-model/modelled-provider.js';
import { httpContract } from './http-contract.js';
import { startLegacy } from './start-legacy.js';

httpContract('the existing API on AWS', startLegacy, {
  open: openModelledProvider,
  secretsAreParameters: true,
});
