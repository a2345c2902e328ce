// Longer than other files: it is one table, and the reference page shows it in this order.

/** A wanted difference from the original's HTTP interface. A difference that has no row is a defect. */
export interface HttpDivergence {
  readonly id: string;
  /** Section of the HTTP contract that describes the original. */
  readonly section: string;
  /** Numbers of the oddities in section 6 of the HTTP contract that the row repairs; empty for an addition. */
  readonly oddities: readonly number[];
  readonly original: string;
  readonly ours: string;
  readonly reason: string;
  readonly since: string;
  /** File, from the project's root, of the test that shows it. */
  readonly test: string;
  /** Title of that test, as it stands in the file. */
  readonly title: string;
}

/** All of them came with the first version. */
const row = ({ test, ...rest }: Omit<HttpDivergence, 'since'>): HttpDivergence => ({
  ...rest,
  since: '0.1.0',
  test: test.includes('/') ? `test/${test}.test.ts` : `test/http/contract/${test}.ts`,
});

const authorisation: readonly HttpDivergence[] = [
  row({
    id: 'owners-have-rights',
    section: '2.2',
    oddities: [1, 2, 3],
    original: 'Ownership is registered but never matches: a developer may start an execution and not see it.',
    ours: 'Owners GET status and logs of, and DELETE, their executions; GET, PUT and DELETE their secrets; GET their images, slashes included. No rights on lists; an explicit deny wins.',
    reason: "The original's policy says so and its check misses; its own client's `run` ends in 403.",
    test: 'roles',
    title: 'reads, changes and deletes their secret, and nobody else of their role does',
  }),
  row({
    id: 'secrets-belong-to-somebody',
    section: '2.3',
    oddities: [4],
    original: 'A developer may overwrite and delete any secret.',
    ours: 'PUT and DELETE of a secret are for its owner, operators and admins.',
    reason: 'Whoever may not read a secret should not be able to replace it.',
    test: 'roles',
    title: 'keeps a developer from replacing and from deleting the secret of somebody else',
  }),
  row({
    id: 'roles-from-records',
    section: '2.2',
    oddities: [6],
    original:
      'Roles and ownership live in the memory of each process, loaded at start; one bad record stops the start.',
    ours: 'Both are read from the records with each request. Records that cannot be read answer as the store fails, with `Server error`.',
    reason:
      'Several instances agree, a deleted thing leaves no rights behind, and a bad record harms only itself.',
    test: 'roles',
    title: 'has no rights on a secret that somebody else made under the same name after theirs was gone',
  }),
];

const errors: readonly HttpDivergence[] = [
  row({
    id: 'details-without-internals',
    section: '1.7',
    oddities: [8],
    original: '`details` carries the text of the cause, that of databases and SDKs included.',
    ours: '`details` carries text that was written for a reader: that of a classified error, and below status 500 that of a plain cause. Otherwise the message; `internal error` where nothing is classified.',
    reason: 'Text of a driver tells an attacker about the inside and a user nothing.',
    test: 'run-failures',
    title: 'is told without a code and without the text when nobody classified why',
  }),
  row({
    id: 'blank-trace-is-one-document',
    section: '3.11',
    oddities: [10],
    original: 'A blank request ID answers 400 with two JSON documents.',
    ours: 'One document.',
    reason: 'Two documents are no JSON.',
    test: 'tracing',
    title: 'refuses a blank ID with one JSON document',
  }),
  row({
    id: 'limit-is-not-an-allocation',
    section: '3.5',
    oddities: [13],
    original: 'A huge `limit` is used as the size of an allocation and can end the process.',
    ours: 'The list is streamed; at most 1,000 records are in memory, whatever the limit.',
    reason: 'One request must not end the service.',
    test: 'list-executions',
    title: 'streams a list, and stops reading it when the client hangs up',
  }),
  row({
    id: 'reconcile-without-a-manager',
    section: '3.14',
    oddities: [14],
    original: 'A missing health manager panics.',
    ours: 'The answer for a missing report: `500 - | health report is nil | health reconciliation returned no report`.',
    reason: 'An error, no crash.',
    test: 'reconcile',
    title: 'answers an error when there is no report',
  }),
  row({
    id: 'reconcile-in-snake-case',
    section: '3.14',
    oddities: [15],
    original:
      "The report has Pascal-case keys and an authoriser section; the original's own client reads neither.",
    ours: 'The report has the snake-case keys that the client reads.',
    reason: 'The client shows real numbers instead of zeros.',
    test: 'reconcile',
    title: 'answers the report in the snake case that its readers know',
  }),
  row({
    id: 'last-use-in-the-background',
    section: '2.1',
    oddities: [16],
    original: "Each answer waits up to 5 s for the last-used write, which replaces the user's request ID.",
    ours: 'The write is not waited for and leaves the request IDs alone.',
    reason: 'A slow write should not slow every answer down, and a trace should not always list its caller.',
    test: 'authentication',
    title: 'is not waited for',
  }),
  row({
    id: 'trace-quotes-its-id',
    section: '3.11',
    oddities: [17],
    original: 'A trace waits at least 10 s, and the request ID is pasted into the query.',
    ours: 'Polling starts at once and backs off; the ID is checked and quoted.',
    reason: 'A trace must fit into the limits of a request, and an ID must not be able to change the query.',
    test: 'tracing',
    title: 'takes whatever stands in the path for an ID, and answers at once',
  }),
];

