import type { Divergence, ErrorPicture } from '../../../src/testing/index.js';
import { chainOf, errorOf, isErrorPicture, withError } from '../observation-parts.js';

/** The original's wrappers are plain errors: a prefix, and what they wrap. */
function isWrapper(error: unknown): boolean {
  return isErrorPicture(error) && error.class === 'Error' && isErrorPicture(error.cause);
}

function codedError(error: ErrorPicture): ErrorPicture {
  const chain = chainOf(error);
  const coded = chain.find((one) => one.class === 'AppError');
  if (coded) return coded;
  const wrapped = chain[1];
  const inner = chain.find((one) => !isWrapper(one));
  return {
    class: 'AppError',
    name: 'AppError',
    message: wrapped ? error.message.slice(0, -`: ${wrapped.message}`.length) : error.message,
    code: 'INTERNAL_ERROR',
    status: 500,
    ...(inner !== error && { cause: inner }),
  };
}

/** Without the original's wrappers, wherever they stand in the chain. */
function withoutWrappers(error: ErrorPicture): ErrorPicture {
  const { cause } = error;
  if (isWrapper(error)) return codedError(error);
  if (!isErrorPicture(cause) || !isWrapper(cause)) return error;
  const coded = codedError(cause);
  // A wrapper between two errors of one text said the same thing three times.
  return coded.message === error.message ? coded : { ...error, cause: coded };
}

export const codeOnEveryError: Divergence = {
  id: 'a-code-on-every-error',
  methods: ['registerImage', 'listImages', 'getImage', 'removeImage', 'startTask'],
  isOutcomeOnly: true,
  when: (reference) => chainOf(errorOf(reference)).some(isWrapper),
  expect: (reference) => {
    const error = errorOf(reference);
    return error ? withError(reference, withoutWrappers(error)) : reference;
  },
  reason: 'Callers of a facet branch on codes, and none should have to walk a chain to find one.',
  since: '0.1.0',
};
