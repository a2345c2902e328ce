import { AsyncLocalStorage } from 'node:async_hooks';
import type { Runner } from '../../legacy/runner.js';
import { awsParties } from '../../legacy/shadow/aws-parties.js';
import type { Party } from '../../legacy/shadow/script.js';
import {
  createShadowRunner,
  type ShadowReport,
  type ShadowRunnerOptions,
} from '../../legacy/shadow/shadow-runner.js';
import type { ShadowTotals } from '../../legacy/shadow/shadow-counters.js';
import type { RunnerWorld } from '../../legacy/shadow/world.js';
import { resolveReferences } from '../../src/testing/scenario.js';
import type { Call, RequestRecord } from '../../src/testing/index.js';
import { CallHarness } from '../../src/testing/call-harness.js';
import { FaultPlan } from '../../src/testing/fault-plan.js';
import { Cloud } from '../aws-model/cloud.js';
import { CloudSession } from '../aws-model/cloud-session.js';
import { createMockedClients } from '../aws-model/mocked-clients.js';
import { worldEvents } from '../equivalence/world-events.js';
import { deployment, pageSize as smallPage, tables } from '../equivalence/world-settings.js';

const clients = createMockedClients(deployment.region);
const start = Date.UTC(2026, 10, 24, 8);
const nothing = new AsyncLocalStorage<undefined>();

/** Both parties on the model's deployment. */
export const parties = awsParties({
  region: deployment.region,
  accountId: deployment.accountId,
  config: {
    ecsCluster: deployment.cluster,
    subnet1: deployment.subnets[0],
    subnet2: deployment.subnets[1],
    securityGroup: deployment.securityGroup,
    logGroup: deployment.logGroup,
    defaultTaskRoleArn: deployment.defaultTaskRoleArn,
    defaultTaskExecRoleArn: deployment.defaultExecutionRoleArn,
    imageTaskDefsTable: deployment.imagesTable,
    executionsTable: '',
    apiKeysTable: '',
    pendingApiKeysTable: '',
    secretsMetadataTable: '',
    websocketTokensTable: '',
    secretsPrefix: '',
    secretsKmsKeyArn: '',
    backendLogGroupPrefix: '/aws/lambda/runvoy',
  },
});

/** What came of a scenario under a shadow. */
export interface ShadowedScenario {
  readonly reports: readonly ShadowReport[];
  readonly totals: ShadowTotals;
  /** Requests that reached the cloud. */
  readonly requests: readonly RequestRecord[];
  readonly ends: readonly unknown[];
  readonly state: unknown;
}

/** What a scenario runs with; the rest is as in production, with every call compared. */
export interface ShadowedOptions extends Partial<ShadowRunnerOptions> {
  readonly pageSize?: number;
  /** The control alone, without any shadow. */
  readonly isAlone?: boolean;
}

/** Runs the calls of a scenario one after the other, the shadow behind each. */
export async function runShadowed(
  calls: readonly Call[],
  { control = 'monolith', pageSize = smallPage, isAlone = false, ...options }: ShadowedOptions = {},
): Promise<ShadowedScenario> {
  let clockReads = 0;
  const cloud = new Cloud({
    region: deployment.region,
    accountId: deployment.accountId,
    clusters: [deployment.cluster],
    logGroups: [...deployment.backendLogGroups, deployment.foreignLogGroup, deployment.logGroup],
    roles: deployment.roles,
    now: () => new Date(start),
    tables,
    pageSize,
  });
  const harness = new CallHarness();
  const session = new CloudSession(cloud, harness);
  clients.use(session);
  const world: RunnerWorld = {
    clients,
    // Another second at each look: that the two look at different moments must not matter.
    now: () => new Date(start + 1_000 * clockReads++),
    sleep: async () => undefined,
    log: { info: () => undefined, warn: () => undefined },
  };
  const reports: ShadowReport[] = [];
  const shadow = createShadowRunner({
    world,
    parties,
    control,
    sample: 1,
    random: () => 0,
    publish: (report) => reports.push(report),
    ...options,
  });
  const runner = isAlone ? parties[control](world) : shadow.runner;
  const ends: unknown[] = [];
  const started: unknown[] = [];
  for (const [position, { method, args, faults = [] }] of calls.entries()) {
    const resolved = args.map((argument) =>
      resolveReferences(argument, (pool) => (pool.startsWith('result:') ? started : poolOf(cloud, pool))),
    );
    const happen = worldEvents[method] as ((...args: readonly unknown[]) => void) | undefined;
    if (happen) {
      happen(cloud, ...resolved);
      continue;
    }
    const [ctx, ...others] = resolved as [{ requestId?: string; isAborted?: boolean }, ...unknown[]];
    const { isAborted, ...context } = ctx;
    const given = isAborted ? { ...context, signal: AbortSignal.abort() } : context;
    const end = await harness.within({ call: position, faults: new FaultPlan(faults) }, () =>
      callOf(runner, method)(given, ...others).then(
        (value) => ({ value }),
        (error: unknown) => ({ error }),
      ),
    );
    ends.push(end);
    if (method === 'startTask' && 'value' in end)
      started.push((end.value as { readonly executionId: string }).executionId);
    // Outside of any call, so that no request of a candidate could hide among the control's.
    await nothing.run(undefined, () => shadow.whenIdle());
  }
  return { reports, totals: shadow.totals(), requests: session.takeRequests(), ends, state: cloud.state };
}

/** The other one. */
export const candidateOf: Readonly<Record<Party, Party>> = { monolith: 'facade', facade: 'monolith' };

type AnyCall = (...args: readonly unknown[]) => Promise<unknown>;

function callOf(runner: Runner, method: string): AnyCall {
  const call = (runner as unknown as Record<string, AnyCall>)[method];
  if (!call) throw new Error(`There is no method ${method}.`);
  return call.bind(runner);
}

function poolOf({ state }: Cloud, name: string): readonly unknown[] {
  if (name === 'tasks') return [...state.ecs.tasks.values()].map(({ id }) => id);
  const rows = [...(state.dynamodb.tables.get(deployment.imagesTable)?.items.values() ?? [])];
  const attribute = name === 'imageIds' ? 'image_id' : 'image';
  return rows.flatMap((row) => row[attribute]?.S ?? []).sort();
}
