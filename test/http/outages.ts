import { AppError } from '../../src/contracts/index.js';

/** A store that is out, with an inside that must not be shown. */
export const outage = new AppError('DATABASE_ERROR', 'the store did not answer', {
  cause: new Error('planted-cause'),
});

/** What nobody classified, such as a driver's own error. */
export const unclassified = new Error('planted-internal-text');
