import { findAppError } from '../../src/contracts/index.js';
import type { Runner } from '../runner.js';
import { CallRecorder, mostBytes } from './call-recorder.js';
import type { CallOutcome, RecordedCall } from './recorded-call.js';
import { recordedBy, recordingWorld } from './recording-world.js';
import { replayCall, type ShadowDifference } from './replay-call.js';
import type { Party } from './script.js';
import { ShadowCounters, type ShadowTotals } from './shadow-counters.js';
import { ShadowQueue } from './shadow-queue.js';
import type { RunnerWorld } from './world.js';

/** A difference, as it is published. */
export interface ShadowReport {
  readonly method: keyof Runner;
  readonly requestId: string | undefined;
  /** How the control ended: `ok`, or a code. */
  readonly controlEnded: string;
  readonly difference: ShadowDifference;
}

/** What a shadow is made of. */
export interface ShadowRunnerOptions {
  /** The world that the control runs in. */
  readonly world: RunnerWorld;
  /** Both parties, each in whatever world it is given. */
  readonly parties: Readonly<Record<Party, (world: RunnerWorld) => Runner>>;
  /** Whose answers are given; the other one is the candidate. */
  readonly control: Party;
  /** Share of the calls that is compared, from 0 to 1. */
  readonly sample: number;
  /** From 0 to 1, for choosing those. */
  readonly random: () => number;
  /** Whether a method is looked at: asked at every call, so that it can be switched off while the server runs. */
  readonly isOn?: ((method: keyof Runner) => boolean) | undefined;
  /** Hears of every difference. What it answers, throws or rejects with is dropped. */
  readonly publish: (report: ShadowReport) => unknown;
  /** Most calls that wait for their replay. Default 100. */
  readonly queueLimit?: number | undefined;
  /** Milliseconds that a replay may take. Default 5,000. */
  readonly deadline?: number | undefined;
  /** Most bytes of a recording. Default 1 MiB. */
  readonly recordingLimit?: number | undefined;
}

/** A runner that compares, and what it has found. */
export interface ShadowRunner {
  /** Answers as the control does. */
  readonly runner: Runner;
  totals(): ShadowTotals;
  /** Resolves when every call so far has been compared. */
  whenIdle(): Promise<void>;
}

/**
 * A runner whose calls are answered by the control, and replayed with the candidate once they have been. The candidate
 * asks nothing of AWS: it is answered from what the control was answered, so that writes are as safe as reads. Nothing
 * that the candidate does, or does not do, reaches a caller.
 */
export function createShadowRunner(options: ShadowRunnerOptions): ShadowRunner {
  const { parties, control, sample, random, publish, recordingLimit = mostBytes } = options;
  const { isOn = () => true, queueLimit: limit = 100, deadline = 5_000 } = options;
  const candidate = control === 'monolith' ? 'facade' : 'monolith';
  const controlRunner = parties[control](recordingWorld(options.world));
  const counters = new ShadowCounters();
  const queue = new ShadowQueue({ limit, deadline });

  const compare = async (call: RecordedCall, isLate: () => boolean): Promise<void> => {
    const controlEnded = endOf(call.outcome);
    try {
      const verdict = await replayCall(call, candidate, parties[candidate]);
      if (isLate()) return;
      const row = verdict.kind === 'not-comparable' ? verdict.row : controlEnded;
      counters.countVerdict(call.method, verdict.kind, row);
      if (verdict.kind !== 'difference') return;
      const { method, requestId } = call;
      await publish({ method, requestId, controlEnded, difference: verdict.difference });
    } catch {
      // The shadow's own defect, or its publisher's: seen in the counters, by nobody else.
      if (!isLate()) counters.countVerdict(call.method, 'broken');
    }
  };

  const finish = (recorder: CallRecorder, call: Omit<RecordedCall, 'exchanges' | 'times'>): void => {
    const { flaw, exchanges, times } = recorder;
    if (flaw !== undefined) {
      counters.countVerdict(call.method, flaw);
      return;
    }
    let isLate = false;
    const isTaken = queue.offer(
      () => compare({ ...call, exchanges, times }, () => isLate),
      () => {
        isLate = true;
        counters.countVerdict(call.method, 'deadline');
      },
    );
    if (!isTaken) counters.countVerdict(call.method, 'dropped');
  };

  /** Makes the control's call; returns the very promise that the control returned. */
  const make = <Args extends readonly [{ readonly requestId?: string | undefined }, ...unknown[]], Result>(
    method: keyof Runner,
    call: (...args: Args) => Promise<Result>,
    args: Args,
  ): Promise<Result> => {
    counters.countCall(method);
    const [{ requestId }, ...others] = args;
    const kept = isSampled(method) ? copyOf(others) : undefined;
    if (kept === undefined) return call(...args);
    const recorder = new CallRecorder(recordingLimit);
    const end = (outcome: CallOutcome): void => finish(recorder, { method, requestId, args: kept, outcome });
    const answering = recordedBy(recorder, () => call(...args));
    answering.then(
      (value) => end({ kind: 'returned', value: recorder.flaw === undefined ? copyOf(value) : undefined }),
      (error: unknown) => end({ kind: 'failed', error }),
    );
    return answering;
  };

  const isSampled = (method: keyof Runner): boolean => {
    try {
      return isOn(method) && random() < sample;
    } catch {
      return false;
    }
  };

  return {
    runner: {
      startTask: (...args) => make('startTask', (...call) => controlRunner.startTask(...call), args),
      killTask: (...args) => make('killTask', (...call) => controlRunner.killTask(...call), args),
      registerImage: (...args) =>
        make('registerImage', (...call) => controlRunner.registerImage(...call), args),
      listImages: (...args) => make('listImages', (...call) => controlRunner.listImages(...call), args),
      getImage: (...args) => make('getImage', (...call) => controlRunner.getImage(...call), args),
      removeImage: (...args) => make('removeImage', (...call) => controlRunner.removeImage(...call), args),
      fetchLogsByExecutionId: (...args) =>
        make('fetchLogsByExecutionId', (...call) => controlRunner.fetchLogsByExecutionId(...call), args),
      fetchBackendLogs: (...args) =>
        make('fetchBackendLogs', (...call) => controlRunner.fetchBackendLogs(...call), args),
    },
    totals: () => counters.totals(),
    whenIdle: () => queue.whenIdle(),
  };
}

/** A copy that callers cannot change; `undefined` for what cannot be copied, which is not compared then. */
function copyOf<Value>(value: Value): Value | undefined {
  try {
    return structuredClone(value);
  } catch {
    return undefined;
  }
}

function endOf(outcome: CallOutcome): string {
  if (outcome.kind === 'returned') return 'ok';
  return findAppError(outcome.error)?.code ?? 'no code';
}
