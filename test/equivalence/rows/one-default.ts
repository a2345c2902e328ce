import { isSameRegistry, parseImageReference } from '../../../src/providers/shared/parse-image-reference.js';
import type { Call, Divergence, Observation } from '../../../src/testing/index.js';
import { argumentsOf, itemsOf } from '../observation-parts.js';
import { idOf } from './expected-image.js';
import type { Row } from './repaired-call.js';
import { holdsUnderFaults, imageRows, isDisturbed, isForeign, withTimesOf } from './repaired-call.js';

export const oneDefault: Divergence = {
  id: 'one-default',
  methods: ['registerImage'],
  toleratesFaults: true,
  // Before the table is asked, nothing has changed.
  when: (reference, call) =>
    isDisturbed(reference, call) ||
    reference.requests.some(({ operation }) => operation.startsWith('dynamodb.')),
  expect: (reference, call, actual) => {
    if (isDisturbed(reference, call) || imageRows(reference).some(isForeign) || isRepaired(reference)) {
      return withOneDefault(holdsUnderFaults(reference, actual), call, actual);
    }
    // Other requests, the same effect: the row, the mark, the definition and its tags are the original's.
    return { ...reference, requests: actual.requests, state: withTimesOf(reference, actual) };
  },
  reason:
    'A failure in between left no default, two switches left two, and a phantom row stopped the service.',
  since: '0.1.0',
};

/** Where the original does something else than what it was asked for. */
function isRepaired(reference: Observation): boolean {
  const [, image, , , , , , platform] = argumentsOf(reference) as readonly string[];
  const { registry, tag } = parseImageReference(image ?? '');
  const [found] = reference.requests
    .filter(({ operation }) => operation === 'dynamodb.GetItem')
    .slice(0, 1)
    .flatMap(({ outcome }) => itemsOf(outcome));
  const isOfOtherRegistry =
    found !== undefined && !isSameRegistry(found['image_registry']?.S ?? '', registry);
  const isOfImageTools = ['linux/amd64', 'linux/arm64'].includes(platform ?? '');
  return (
    tag === '' ||
    isOfImageTools ||
    isOfOtherRegistry ||
    (found !== undefined && marksAnother(reference, found))
  );
}

/** The original marks the image of default size, whichever was meant. */
function marksAnother(reference: Observation, found: Row): boolean {
  const marked = reference.requests
    .filter(({ operation }) => operation === 'dynamodb.UpdateItem')
    .map(({ input }) => input as { readonly Key: Row; readonly UpdateExpression: string })
    .find(({ UpdateExpression }) => UpdateExpression.startsWith('SET is_default_placeholder'));
  return marked !== undefined && idOf(marked.Key) !== idOf(found);
}

/** A call that was asked for the mark and succeeded leaves exactly one behind, and never a row without its members. */
function withOneDefault(expected: Observation, call: Call, actual: Observation): Observation {
  const rows = imageRows(actual);
  const defaults = rows.filter((row) => row['is_default_placeholder']?.S === 'DEFAULT');
  const isWanted = argumentsOf(actual)[2] === true && actual.outcomes[0]?.kind === 'returned';
  const isBroken = isWanted && !isDisturbed(actual, call) && defaults.length !== 1;
  return isBroken ? { ...expected, state: `one default, not ${defaults.length}` } : expected;
}