const lifecycle: readonly HttpDivergence[] = [
  row({
    id: 'timeout-is-enforced',
    section: '3.4',
    oddities: [18],
    original: '`timeout` is accepted and ignored.',
    ours: 'A task that runs longer ends as FAILED with exit code 124. `log_url` stays empty.',
    reason: 'Somebody who sets a limit expects one.',
    test: 'end-to-end/running-commands',
    title: 'ends a command at its time limit',
  }),
  row({
    id: 'no-unrecorded-task',
    section: '3.4',
    oddities: [19],
    original: 'When the record cannot be stored the task keeps running unrecorded.',
    ours: 'The task is stopped before the failure is answered; what a crash leaves out is recovered at the next start.',
    reason: 'Nobody can see or kill a task that has no record.',
    test: 'run-failures',
    title: 'because %s: the task is stopped, since the caller was told that it failed',
  }),
  row({
    id: 'command-is-checked-first',
    section: '3.4',
    oddities: [20],
    original: 'The image is resolved before an empty command is refused.',
    ours: 'An empty command is refused first. Blank secret names are refused as before.',
    reason: 'A request that can never run should not reach the backend.',
    test: 'run-failures',
    title: 'is refused before the image is looked up',
  }),
  row({
    id: 'starting-passes-through-running',
    section: '4.2',
    oddities: [21],
    original: 'A task whose running event is lost stays STARTING for ever.',
    ours: 'Its record passes through RUNNING to its end.',
    reason: 'The end of a task is always recorded.',
    test: 'lifecycle',
    title: 'passes through RUNNING, however short the task was',
  }),
  row({
    id: 'terminating-ends-in-stopped',
    section: '4.2',
    oddities: [22],
    original: 'A task that exits by itself just after a kill stays TERMINATING for ever.',
    ours: 'Whatever its end, it becomes STOPPED with exit code 130.',
    reason: 'The end of a task is always recorded, and its stream is told.',
    test: 'lifecycle',
    title: 'ends STOPPED with 130 when the task ends by itself just after a kill',
  }),
  row({
    id: 'status-by-compare-and-set',
    section: '4.2',
    oddities: [23],
    original: 'Kill and completion can overwrite each other.',
    ours: 'A status is written only over the one that was read; a final one is never overwritten.',
    reason: 'An execution that has ended has ended.',
    test: 'kill',
    title: 'does not overwrite an ending that was recorded meanwhile',
  }),
  row({
    id: 'kill-while-provisioning',
    section: '3.8',
    oddities: [24],
    original: 'A task that is still being provisioned cannot be killed (400).',
    ours: 'It can.',
    reason: 'That is when a mistake is noticed.',
    test: 'end-to-end/running-commands',
    title: 'kills a command in the very moment after it was started',
  }),
];

const streaming: readonly HttpDivergence[] = [
  row({
    id: 'refused-at-the-handshake',
    section: '5.3',
    oddities: [26],
    original: 'A refused stream is accepted and stays silent.',
    ours: 'The handshake is answered 400, 401 or 403 with an error body.',
    reason: 'A client should know that nothing will come.',
    test: 'stream-connections',
    title: 'is refused at the handshake',
  }),
  row({
    id: 'stream-without-a-gap',
    section: '5.3',
    oddities: [27],
    original:
      'Events between the logs answer and the connection are not replayed, and the last lines can be lost.',
    ours: 'A stream begins right after the last event of the answer that made its token, and its disconnect frame follows the last line.',
    reason: 'What a task printed is seen, once.',
    test: 'streaming',
    title: 'sees all output once, in order, and the end, when the task $name',
  }),
  row({
    id: 'stream-beside-the-api',
    section: '3.7',
    oddities: [],
    original: 'Streams have a host of their own: `wss://<host/path>`.',
    ours: 'Streams are served under `/api/v1/stream` of the host that was asked, over TLS when the request came that way.',
    reason: 'One server serves both; clients dial whatever address they are given.',
    test: 'logs',
    title: 'come with the address of a stream that goes on behind the last event',
  }),
  row({
    id: 'ended-without-a-stream',
    section: '3.7',
    oddities: [28],
    original: 'An execution that never produced a log answers 503 for ever; no events may be null.',
    ours: 'Once it has ended it answers 200 with what there is; no events are `[]`.',
    reason: 'Waiting for a log that will never come helps nobody.',
    test: 'logs',
    title: 'answers 200 and an empty list when it never had a stream',
  }),
];

