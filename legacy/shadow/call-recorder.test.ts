import { describe, expect, it } from 'vitest';
import { CallRecorder } from './call-recorder.js';

const settled = (): Promise<void> => new Promise((resolve) => setImmediate(resolve));

describe('a recorder', () => {
  it('keeps requests in the order in which they were sent, as they were then', async () => {
    const recorder = new CallRecorder();
    const input = { nextToken: 'a' };
    const answer = { items: [1] };

    recorder.noteRequest(
      'ecs.First',
      input,
      settled().then(() => answer),
    );
    input.nextToken = 'b';
    recorder.noteRequest('ecs.Second', input, Promise.reject(new Error('no')));
    await settled();
    await settled();
    answer.items.push(2);

    expect(recorder.exchanges).toEqual([
      { operation: 'ecs.First', input: { nextToken: 'a' }, answer: { items: [1] } },
      { operation: 'ecs.Second', input: { nextToken: 'b' }, error: new Error('no') },
    ]);
  });

  it('keeps the very error, whose class a candidate may ask for', async () => {
    const recorder = new CallRecorder();
    const error = new RangeError('no');

    recorder.noteRequest('ecs.First', {}, Promise.reject(error));
    await settled();

    expect(recorder.exchanges[0]?.error).toBe(error);
  });

  it('lets go of everything once it is too large', async () => {
    const recorder = new CallRecorder(100);

    recorder.noteRequest('logs.GetLogEvents', {}, Promise.resolve({ message: 'x'.repeat(50) }));
    await settled();
    expect(recorder.flaw).toBeUndefined();
    recorder.noteRequest('logs.GetLogEvents', {}, Promise.resolve({ message: 'x'.repeat(50) }));
    await settled();

    expect(recorder.flaw).toBe('too-large');
    expect(recorder.exchanges).toEqual([]);
  });

  it('is of no use, and harms nobody, where something cannot be copied', async () => {
    const recorder = new CallRecorder();

    recorder.noteRequest('ecs.First', { uncopyable: () => undefined }, Promise.resolve({}));
    await settled();

    expect(recorder.flaw).toBe('not-recorded');
  });
});
