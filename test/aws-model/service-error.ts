import * as logs from '@aws-sdk/client-cloudwatch-logs';
import * as dynamodb from '@aws-sdk/client-dynamodb';
import * as ecs from '@aws-sdk/client-ecs';
import * as iam from '@aws-sdk/client-iam';
import * as ssm from '@aws-sdk/client-ssm';
import * as sts from '@aws-sdk/client-sts';

/** The services of the model, as operations are prefixed with them: `ecs.RunTask`. */
export type Service = 'ecs' | 'dynamodb' | 'logs' | 'iam' | 'sts' | 'ssm';

/** How a refusal arrives. */
export interface ServiceErrorDetails {
  readonly fault?: 'client' | 'server' | undefined;
  readonly status?: number | undefined;
  /** Further members, such as `CancellationReasons`. */
  readonly members?: Readonly<Record<string, unknown>> | undefined;
}

type ErrorClass = new (options: Record<string, unknown>) => Error;

const modules: Readonly<Record<Service, Readonly<Record<string, unknown>>>> = {
  ecs,
  dynamodb,
  logs,
  iam,
  sts,
  ssm,
};
const baseClasses: Readonly<Record<Service, ErrorClass>> = {
  ecs: ecs.ECSServiceException as unknown as ErrorClass,
  dynamodb: dynamodb.DynamoDBServiceException as unknown as ErrorClass,
  logs: logs.CloudWatchLogsServiceException as unknown as ErrorClass,
  iam: iam.IAMServiceException as unknown as ErrorClass,
  sts: sts.STSServiceException as unknown as ErrorClass,
  ssm: ssm.SSMServiceException as unknown as ErrorClass,
};

/**
 * An error as the service's client throws it: of its own class where the client has one, else of the service's base
 * class with that name, which is how throttling arrives from ECS.
 */
export function serviceError(
  service: Service,
  name: string,
  message: string,
  { fault = 'client', status = fault === 'client' ? 400 : 500, members = {} }: ServiceErrorDetails = {},
): Error {
  const ErrorClass = (modules[service][name] as ErrorClass | undefined) ?? baseClasses[service];
  return new ErrorClass({
    name,
    message,
    $fault: fault,
    $metadata: { httpStatusCode: status, requestId: 'request-id', attempts: 1 },
    ...members,
  });
}