const usersAndSecrets: readonly HttpDivergence[] = [
  row({
    id: 'claimed-key-is-wiped',
    section: '2.4',
    oddities: [29],
    original: 'The plain key stays in the pending record after the claim.',
    ours: 'It is wiped when it is claimed; until then it is encrypted on the local provider.',
    reason: 'A key is stored nowhere but in its hash once its owner has it.',
    test: 'claims',
    title: 'wipes the key when it is claimed',
  }),
  row({
    id: 'unclaimed-users-do-not-authenticate',
    section: '2.4',
    oddities: [30],
    original: 'Unclaimed users authenticate, past their expiry too, until storage removes them.',
    ours: 'They do not (`INVALID_API_KEY`), and are deleted when they expire.',
    reason: "A key that its owner never took is nobody's.",
    test: 'authentication',
    title: 'does not let in a user who has not claimed their key, nor one whose time to claim it is over',
  }),
  row({
    id: 'taken-key-is-a-conflict',
    section: '3.12',
    oddities: [32],
    original: 'A supplied key that is in use answers 503.',
    ours: '409 `CONFLICT`.',
    reason: 'Trying again does not help.',
    test: 'create-user',
    title: 'answers 409 for a key that somebody has, and does not show the key',
  }),
  row({
    id: 'duplicate-secret-changes-nothing',
    section: '3.10',
    oddities: [33],
    original: 'Creating a secret that exists destroys the value of the old one and answers 500.',
    ours: '409 `SECRET_ALREADY_EXISTS`; the old one is untouched.',
    reason: 'A refused request changes nothing.',
    test: 'secrets',
    title: 'answers 409 for a name that exists and leaves the old secret alone',
  }),
  row({
    id: 'unknown-secret-is-not-updated',
    section: '3.10',
    oddities: [34],
    original: 'Updating an unknown secret stores an orphan value and answers 500.',
    ours: '404 `SECRET_NOT_FOUND`; nothing is written.',
    reason: 'A refused request changes nothing.',
    test: 'one-secret',
    title: 'says 404 for an unknown one and stores nothing',
  }),
  row({
    id: 'no-values-in-lists',
    section: '3.10',
    oddities: [35],
    original: 'The list of secrets carries all values; a value that cannot be read is missing or empty.',
    ours: 'Lists carry no values; a value that cannot be read is an error, in `/run` too.',
    reason: 'Nobody needs all values at once, and a task must not run with an empty password.',
    test: 'secrets',
    title: 'carries no values',
  }),
];

const images: readonly HttpDivergence[] = [
  row({
    id: 'registry-is-part-of-an-image',
    section: '3.9',
    oddities: [36],
    original:
      'Images of two registries with one name collide, and the second registration is dropped with 201.',
    ours: 'Where the ID is taken by an image of another registry, the registry joins the hash; lookup by name needs the same registry.',
    reason: 'They are two images.',
    test: 'register-image',
    title: 'keeps images apart that differ only in their registry',
  }),
  row({
    id: 'default-is-the-right-image',
    section: '3.9',
    oddities: [37],
    original:
      'Registering again as the default with resources of its own marks the wrong ID and breaks every list.',
    ours: 'The image that was registered becomes the default.',
    reason: 'That is what was asked for.',
    test: 'register-image',
    title: 'marks the image itself as default, whatever its resources',
  }),
  row({
    id: 'image-lookup-finds-all',
    section: '3.9',
    oddities: [38],
    original:
      'A tag that looks like the end of an ID is not found by name; lookup sees the first 100 records.',
    ours: 'Text in the shape of an ID is looked up as an ID, then as a reference; every record is seen.',
    reason: 'What was registered is found.',
    test: 'one-image',
    title: 'finds an image whose tag looks like the end of an ID',
  }),
];

