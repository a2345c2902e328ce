import { hasFailed, type Exchange, type RecordedCall } from '../recorded-call.js';
import {
  answering,
  askedAs,
  exchangesOf,
  notComparable,
  type NotComparable,
  type Script,
  type ScriptedExchange,
  type Translation,
} from '../script.js';

const row = 'a-safe-and-patient-query';
const rowLimit = 10_000;
const groupsAtOnce = 50;

/** Both run one query; how often they look at it is their own affair. */
export const fetchBackendLogs: Translation = { facade, monolith };

function facade(call: RecordedCall): Script | NotComparable {
  if (!isRequestId(String(call.args[0]))) return [];
  const [start] = exchangesOf(call, 'logs.StartQuery');
  if (start === undefined) return call.exchanges;
  const groups = exchangesOf(call, 'logs.DescribeLogGroups');
  const input = start.input as QueryInput;
  if (input.logGroupNames.length > groupsAtOnce) return notComparable(row);
  const queryString = input.queryString.replace(
    /filter request_id = ("[^"]*")$/m,
    'filter request_id = $1 or requestId = $1',
  );
  return behind([...groups, askedAs(start, { ...input, queryString, limit: rowLimit })], call);
}

function monolith(call: RecordedCall): Script | NotComparable {
  if (!isRequestId(String(call.args[0]))) return notComparable(row);
  const [start, another] = exchangesOf(call, 'logs.StartQuery');
  if (start === undefined) return call.exchanges;
  if (another !== undefined) return notComparable(row);
  const groups = exchangesOf(call, 'logs.DescribeLogGroups');
  const { limit: _, ...input } = start.input as QueryInput;
  const queryString = input.queryString.replace(/ or requestId = "[^"]*"$/m, '');
  return behind([...groups, askedAs(start, { ...input, queryString })], call);
}

interface QueryInput {
  readonly logGroupNames: readonly string[];
  readonly queryString: string;
  readonly limit?: number;
}

/** The looks at the query as they were, the last one as often as one likes; and the end of one that is given up. */
function behind(script: Script, call: RecordedCall): Script | NotComparable {
  const looks = exchangesOf(call, 'logs.GetQueryResults');
  if (looks.some((look) => !hasFailed(look) && isOfUnknownFate(look))) return notComparable(row);
  const [start] = exchangesOf(call, 'logs.StartQuery');
  const last = looks.at(-1);
  if (last === undefined || start === undefined) return script;
  const { queryId = '' } = (start.answer ?? {}) as { readonly queryId?: string };
  const stop: ScriptedExchange = { ...answering('logs.StopQuery', { queryId }, {}), times: 'at most once' };
  const [first, ...later] = looks;
  return [
    ...script,
    ...(first === undefined ? [] : [first]),
    ...later.map((look): ScriptedExchange => ({ ...look, times: 'at most once' })),
    { ...last, times: 'any number' },
    stop,
  ];
}

function isOfUnknownFate({ answer }: Exchange): boolean {
  const { status } = (answer ?? {}) as { readonly status?: string };
  return status === undefined || status === 'Unknown';
}

/** Whether a text can be the ID of a request at all. */
export function isRequestId(text: string): boolean {
  return /^[A-Za-z0-9_.:-]{1,256}$/.test(text);
}
