import { AsyncLocalStorage } from 'node:async_hooks';
import type { CallRecorder } from './call-recorder.js';
import { clientsThrough, type RunnerWorld } from './world.js';

/** One for all: which recorder, if any, listens to the call in whose asynchronous context something is asked. */
const recorders = new AsyncLocalStorage<CallRecorder>();

/** Runs a call so that what it asks of a {@link recordingWorld} is written down. */
export function recordedBy<Result>(recorder: CallRecorder, call: () => Result): Result {
  return recorders.run(recorder, call);
}

/** The same world; what a call asks of it is written down while somebody listens. Answers are passed on untouched. */
export function recordingWorld({ clients, now, ...others }: RunnerWorld): RunnerWorld {
  return {
    clients: clientsThrough((operation, command, options, client) => {
      const recorder = recorders.getStore();
      const answering = client(command, options);
      recorder?.noteRequest(operation, command.input, answering);
      return answering;
    }, clients),
    now: () => {
      const time = now();
      recorders.getStore()?.noteTime(time);
      return time;
    },
    ...others,
  };
}
