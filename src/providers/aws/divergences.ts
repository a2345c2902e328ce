/** A wanted difference from the original `Runner` on AWS. A difference that has no row is a defect. */
export interface AwsDivergence {
  readonly id: string;
  /** Methods of `Runner` in which it shows. */
  readonly methods: readonly RunnerMethod[];
  /** Numbers of the original's hazards that it repairs; empty for what the facets' contracts demand. */
  readonly hazards: readonly number[];
  readonly original: string;
  readonly ours: string;
  readonly reason: string;
  /** Version that brought it. */
  readonly since: string;
}

type RunnerMethod =
  | 'startTask'
  | 'killTask'
  | 'registerImage'
  | 'listImages'
  | 'getImage'
  | 'removeImage'
  | 'fetchLogsByExecutionId'
  | 'fetchBackendLogs';

const imageMethods: readonly RunnerMethod[] = ['registerImage', 'listImages', 'getImage', 'removeImage'];

/** What no split into these facets could have kept. */
const demandedByTheContracts: readonly AwsDivergence[] = [
  {
    id: 'start-by-id',
    methods: ['startTask'],
    hazards: [7, 8],
    original:
      'The default image is looked up by its reference after its row was read, the family comes from the row, and the line "Image ID" shows the image of the request: nothing for the default.',
    ours: 'An image is resolved to its ID once; family and line come from the ID.',
    reason: 'Executors know images by ID only, so that they need no registry.',
    since: '0.1.0',
  },
  {
    id: 'a-code-on-every-error',
    methods: [...imageMethods, 'startTask'],
    hazards: [],
    original: 'Image methods wrap errors in plain ones with a prefix; some have no code anywhere.',
    ours: 'The outermost error has a code: that of the first coded error in the chain, else `INTERNAL_ERROR` with the prefix as its message.',
    reason: 'Callers of a facet branch on codes, and none should have to walk a chain to find one.',
    since: '0.1.0',
  },
];

