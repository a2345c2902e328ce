import type { Divergence, RequestRecord } from '../../../src/testing/index.js';
import { holdsUnderFaults, imageRows, isDisturbed, isForeign } from './repaired-call.js';

export const rowsReadOnce: Divergence = {
  id: 'rows-read-once',
  methods: ['removeImage'],
  toleratesFaults: true,
  when: (reference, call) => isDisturbed(reference, call) || reference.requests.length > 1,
  expect: (reference, call, actual) => {
    if (isDisturbed(reference, call) || imageRows(reference).some(isForeign)) {
      return holdsUnderFaults(reference, actual);
    }
    return { ...reference, requests: withoutSecondRead(reference.requests) };
  },
  reason: 'A second read shows nothing that cannot have changed again before the write.',
  since: '0.1.0',
};

function withoutSecondRead(requests: readonly RequestRecord[]): readonly RequestRecord[] {
  const second = requests.findLastIndex(({ operation }) => operation === 'dynamodb.GetItem');
  return second > 0 ? requests.toSpliced(second, 1) : requests;
}
