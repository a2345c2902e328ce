import type { Runner } from '../legacy/runner.js';

/** What as many calls as before are for, where that is not what they were for. */
export interface AwsCallNote {
  readonly method: keyof Runner;
  readonly situation: string;
  readonly note: string;
}

export const awsCallNotes: readonly AwsCallNote[] = [
  {
    method: 'killTask',
    situation: 'starting',
    note: 'The original looks for the task, reads its state and refuses to stop it. Here the two calls are to read its state and to stop it: stopping takes no fewer.',
  },
  {
    method: 'killTask',
    situation: 'running, behind a hundred others',
    note: 'The original reads a page of running tasks and one of stopped ones and does not find it. Here it is read and stopped.',
  },
];
