import type { RunningSide } from './observe-calls.js';

/** Remembers the world of a side, and what its calls have returned. @returns what brings both back, any number of times. */
export function rememberWorld(running: RunningSide): () => void {
  const { side, returned } = running;
  if (!canGoBack(running)) throw new Error('This needs sides that can save and restore their world.');
  const [world, results] = [side.save?.(), [...returned]];
  return () => {
    side.restore?.(world);
    returned.splice(0, Number.POSITIVE_INFINITY, ...results);
  };
}

export function canGoBack({ side }: RunningSide): boolean {
  return 'save' in side && 'restore' in side;
}