const additions: readonly HttpDivergence[] = [
  row({
    id: 'bodies-have-a-limit',
    section: '1.6',
    oddities: [],
    original: 'A body may be of any size.',
    ours: 'Above 1 MiB: `413 - | invalid request body | body exceeds 1 MiB`.',
    reason: 'One request must not fill the memory.',
    test: 'bodies',
    title: 'refuses a body above 1 MiB and takes one of just 1 MiB',
  }),
  row({
    id: 'one-json-value',
    section: '1.6',
    oddities: [],
    original: 'Bytes behind the JSON value are ignored.',
    ours: 'They are an error: `400 - | invalid request body`.',
    reason: 'They are a sign that the body is not what its sender thinks.',
    test: 'bodies',
    title: 'refuses a body that is %s',
  }),
  row({
    id: 'bad-percent-encoding',
    section: '1.5',
    oddities: [],
    original: "The HTTP library's own plain 400.",
    ours: '`400 - | invalid request path | the path has a malformed percent-encoding`, before any key is asked for.',
    reason: 'Every refusal has the same shape.',
    test: 'hostile',
    title: 'answers 400 to bad percent-encoding, before any key is asked for',
  }),
  row({
    id: 'commands-have-a-limit',
    section: '3.4',
    oddities: [],
    original: 'A command or variable of any size reaches the backend.',
    ours: 'Above 128 KiB on the local provider: `400 INVALID_REQUEST`, before anything is recorded.',
    reason: 'The operating system refuses to start such a command.',
    test: 'end-to-end/running-commands',
    title: 'refuses a command and a variable above 128 KiB before anything is recorded',
  }),
  row({
    id: 'secrets-that-fit-their-store',
    section: '3.10',
    oddities: [],
    original: 'No name and no value of a secret is checked; what Parameter Store cannot hold is 500.',
    ours: 'On AWS a name that Parameter Store cannot hold, an empty value or one above 4 KiB is `INVALID_REQUEST` before anything is written.',
    reason: 'A refusal half way left a record without a value.',
    test: 'aws-provider/bad-input/bad-answers',
    title: 'are refused before anything is written: %j',
  }),
  row({
    id: 'reconcile-harms-nothing',
    section: '3.14',
    oddities: [],
    original:
      'A task definition that is registered again gets an empty region for its logs; orphans are looked for under a name that none has.',
    ours: 'On AWS the region is set; what begins with `runvoy-` and belongs to no image is reported and left alone; an image that ECS refuses is an issue and keeps no other from being put right.',
    reason: 'Tasks of such a definition could not start, and a task may still run on an orphan.',
    test: 'aws-provider/health-reconciler',
    title: 'repairs the tags of the latest revision, takes stale ones away and registers what is missing',
  }),
  row({
    id: 'executions-are-asked-for',
    section: '4.2',
    oddities: [],
    original: 'Executions change by events of ECS; one that is lost leaves its execution as it was for ever.',
    ours: 'On AWS all open executions are asked for every few seconds, and a read of one asks at once; a task that ECS no longer knows after an hour ends as lost.',
    reason: 'A service that polls needs no event rules, and forgets nobody.',
    test: 'aws-provider/task-observer',
    title: 'tells that a task is lost which ECS no longer knows after an hour, and waits for a younger one',
  }),
  row({
    id: 'no-origin-by-default',
    section: '1.2',
    oddities: [],
    original: "Two origins of the original's own web pages are allowed by default.",
    ours: 'None is.',
    reason: 'They are not ours.',
    test: 'cors',
    title: 'is sent to no origin unless a list is given',
  }),
  row({
    id: 'logs-have-a-limit',
    section: '3.7',
    oddities: [],
    original: 'An answer carries the whole log.',
    ours: 'At most its last 32 MiB; a first event says how much was left out.',
    reason: 'One request must not fill the memory.',
    test: 'end-to-end/large-output',
    title: 'answers at most the last 32 MiB of a log, and says what was left out',
  }),
  row({
    id: 'empty-lists-are-lists',
    section: '1.8',
    oddities: [],
    original: 'Empty lists may be null.',
    ours: 'They are `[]`.',
    reason: 'One shape is enough.',
    test: 'list-executions',
    title: 'answers an empty array when there are none',
  }),
  row({
    id: 'first-admin-at-the-first-start',
    section: '2.1',
    oddities: [],
    original: 'The first admin is seeded outside of the API.',
    ours: 'The first start makes one, with a random key or the one of the settings, while no user exists.',
    reason: 'A new service can be used at once.',
    test: 'end-to-end/settings',
    title: 'is made without settings, and the key that is shown or written for the owner alone works',
  }),
];

/** Every wanted difference from the original on the wire. */
export const httpDivergences: readonly HttpDivergence[] = [
  ...authorisation,
  ...errors,
  ...lifecycle,
  ...streaming,
  ...usersAndSecrets,
  ...images,
  ...additions,
];
