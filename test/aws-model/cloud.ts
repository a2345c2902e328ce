import { dynamoDbOperations, emptyDynamoDb } from './dynamodb/operations.js';
import type { DynamoDbState } from './dynamodb/operations.js';
import { tableOperations } from './dynamodb/table-operations.js';
import type { TableDefinition } from './dynamodb/table.js';
import { emptyEcs } from './ecs/ecs-state.js';
import type { EcsState } from './ecs/ecs-state.js';
import { tagOperations } from './ecs/tags.js';
import { taskDefinitionOperations } from './ecs/task-definitions.js';
import { taskOperations } from './ecs/tasks.js';
import { emptyIam, iamOperations, stsOperations } from './iam.js';
import type { IamState } from './iam.js';
import { emptyLogs } from './logs/logs-state.js';
import type { LogsState } from './logs/logs-state.js';
import { queryOperations } from './logs/queries.js';
import { streamOperations } from './logs/streams.js';
import type { ServiceContext } from './service-context.js';
import type { Service } from './service-error.js';
import { ssmOperations } from './ssm.js';
import type { SsmState } from './ssm.js';

/** What exists before the first request. */
export interface CloudOptions {
  readonly region: string;
  readonly accountId: string;
  readonly now: () => Date;
  readonly tables: readonly TableDefinition[];
  readonly clusters: readonly string[];
  readonly logGroups: readonly string[];
  readonly roles: readonly string[];
  /** See {@link ServiceContext.pageSize}. */
  readonly pageSize: number;
}

/** Everything that the cloud remembers: plain data, so that it can be compared, copied and put back. */
export interface CloudState {
  readonly ecs: EcsState;
  readonly dynamodb: DynamoDbState;
  readonly logs: LogsState;
  readonly iam: IamState;
  readonly ssm: SsmState;
  /** The last number of an identifier. */
  lastNumber: number;
}

type Operation = (state: unknown, input: unknown, context: ServiceContext) => object;

const operations: Readonly<Record<Service, Readonly<Record<string, unknown>>>> = {
  ecs: { ...taskOperations, ...taskDefinitionOperations, ...tagOperations },
  dynamodb: { ...dynamoDbOperations, ...tableOperations },
  logs: { ...streamOperations, ...queryOperations },
  iam: iamOperations,
  sts: stsOperations,
  ssm: ssmOperations,
};

/** One account in one region, in memory. */
export class Cloud {
  state: CloudState;
  readonly context: ServiceContext;

  constructor({ tables, clusters, logGroups, roles, ...shared }: CloudOptions) {
    this.state = {
      ecs: emptyEcs(clusters),
      dynamodb: emptyDynamoDb(tables),
      logs: emptyLogs(logGroups),
      iam: emptyIam(roles),
      ssm: { parameters: new Map() },
      lastNumber: 0,
    };
    this.context = { ...shared, nextNumber: () => (this.state.lastNumber += 1) };
  }

  /**
   * Answers a request.
   *
   * @throws what the service's client throws; a plain `Error` for an operation that the model does not know, since a
   * double that answers anything proves nothing.
   */
  handle(service: Service, operation: string, input: unknown): object {
    const handler = operations[service][operation] as Operation | undefined;
    if (!handler) throw new Error(`The model does not know ${service}.${operation}.`);
    const state = service === 'sts' ? undefined : this.state[service];
    return handler(state, input, this.context);
  }
}
