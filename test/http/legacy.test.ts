import { httpContract } from './http-contract.js';
import { startLegacy } from './start-legacy.js';

httpContract('the existing API', startLegacy);
