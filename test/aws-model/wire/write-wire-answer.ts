import type { Service } from '../service-error.js';
import type { WireAnswer, WireCall } from './wire-message.js';
import { toXml } from './xml.js';

type Call = Pick<WireCall, 'service' | 'operation'>;

const contentTypes: Readonly<Record<Service, string>> = {
  ecs: 'application/x-amz-json-1.1',
  dynamodb: 'application/x-amz-json-1.0',
  logs: 'application/x-amz-json-1.1',
  ssm: 'application/x-amz-json-1.1',
  iam: 'text/xml',
  sts: 'text/xml',
};

const headersFor = (service: Service): Record<string, string> => ({
  'content-type': contentTypes[service],
  'x-amzn-requestid': 'request-id',
});

const isQuery = (service: Service): boolean => service === 'iam' || service === 'sts';

/** Writes what an operation answered. No answer at all is an empty body. */
export function writeWireAnswer({ service, operation }: Call, answer: unknown): WireAnswer {
  const headers = headersFor(service);
  if (answer === undefined) return { status: 200, headers, body: '' };
  const members = { ...(answer as Record<string, unknown>), $metadata: undefined };
  const body = isQuery(service)
    ? toXml(`${operation}Response`, {
        [`${operation}Result`]: members,
        ResponseMetadata: { RequestId: 'request-id' },
      })
    : JSON.stringify(toJson(members));
  return { status: 200, headers, body };
}

/** Writes a refusal. `undefined` for what is no answer at all, such as a connection that breaks. */
export function writeWireError({ service }: Call, error: unknown): WireAnswer | undefined {
  if (!(error instanceof Error)) throw error;
  if ('code' in error || error.name === 'TimeoutError' || error.name === 'AbortError') return undefined;
  // What the model cannot answer is no outage: a client must not try it again.
  if (!('$metadata' in error))
    return { status: 400, headers: headersFor(service), body: notModelled(service, error) };
  const { name, message, $fault, $metadata, ...members } = error as Error & {
    readonly $fault: string;
    readonly $metadata: { readonly httpStatusCode?: number };
  };
  const { httpStatusCode: status = 400 } = $metadata;
  const headers = headersFor(service);
  if (isQuery(service)) {
    // On the wire these services leave the end of the names out.
    const code = name.replace(/Exception$/, '');
    const type = $fault === 'server' ? 'Receiver' : 'Sender';
    const body = toXml('ErrorResponse', {
      Error: { Type: type, Code: code, Message: message },
      RequestId: 'request-id',
    });
    return { status, headers, body };
  }
  const body = JSON.stringify({ ...(toJson(members) as object), __type: name, message });
  return { status, headers: { ...headers, 'x-amzn-errortype': name }, body };
}

function notModelled(service: Service, { message }: Error): string {
  const name = 'NotModelled';
  return isQuery(service)
    ? toXml('ErrorResponse', { Error: { Type: 'Sender', Code: name, Message: message } })
    : JSON.stringify({ __type: name, message });
}

/** Times as seconds and bytes as base64, at any depth. */
function toJson(value: unknown): unknown {
  if (value instanceof Date) return value.getTime() / 1_000;
  if (value instanceof Uint8Array) return Buffer.from(value).toString('base64');
  if (Array.isArray(value)) return value.map(toJson);
  if (typeof value !== 'object' || value === null) return value;
  return Object.fromEntries(Object.entries(value).map(([name, member]) => [name, toJson(member)]));
}
