/** What became of an oddity of the original's HTTP interface. */
export type OddityDecision = 'repaired' | 'repaired in part' | 'kept' | 'not ours';

/** An oddity or defect of the original, by its number in section 6 of the HTTP contract. */
export interface HttpOddity {
  readonly number: number;
  readonly area: string;
  readonly what: string;
  readonly decision: OddityDecision;
  /** What stays, where only a part is repaired. */
  readonly kept?: string;
}

type Line = readonly [number: number, decision: OddityDecision, what: string, kept?: string];

const area = (name: string, lines: readonly Line[]): HttpOddity[] =>
  lines.map(([number, decision, what, kept]) => ({
    number,
    area: name,
    what,
    decision,
    ...(kept === undefined ? {} : { kept }),
  }));

/** All of them. That a row repairs each one that is said to be repaired is a test. */
export const httpOddities: readonly HttpOddity[] = [
  ...area('Authorisation', [
    [1, 'repaired', 'Ownership is registered under one name and checked under another.'],
    [2, 'repaired', 'What an owner may do covers one path segment only.'],
    [3, 'repaired', 'A developer can start an execution and neither see nor stop it.'],
    [4, 'repaired', 'A developer can overwrite and delete any secret and read none.'],
    [
      5,
      'kept',
      'A trailing slash changes who may ask: an operator may GET `/users/` and not `/users`; developers and viewers may GET `/executions` and not `/executions/`; `POST /secrets/` is for admins.',
    ],
    [
      6,
      'repaired',
      'Roles and ownership live in the memory of one process, and one bad record stops its start.',
    ],
    [
      7,
      'kept',
      'Unknown paths inside of `/users`, `/images`, `/secrets`, `/executions` and `/trace` answer 401 and 403 before 404; a wrong method on `/run` answers 405 without a key.',
    ],
  ]),
  ...area('Errors and protocol', [
    [
      8,
      'repaired in part',
      '`details` shows the text of the cause, internals included, instead of the message.',
      'The text of a cause that was written for a reader still wins over the message.',
    ],
    [
      9,
      'kept',
      'Codes and wording are uneven: `invalid_request` in lower case for a bad `limit`; no code for a bad body, a bad parameter, a missing key or a missing right; `forbidden` beside `Forbidden`; errors of secrets without a "failed to".',
    ],
    [10, 'repaired', 'A blank trace ID is answered with two JSON documents.'],
    [11, 'kept', '404 for an unknown path is plain text, 405 has no body.'],
    [12, 'kept', 'The ID of a request is not sent back; it stands in the records that the request made.'],
    [13, 'repaired', 'A huge `limit` can exhaust the memory.'],
    [14, 'repaired', 'Reconciling without a health manager ends the process.'],
    [15, 'repaired', 'The keys of the reconcile report are not those that its reader knows.'],
    [16, 'repaired', 'Every answer waits for the last-used write, which changes the request ID of the user.'],
    [
      17,
      'repaired in part',
      'A trace can outlast every time limit, and its ID is pasted into a query.',
      'The deadline of a request has no answer of its own: the client sees the error that the cancelled work gives.',
    ],
  ]),
  ...area('Running, stopping, lifecycle', [
    [18, 'repaired in part', '`timeout` is ignored, `log_url` is empty.', '`log_url` is always empty.'],
    [19, 'repaired', 'A task whose record cannot be written runs on unrecorded.'],
    [
      20,
      'repaired in part',
      'The image is looked up before an empty command is refused.',
      'Blank secret names are refused only after the rights were checked; a command of blanks runs.',
    ],
    [21, 'repaired', 'An execution can stay STARTING for ever.'],
    [22, 'repaired', 'An execution can stay TERMINATING for ever.'],
    [23, 'repaired', 'A kill and a completion can overwrite each other.'],
    [24, 'repaired', 'A task that is still being made ready cannot be killed.'],
    [25, 'kept', 'TERMINATING counts as ended: no stream while a task winds down, 204 for a second kill.'],
  ]),
  ...area('Logs and streams', [
    [
      26,
      'repaired in part',
      'A refused stream is accepted and stays silent.',
      'A token may be used again for 24 hours.',
    ],
    [27, 'repaired', 'Lines between the logs and the stream, and the last ones, can be lost.'],
    [28, 'repaired', '`events` may be null; an execution without a log answers 503 for ever.'],
  ]),
  ...area('Users and claims', [
    [
      29,
      'repaired in part',
      'The plain key stays in the store after it was claimed.',
      'Claiming is a GET with a side effect, and a key can be claimed after its user was revoked; it then opens nothing.',
    ],
    [30, 'repaired', 'A user who has not claimed their key can use it, past its expiry too.'],
    [
      31,
      'kept',
      'E-mails may have a display name, are stored as sent and told apart by case; a revoked one cannot be used again; there is no way to change a role or to undo a revocation.',
    ],
    [32, 'repaired', 'A supplied key that is taken answers 503.'],
  ]),
  ...area('Secrets and images', [
    [33, 'repaired', 'Creating a secret that exists destroys the old value.'],
    [
      34,
      'repaired in part',
      'Updating an unknown secret stores a value that belongs to nothing.',
      'Fields cannot be cleared: an empty one keeps what is there. Names and values are not validated beyond what the store can hold.',
    ],
    [35, 'repaired', 'Listing secrets shows their values; a value that cannot be read is silently missing.'],
    [36, 'repaired', 'Images of two registries with the same name collide.'],
    [37, 'repaired', 'Registering again as the default, with resources, breaks the list of images.'],
    [38, 'repaired', 'Some tags are taken for IDs; lookups see one page.'],
    [
      39,
      'kept',
      'Removing an image needs its ID, which registering does not answer: it stands in `GET /images`.',
    ],
  ]),
  ...area("The original's own client, web page and local server", [
    [40, 'not ours', '`--timeout 0` keeps its client from reading its configuration.'],
    [41, 'not ours', 'Its client exits with 0 after an error and garbles `%`.'],
    [42, 'not ours', 'Its client sorts lines of one millisecond at random and can drop the last ones.'],
    [43, 'not ours', 'Its client escapes an image in one command and not in the others.'],
    [44, 'not ours', '`configure` forgets the address of the web page.'],
    [45, 'not ours', 'Its local server always takes five seconds to stop.'],
    [46, 'not ours', 'Its web page cannot read the answer to a second kill.'],
  ]),
];
