import type { FileHandle } from 'node:fs/promises';

const newline = 10;
const chunkSize = 64 * 1024;

/** The whole lines of a file, without their ends, one chunk in memory. */
export async function* readLines(file: FileHandle): AsyncGenerator<string> {
  let rest = Buffer.alloc(0);
  for (let position = 0; ;) {
    const { bytesRead, buffer } = await file.read(Buffer.allocUnsafe(chunkSize), 0, chunkSize, position);
    if (bytesRead === 0) return;
    position += bytesRead;
    const bytes = Buffer.concat([rest, buffer.subarray(0, bytesRead)]);
    let start = 0;
    for (let end = bytes.indexOf(newline); end >= 0; end = bytes.indexOf(newline, start)) {
      yield bytes.toString('utf8', start, end);
      start = end + 1;
    }
    rest = bytes.subarray(start);
  }
}
