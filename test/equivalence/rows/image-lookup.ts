import type { Divergence, Observation } from '../../../src/testing/index.js';
import { argumentsOf } from '../observation-parts.js';
import { expectedImage, idOf } from './expected-image.js';
import { appError, failing, holdsUnderFaults, imageRows, isDisturbed, isForeign } from './repaired-call.js';

const reads = ['dynamodb.GetItem', 'dynamodb.Query', 'dynamodb.Scan'];

export const imageLookup: Divergence = {
  id: 'image-lookup',
  methods: ['getImage'],
  toleratesFaults: true,
  // An ID that is there, and the default, are found as ever.
  when: (reference, call) => {
    const image = String(argumentsOf(reference)[1]);
    const isFoundById = imageRows(reference).some((row) => idOf(row) === image);
    return (
      (image !== '' && !isFoundById) || isDisturbed(reference, call) || imageRows(reference).some(isForeign)
    );
  },
  expect: (reference, call, actual) => {
    const rows = imageRows(reference);
    if (isDisturbed(reference, call) || rows.some(isForeign)) {
      return { ...holdsUnderFaults(reference, actual), state: reference.state };
    }
    const image = String(argumentsOf(reference)[1]);
    const found = expectedImage(rows, image);
    return {
      ...reference,
      outcomes: found
        ? foundAs(idOf(found), reference, actual)
        : failing(appError('NOT_FOUND', 404, `image not found: ${image}`)),
      requests: actual.requests.filter(({ operation }) => reads.includes(operation)).slice(0, 2),
    };
  },
  reason: 'Tags that end like an ID could never be fetched, and another registry could answer for a name.',
  since: '0.1.0',
};

/** Where the original found the same image, its whole answer is what is expected. */
function foundAs(
  imageId: string | undefined,
  reference: Observation,
  actual: Observation,
): Observation['outcomes'] {
  const [original] = reference.outcomes;
  if (original?.kind === 'returned' && (original.value as { imageId?: unknown }).imageId === imageId) {
    return reference.outcomes;
  }
  const [candidate] = actual.outcomes;
  const value = candidate?.kind === 'returned' ? (candidate.value as object) : {};
  return [{ kind: 'returned', value: { ...value, imageId } }];
}
