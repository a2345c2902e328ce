import { createHash } from 'node:crypto';
import type { RandomBytes } from '../../src/orchestrator/api-key.js';

/** Bytes that look random, never repeat, and are the same from every source that is made. */
export function bytesInOrder(): RandomBytes {
  let count = 0;
  return (size) => {
    const chunks: Buffer[] = [];
    for (let length = 0; length < size; length += 32) {
      chunks.push(createHash('sha256').update(String(count++)).digest());
    }
    return Buffer.concat(chunks).subarray(0, size);
  };
}
