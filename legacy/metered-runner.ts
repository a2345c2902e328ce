import { runnerDeprecations } from './runner-deprecations.js';
import type { Runner } from './runner.js';

/** One call of one deprecated method. */
export interface RunnerUse {
  readonly method: keyof Runner;
  /** Where the program says that the runner is used; see {@link MeteredRunnerOptions.site}. */
  readonly site: string;
}

/** Hears of every call, just before it is made. What a sink answers, throws or rejects with is dropped. */
export type RunnerUseSink = (use: RunnerUse) => unknown;

/** How {@link meteredRunner} names and warns. */
export interface MeteredRunnerOptions {
  /** The part of the program that is handed this runner. Default `unnamed`. */
  readonly site?: string | undefined;
  /** `silent` counts without a word. Default `once`: one warning for each method and site. */
  readonly warnings?: 'once' | 'silent' | undefined;
  /** Default `process.emitWarning`, which `node --no-deprecation` silences as well. */
  readonly emitWarning?: ((message: string, warning: { type: string; code: string }) => void) | undefined;
}

const warned = new Set<string>();

function emitProcessWarning(message: string, warning: { type: string; code: string }): void {
  process.emitWarning(message, warning);
}

/**
 * A runner that counts its uses on the way and says once that they should go. It passes every call on as it came, never
 * delays one and never fails one. Put it on where the program is composed; a last use counted long ago is what allows
 * the interface to be removed.
 */
export function meteredRunner(
  runner: Runner,
  sink: RunnerUseSink,
  { site = 'unnamed', warnings = 'once', emitWarning = emitProcessWarning }: MeteredRunnerOptions = {},
): Runner {
  function note(method: keyof Runner): void {
    try {
      const told = sink({ method, site });
      if (told instanceof Promise) told.catch(() => undefined);
    } catch {
      // Counting is the least important thing that happens here.
    }
    if (warnings === 'once') warnOnce(method);
  }

  function warnOnce(method: keyof Runner): void {
    const { code, replacement } = runnerDeprecations[method];
    const key = `${code} ${site}`;
    if (warned.has(key)) return;
    warned.add(key);
    try {
      emitWarning(`Runner.${method} is deprecated; ${site} should use ${replacement}.`, {
        type: 'DeprecationWarning',
        code,
      });
    } catch {
      // An embedder may have put its own function there.
    }
  }

  return {
    startTask(...call) {
      note('startTask');
      return runner.startTask(...call);
    },
    killTask(...call) {
      note('killTask');
      return runner.killTask(...call);
    },
    registerImage(...call) {
      note('registerImage');
      return runner.registerImage(...call);
    },
    listImages(...call) {
      note('listImages');
      return runner.listImages(...call);
    },
    getImage(...call) {
      note('getImage');
      return runner.getImage(...call);
    },
    removeImage(...call) {
      note('removeImage');
      return runner.removeImage(...call);
    },
    fetchLogsByExecutionId(...call) {
      note('fetchLogsByExecutionId');
      return runner.fetchLogsByExecutionId(...call);
    },
    fetchBackendLogs(...call) {
      note('fetchBackendLogs');
      return runner.fetchBackendLogs(...call);
    },
  };
}
