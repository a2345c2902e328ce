import { hasFailed, type RecordedCall } from '../recorded-call.js';
import { exchangesOf, notComparable, type NotComparable, type Script, type Translation } from '../script.js';

/** Both read the stream of the runner page by page. */
export const fetchLogsByExecutionId: Translation = { facade: sameReads, monolith: sameReads };

function sameReads(call: RecordedCall): Script | NotComparable {
  const [described] = exchangesOf(call, 'logs.DescribeLogStreams');
  if (described === undefined || hasFailed(described)) return call.exchanges;
  const name = `task/runner/${String(call.args[0])}`;
  const { logStreams = [] } = (described.answer ?? {}) as { readonly logStreams?: readonly LogStream[] };
  if (!logStreams.some(({ logStreamName }) => logStreamName === name))
    return notComparable('the-sidecar-tells-why');
  const isGone = call.exchanges.some(
    ({ error }) => error instanceof Error && error.name === 'ResourceNotFoundException',
  );
  return isGone ? notComparable('logs-have-an-end') : call.exchanges;
}

interface LogStream {
  readonly logStreamName?: string;
}