/** Repairs of the original, in the order in which they were made. */
const repairs: readonly AwsDivergence[] = [
  {
    id: 'kill-asks-by-id',
    methods: ['killTask'],
    hazards: [1, 2, 3],
    original:
      'Looks for the task on one page of running and one of stopped tasks, swallows a failure of the second, and refuses tasks that are PROVISIONING or PENDING.',
    ours: 'DescribeTasks by ID; an ID that no task can have is not found without a call; starting tasks can be stopped.',
    reason:
      'With more than a hundred tasks a live one was "not found", throttling looked like 404, and a start could not be aborted.',
    since: '0.1.0',
  },
  {
    id: 'reasons-of-ecs',
    methods: ['startTask', 'killTask'],
    hazards: [4],
    original: 'Drops the failures that RunTask and DescribeTasks answer with.',
    ours: 'They are the cause of the error, messages and codes unchanged.',
    reason: 'Whether capacity, an address or a permission was missing is what an operator has to know.',
    since: '0.1.0',
  },
  {
    id: 'no-crash-after-an-effect',
    methods: ['startTask', 'killTask'],
    hazards: [5],
    original:
      'Crashes when RunTask answers without `createdAt` or StopTask without `task`, the task started or stopped.',
    ours: 'The clock stands in for the time; the answer to StopTask is not looked at.',
    reason: 'A task that runs and that nobody was told of costs money and can be stopped by nobody.',
    since: '0.1.0',
  },
  {
    id: 'an-outage-is-no-bad-request',
    methods: ['startTask'],
    hazards: [6],
    original: 'Reports every failure to look an image up as 400 "image not registered".',
    ours: 'Only an image that is not there is that; other failures pass on.',
    reason: 'An outage of the table looked like a mistake of the client, who then did not try again.',
    since: '0.1.0',
  },
  {
    id: 'pages-to-the-end',
    methods: ['listImages', 'getImage', 'startTask', 'registerImage'],
    hazards: [19, 20],
    original: 'Reads one page everywhere; by name, the first hundred rows of the table.',
    ours: 'Pages are followed to the end, and no scan has a limit.',
    reason: 'Images beyond a page could neither be listed nor run, and marks beyond one stayed.',
    since: '0.1.0',
  },
  {
    id: 'pages-that-never-end',
    methods: [...imageMethods, 'startTask', 'fetchLogsByExecutionId', 'fetchBackendLogs'],
    hazards: [],
    original: 'A page token that comes again and again is followed for ever.',
    ours: 'When a token comes again (of ECS and CloudWatch: for the second time) the list is an error with its cause; while an image is removed it is a warning.',
    reason: 'A service that answers nonsense must not take the server along.',
    since: '0.1.0',
  },
  {
    id: 'timeout-by-the-follower',
    methods: ['startTask'],
    hazards: [44],
    original: 'A timeout is accepted and never enforced.',
    ours: 'The limit is a tag of the task, `TimeoutSeconds`, and whichever server follows the task stops it when its command has run so long; it ends as `FAILED` with 124.',
    reason:
      'ECS has no time limit of its own, and the server that started a task may be gone when the time is over.',
    since: '0.1.0',
  },
  {
    id: 'one-parser',
    methods: ['registerImage', 'getImage', 'startTask'],
    hazards: [21],
    original:
      'Two parsers disagree on an empty tag, so that `alpine:` is looked for under an ID that it is never stored under.',
    ours: 'One parser; an empty tag stays empty.',
    reason:
      'Registering such an image again took its default mark away and left one more task definition behind.',
    since: '0.1.0',
  },
  {
    id: 'image-lookup',
    methods: ['getImage', 'startTask'],
    hazards: [9, 10],
    original:
      'Text of the shape of an ID is looked up as an ID only; by name, the registry is ignored, the table is scanned twice, and the first row in its order wins.',
    ours: 'Such text is a reference when it is no ID; a name needs the same registry (none means docker.io); one scan finds both; the very text goes first, then the default, then the smallest ID.',
    reason:
      'Tags that end in eight hex digits could never be run by name, and another registry could answer for a name.',
    since: '0.1.0',
  },
  {
    id: 'registry-in-the-id',
    methods: ['registerImage'],
    hazards: [10],
    original:
      'The same name and tag in another registry is taken for the same image: registering it succeeds and stores nothing.',
    ours: 'An ID that an image of another registry has is not taken twice: the registry joins the hash. A new registration looks for both IDs, one read more.',
    reason: 'Runs of the second image silently used the first.',
    since: '0.1.0',
  },
  {
    id: 'one-default',
    methods: ['registerImage'],
    hazards: [13, 14, 15],
    original:
      'Takes each mark away in a write of its own, then marks the row that the image has at default size, making it if it is not there.',
    ours: 'One transaction marks the row of the very image and takes the old marks away, under the condition that they are still there; cancelled, the marks are read again, three times.',
    reason:
      'A failure in between left no default, two switches at once left two, and a phantom row stopped the service from starting.',
    since: '0.1.0',
  },
  {
    id: 'no-definition-without-a-row',
    methods: ['registerImage'],
    hazards: [18, 23],
    original:
      'Leaves the task definition behind when the row cannot be written, and writes over a row that it could not read.',
    ours: 'The task definition is deregistered; a row that is there stays as it is.',
    reason:
      'Every retry left one more revision that could be run and that nobody knew of, and a race reset when and by whom an image was made.',
    since: '0.1.0',
  },
  {
    id: 'rows-read-once',
    methods: ['registerImage', 'removeImage'],
    hazards: [28],
    original: 'Reads the row once more before it is written or deleted.',
    ours: 'Reads each row once; conditions on the write do the rest.',
    reason: 'A second read shows nothing that cannot have changed again before the write.',
    since: '0.1.0',
  },
  {
    id: 'deletes-in-tens',
    methods: ['removeImage'],
    hazards: [25],
    original: 'Deletes up to a hundred task definitions in one call, of which ECS allows ten.',
    ours: 'Ten at a time.',
    reason: 'Families with more than ten active revisions were deregistered and never deleted.',
    since: '0.1.0',
  },
  {
    id: 'a-command-runs-once',
    methods: ['startTask'],
    hazards: [36, 37],
    original:
      'Splices the command into the header in double quotes, where the shell evaluates it a first time, and the path into `cd` without quotes.',
    ours: 'Every value of the header and the path are quoted; the command is evaluated once.',
    reason: 'Side effects happened twice, quoted text was executed, and valid commands were syntax errors.',
    since: '0.1.0',
  },
  {
    id: 'an-exact-env-file',
    methods: ['startTask'],
    hazards: [39, 43],
    original:
      'Writes `.env` from the output of `env`, or name by name once a secret is among the variables, in a random order; each loses or changes other values and names.',
    ours: 'The sidecar gets the text of the file as one variable: each `NAME=value` as it was given, by name. The prefixed copies are gone.',
    reason: 'Values lost their ends and lines, and a name with a dot kept the task from running.',
    since: '0.1.0',
  },
  {
    id: 'no-token-in-sight',
    methods: ['startTask'],
    hazards: [38, 48],
    original:
      'Puts the token into the URL, prints it into the log and leaves it in the configuration of the clone.',
    ours: 'The URL has no credentials; git asks a helper for them while it clones. The clone keeps none, so a command that goes on with the remote brings its own. No record of the server names a command, an address or a value.',
    reason: 'Whoever may read logs could push to the repository.',
    since: '0.1.0',
  },
  {
    id: 'a-safe-and-patient-query',
    methods: ['fetchBackendLogs'],
    hazards: [29, 30, 31, 32, 33],
    original:
      'Puts the request ID into the query as it is, waits ten seconds before it looks, looks thirty times even at a query that has ended, never stops one, asks for all groups at once and a tenth of the rows, and gives events without a time of their own the time 0.',
    ours: 'An ID that is none finds nothing without a call; the first look is at once, later ones back off and end with the request; a query that is given up is stopped; fifty groups at a time, ten thousand rows; the time of Insights is read.',
    reason:
      'Whoever could ask for a trace could read every log of the backend, and an answer took longer than the function that gave it was allowed to run.',
    since: '0.1.0',
  },
  {
    id: 'tasks-describe-themselves',
    methods: ['startTask'],
    hazards: [],
    original: 'Nothing in ECS tells which image and which request a task belongs to.',
    ours: 'Two more variables of the sidecar, `RUNVOY_IMAGE_ID` and `RUNVOY_REQUEST_ID`.',
    reason: 'A record that a crash left out can only be made from what the task itself says.',
    since: '0.1.0',
  },
  {
    id: 'the-sidecar-tells-why',
    methods: ['fetchLogsByExecutionId'],
    hazards: [35],
    original:
      'Reads the stream of the runner only: when the sidecar fails, the runner never begins and the answer is 503 for ever.',
    ours: 'When that stream is missing and the task has ended or is no longer known, the events of the sidecar, with the credentials in URLs masked.',
    reason: 'A wrong branch or a private repository left no trace that a user could see.',
    since: '0.1.0',
  },
  {
    id: 'logs-have-an-end',
    methods: ['fetchLogsByExecutionId'],
    hazards: [34],
    original: 'Gives back a log of any size, and what it has read so far when the stream disappears.',
    ours: 'At most the last 32 MiB, behind an event that says how much was left out; a stream that disappears is 503.',
    reason: 'One large log could end the process, and half a log looked like a whole one.',
    since: '0.1.0',
  },
  {
    id: 'events-have-positions',
    methods: ['fetchLogsByExecutionId'],
    hazards: [],
    original: 'Events have a time and a message.',
    ours: 'They have a position too: the time, and how many events of the same time come before.',
    reason: 'A stream of events begins right behind the last one of an answer.',
    since: '0.1.0',
  },
  {
    id: 'outages-are-503',
    methods: [...imageMethods, 'startTask', 'killTask', 'fetchLogsByExecutionId', 'fetchBackendLogs'],
    hazards: [],
    original: 'Throttling, a failing service and a broken network are 500, like a refusal.',
    ours: 'They are 503: `DATABASE_ERROR` for DynamoDB, `SERVICE_UNAVAILABLE` for the others. Refusals and malformed answers are `INTERNAL_ERROR`.',
    reason: 'A client should try again after the one and not after the other.',
    since: '0.1.0',
  },
  {
    id: 'no-definition-no-image',
    methods: ['startTask'],
    hazards: [],
    original: 'Reads the row of the image before it asks ECS; a family that ECS does not know is 500.',
    ours: 'Reads no row; that ECS has no such definition means that the image is not registered.',
    reason: 'The executor knows the image by its ID alone, so ECS is who tells it.',
    since: '0.1.0',
  },
  {
    id: 'oci-platforms',
    methods: ['registerImage'],
    hazards: [22],
    original:
      'Knows `Linux/ARM64` and `Linux/X86_64`; everything else, `linux/amd64` too, runs on ARM64 and is another image.',
    ours: '`linux/arm64` and `linux/amd64` are the same as those two.',
    reason: 'They are the names that image tools use, and an image for the wrong processor does not start.',
    since: '0.1.0',
  },
  {
    id: 'one-kill-is-enough',
    methods: ['killTask'],
    hazards: [],
    original: 'Stops a task again and again until its status changes, some seconds after the first stop.',
    ours: 'A task that was told to stop is one that is ending; kills of one task take turns.',
    reason: 'The contract agrees to one kill of a task, on every provider.',
    since: '0.1.0',
  },
  {
    id: 'our-own-log-field',
    methods: ['fetchBackendLogs'],
    hazards: [],
    original: 'Looks for the request ID in the field `request_id`.',
    ours: 'In `requestId` too.',
    reason: 'Under that name our own server writes it.',
    since: '0.1.0',
  },
  {
    id: 'finished-once-begun',
    methods: ['registerImage', 'removeImage'],
    hazards: [],
    original: 'Every step ends with the request: who hangs up leaves what was begun as it is.',
    ours: 'What follows the first effect of a call has a deadline of its own, and is finished or undone.',
    reason:
      'A task definition without a row, or a row without its task definitions, was what a closed lid left.',
    since: '0.1.0',
  },
  // next
];

export const awsDivergences: readonly AwsDivergence[] = [...demandedByTheContracts, ...repairs];
