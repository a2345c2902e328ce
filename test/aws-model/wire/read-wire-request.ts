import type { Service } from '../service-error.js';
import type { WireCall, WireRequest } from './wire-message.js';

/** The services that speak JSON, by what their targets begin with. */
const serviceByTarget = new Map<string, Service>([
  ['AmazonEC2ContainerServiceV20141113', 'ecs'],
  ['DynamoDB_20120810', 'dynamodb'],
  ['Logs_20140328', 'logs'],
  ['AmazonSSM', 'ssm'],
]);

/** The services that are asked with forms, by the version of their interface. */
const serviceByVersion = new Map<string, Service>([
  ['2010-05-08', 'iam'],
  ['2011-06-15', 'sts'],
]);

/**
 * Reads what a client of AWS asks for: AWS JSON for ECS, DynamoDB, CloudWatch Logs and Systems Manager, AWS Query for
 * IAM and STS. Members are what the JSON or the form says: no operation of the model takes a time or bytes.
 *
 * @throws a plain `Error` for a request that is neither.
 */
export function readWireRequest({ headers, body }: WireRequest): WireCall {
  const target = headers['x-amz-target'];
  if (typeof target === 'string') return readJson(target, body);
  const form = new URLSearchParams(body);
  const { Action: operation = '', Version: version = '', ...input } = Object.fromEntries(form);
  const service = serviceByVersion.get(version);
  if (service === undefined || operation === '') throw new Error('This is no request of AWS.');
  return { service, operation, input };
}

function readJson(target: string, body: string): WireCall {
  const [prefix = '', operation = ''] = target.split('.');
  const service = serviceByTarget.get(prefix);
  if (service === undefined) throw new Error(`The model does not know the target ${target}.`);
  const input: unknown = JSON.parse(body === '' ? '{}' : body);
  if (typeof input !== 'object' || input === null) throw new Error(`The input of ${target} is no object.`);
  return { service, operation, input: input as WireCall['input'] };
}
