import { watch } from 'node:fs';
import type { FSWatcher } from 'node:fs';

/** How often to look whatever the file system says: network file systems and full inotify tables say nothing. */
const lookEveryMs = 250;

/** Wakes a reader when something in a directory may have changed. */
export interface ChangeSignal {
  /** Resolves once there may be something new since the last call, at the latest after 250 ms or when `signal` aborts. */
  next(signal?: AbortSignal): Promise<void>;
  close(): void;
}

/** Watches one directory, not what lies in its subdirectories. */
export function openChangeSignal(directory: string): ChangeSignal {
  let hasChanged = false;
  let wake: (() => void) | undefined;
  const onChange = (): void => {
    hasChanged = true;
    wake?.();
  };
  const watcher = tryToWatch(directory, onChange);

  return {
    async next(signal) {
      if (!hasChanged && signal?.aborted !== true) {
        await new Promise<void>((resolve) => {
          const finish = (): void => {
            clearTimeout(timer);
            signal?.removeEventListener('abort', finish);
            resolve();
          };
          const timer = setTimeout(finish, lookEveryMs);
          wake = finish;
          signal?.addEventListener('abort', finish, { once: true });
        });
        wake = undefined;
      }
      hasChanged = false;
    },
    close() {
      watcher?.close();
      wake?.();
    },
  };
}

function tryToWatch(directory: string, onChange: () => void): FSWatcher | undefined {
  try {
    const watcher = watch(directory, { persistent: false }, onChange);
    // The directory was removed, or the system ran out of watches: looking now and then is enough.
    watcher.on('error', () => watcher.close());
    return watcher;
  } catch {
    return undefined;
  }
}
