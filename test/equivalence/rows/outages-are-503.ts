import type { Divergence, ErrorPicture } from '../../../src/testing/index.js';
import { chainOf, errorOf, withError } from '../observation-parts.js';
import { isOutage } from './repaired-call.js';

/** For `listImages`, of which nothing else is repaired; the rows of the other methods say the same of theirs. */
export const outagesAre503: Divergence = {
  id: 'outages-are-503',
  methods: ['listImages'],
  when: (reference) => chainOf(errorOf(reference)).some((one) => isOutage(one) || one.class === 'TypeError'),
  expect: (reference) => {
    const error = errorOf(reference);
    const [, cause] = chainOf(error);
    if (error?.class === 'AppError' && cause && isOutage(cause)) {
      return withError(reference, { ...error, code: 'DATABASE_ERROR', status: 503 });
    }
    return error?.class === 'TypeError' ? withError(reference, withoutAnswer(error)) : reference;
  },
  reason:
    'A client should try again after an outage and not after a refusal. No answer at all is a malformed one.',
  since: '0.1.0',
};

/** Where the original crashes because a client has answered nothing. */
function withoutAnswer(crash: ErrorPicture): ErrorPicture {
  return {
    class: 'AppError',
    name: 'AppError',
    message: 'failed to scan image-taskdef table',
    code: 'INTERNAL_ERROR',
    status: 500,
    cause: crash,
  };
}
