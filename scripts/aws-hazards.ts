/** What became of a defect or hazard of the original `Runner` on AWS. */
export type AwsHazardDecision = 'repaired' | 'kept' | 'out of scope';

/** A defect or hazard of the original, by its number in section 9 of the description of its runner. */
export interface AwsHazard {
  readonly number: number;
  readonly what: string;
  readonly decision: AwsHazardDecision;
  /** What stays where only a part is repaired, or what else is to be said. */
  readonly note?: string;
}

type Line = readonly [number: number, decision: AwsHazardDecision, what: string, note?: string];

const lines: readonly Line[] = [
  [1, 'repaired', 'A task is looked for on one page of at most 100: with more, a live one is "not found".'],
  [2, 'repaired', 'A failure to list stopped tasks is swallowed: throttling looks like 404.'],
  [3, 'repaired', 'Tasks that are still being provisioned cannot be killed.'],
  [4, 'repaired', 'The reasons that ECS gives for not starting a task are lost.'],
  [5, 'repaired', 'An answer without `createdAt`, or a stop without its task, is a crash after the effect.'],
  [6, 'repaired', 'Every failure of an image lookup is a 400, outages too.'],
  [7, 'repaired', 'The line "Image ID" of a log is empty for the default image.'],
  [8, 'repaired', 'The default image is looked up by its reference, which may find another one or none.'],
  [9, 'repaired', 'A tag that ends in `-` and 8 hex digits is taken for an ID and cannot be run by name.'],
  [10, 'repaired', 'The registry is no part of an image ID: two images collide, and the second is dropped.'],
  [11, 'kept', 'A role named `default` equals no role in an image ID; `:` and `#` separate unescaped.'],
  [12, 'kept', 'A collision of the 32-bit hash counts as "already registered".'],
  [
    13,
    'repaired',
    'A switch of the default marks a wrong or a made-up row unless the size is the default one.',
  ],
  [14, 'repaired', 'Marks are written without a condition: a row that was deleted meanwhile comes back.'],
  [
    15,
    'repaired',
    'A switch of the default is not atomic.',
    'Two first defaults at once stay possible: they share no row.',
  ],
  [
    16,
    'kept',
    '`is_default: false` on a known image is ignored: a default is replaced or removed, never cleared.',
  ],
  [
    17,
    'kept',
    'The tag `IsDefault` does not follow a switch.',
    'A reconciliation puts it right, stale ones too.',
  ],
  [18, 'repaired', 'A task definition stays behind when its row cannot be written.'],
  [19, 'repaired', 'A lookup by name sees the first 100 rows.'],
  [20, 'repaired', 'Lists read one page.'],
  [21, 'repaired', 'Two parsers of references disagree about empty tags.'],
  [
    22,
    'repaired',
    'An unknown platform runs as ARM64 without a word.',
    'For `linux/amd64` and `linux/arm64`; other platforms, sizes and empty images are not checked, as before.',
  ],
  [23, 'repaired', 'A failed read before a write resets `created_at`.'],
  [
    24,
    'kept',
    'Failures of ECS do not keep an image from being removed.',
    'Each is a warning with the name of the definition.',
  ],
  [25, 'repaired', 'More than ten revisions at once are not deleted.'],
  [26, 'kept', 'Paging while deregistering may skip entries.'],
  [27, 'kept', 'Removing the default elects no successor, and nobody looks at running tasks.'],
  [28, 'repaired', 'Rows are read twice.', 'A run still looks its image up twice.'],
  [29, 'repaired', 'A request ID becomes part of a query unescaped: any log of the backend can be read.'],
  [30, 'repaired', 'A query is waited for with fixed sleeps that nothing cancels, and never stopped.'],
  [31, 'repaired', 'A query that has timed out is polled to the end.'],
  [32, 'repaired', 'The time format of Logs Insights is not read: lines that are not JSON have the time 0.'],
  [
    33,
    'repaired',
    'More than 50 log groups are refused, and results cut without a word.',
    'The prefix of the groups may still match those of others; it is a setting.',
  ],
  [
    34,
    'repaired',
    'Logs are unbounded, and an error on the way gives half a log as a whole one.',
    'Events stay in the order in which they arrived.',
  ],
  [35, 'repaired', 'When the sidecar fails, logs are 503 for ever and the cause is invisible.'],
  [36, 'repaired', 'The command is evaluated twice, once inside of quotes.'],
  [37, 'repaired', 'The path of a checkout is not quoted.'],
  [38, 'repaired', 'The token of a checkout is in the log and in the configuration of the clone.'],
  [39, 'repaired', '`.env` differs by mode, and loses or invents lines.'],
  [40, 'kept', 'Commit IDs do not work with a shallow clone of a branch; git is installed at run time.'],
  [41, 'kept', 'Secrets are plain text in the overrides of a task, which have a limit of 8,192 characters.'],
  [42, 'kept', 'Variables of the user with names of ours come twice, and also reach the sidecar.'],
  [43, 'repaired', 'The order of variables is random.'],
  [44, 'repaired', '`timeout` is accepted and never enforced.'],
  [45, 'kept', 'Images with an entry point, or without `/bin/sh`, do not run.'],
  [
    46,
    'kept',
    'The partition is always `aws`, paths of roles are not supported, an empty execution role is sent as it is.',
  ],
  [47, 'kept', 'An e-mail with characters that ECS refuses in tags cannot start a task.'],
  [48, 'repaired', 'The server logs commands and addresses with credentials.'],
  [
    49,
    'kept',
    'A message says "ECS cli endpoint".',
    'No facet can be made without its client, so that nobody sees it.',
  ],
  [
    50,
    'out of scope',
    'A missing client of CloudWatch Logs is a crash.',
    'No facet can be made without its client.',
  ],
  [
    51,
    'repaired',
    'A reconciliation registers definitions with an empty region and looks for orphans under a wrong name.',
  ],
  [
    52,
    'out of scope',
    'The service around the runner refetches by reference and wraps every failure of a trace.',
    'Its oddities are above.',
  ],
  [53, 'out of scope', 'Code that nothing calls.', 'Not ported.'],
  [54, 'out of scope', 'No test of the original drives a start, a kill or a registration.', 'Ours do.'],
  [55, 'repaired', 'Text of the SDK reaches clients.'],
];

/** All of them. That a row repairs each one that is said to be repaired is a test. */
export const awsHazards: readonly AwsHazard[] = lines.map(([number, decision, what, note]) => ({
  number,
  what,
  decision,
  ...(note === undefined ? {} : { note }),
}));

/** Repaired outside of the runner, where a row of the HTTP interface speaks of it. */
export const repairedAtTheEdge: ReadonlyMap<number, string> = new Map([
  [51, 'reconcile-harms-nothing'],
  [55, 'details-without-internals'],
]);
