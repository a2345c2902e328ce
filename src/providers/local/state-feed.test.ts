import { describe, expect, it } from 'vitest';

import type { TaskState } from '../../contracts/index.js';
import { createStateFeed } from './state-feed.js';

const running = (executionId: string): TaskState => ({ executionId, phase: 'running' });
const ended = (executionId: string): TaskState => ({ executionId, phase: 'ended', endedBy: 'exit' });

describe('a feed of states', () => {
  function listen(signal?: AbortSignal) {
    const feed = createStateFeed();
    const listener = feed.subscribe(signal, () => undefined)[Symbol.asyncIterator]();
    return { feed, listener, first: listener.next() };
  }

  it('hands on each change once, and nothing backwards', async () => {
    const { feed, listener, first } = listen();
    feed.publish(running('a'));
    expect((await first).value).toEqual(running('a'));

    for (const state of [running('a'), ended('a'), ended('a'), running('a'), running('b')])
      feed.publish(state);

    expect((await listener.next()).value).toEqual(ended('a'));
    expect((await listener.next()).value).toEqual(running('b'));
  });

  it('keeps only the latest state for a listener that is slow', async () => {
    const { feed, listener, first } = listen();
    feed.publish(running('z'));
    await first;

    for (const state of [running('a'), running('b'), ended('a')]) feed.publish(state);

    expect((await listener.next()).value).toEqual(ended('a'));
    expect((await listener.next()).value).toEqual(running('b'));
  });

  it('says nothing of tasks that are starting', async () => {
    const { feed, first } = listen();

    feed.publish({ executionId: 'a', phase: 'starting' });
    feed.publish(running('b'));

    expect((await first).value).toEqual(running('b'));
  });

  it('is wanted while somebody listens', async () => {
    const controller = new AbortController();
    const { feed, first } = listen(controller.signal);
    expect(feed.isWanted()).toBe(true);
    const unwanted = feed.whenUnwanted();

    controller.abort();

    expect((await first).done).toBe(true);
    expect([feed.isWanted(), unwanted.aborted]).toEqual([false, true]);
  });

  it('passes a failure on to those who listen', async () => {
    const { feed, first } = listen();

    feed.fail(new Error('no database'));

    await expect(first).rejects.toThrow('no database');
    expect(feed.isWanted()).toBe(false);
  });
});
