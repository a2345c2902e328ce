import type { Runner } from '../legacy/runner.js';
import type { RequestRecord } from '../src/testing/index.js';
import { Cloud, type CloudState } from '../test/aws-model/cloud.js';
import { CloudSession } from '../test/aws-model/cloud-session.js';
import { createMockedClients } from '../test/aws-model/mocked-clients.js';
import { facadeOver, monolithOver } from '../test/equivalence/implementations.js';
import { RecordingLog } from '../test/equivalence/recording-log.js';
import { deployment, tables } from '../test/equivalence/world-settings.js';

/** What one call did: its requests of AWS, and how it ended. */
export interface MeasuredCall {
  readonly requests: readonly RequestRecord[];
  readonly value?: unknown;
  readonly error?: unknown;
}

const makers = { monolith: monolithOver, facets: facadeOver };
export type Party = keyof typeof makers;

const start = Date.UTC(2026, 10, 24, 8);
/** How long a query of Insights takes, in milliseconds: typical of a small backend. */
const queryDuration = 3_000;

/** Building clients costs a thousand times what a request does, and calls are made one after the other. */
const clients = createMockedClients(deployment.region);

/**
 * The model of AWS with pages as large as the service's own. Time passes only while somebody waits, so that how often a
 * query is looked at is what it would be.
 */
export class AwsCallLaboratory {
  #state: CloudState = this.#newCloud().state;

  /** The world as it is now; both parties meet it as it is. */
  get state(): CloudState {
    return this.#state;
  }

  /** Changes the world by hand. */
  change(happen: (cloud: Cloud) => void): void {
    const cloud = this.#newCloud(this.#state);
    happen(cloud);
    this.#state = cloud.state;
  }

  /** Makes a call, and lets the world be what it made of it. */
  async go(call: (runner: Runner) => Promise<unknown>): Promise<MeasuredCall> {
    const { measured, state } = await this.#run('monolith', call);
    this.#state = state;
    return measured;
  }

  /** Makes a call in a copy of the world that is thrown away. */
  async measure(party: Party, call: (runner: Runner) => Promise<unknown>): Promise<MeasuredCall> {
    return (await this.#run(party, call)).measured;
  }

  async #run(
    party: Party,
    call: (runner: Runner) => Promise<unknown>,
  ): Promise<{ measured: MeasuredCall; state: CloudState }> {
    const cloud = this.#newCloud(structuredClone(this.#state));
    cloud.state.logs.pollsUntilEnd = Number.POSITIVE_INFINITY;
    const session = new CloudSession(cloud);
    clients.use(session);
    let waited = 0;
    const runner = makers[party]({
      clients,
      log: new RecordingLog(),
      now: () => new Date(start + waited),
      sleep: async (milliseconds) => {
        waited += milliseconds;
        if (waited >= queryDuration) cloud.state.logs.pollsUntilEnd = 0;
      },
    });
    const end = await call(runner).then(
      (value) => ({ value }),
      (error: unknown) => ({ error }),
    );
    return { measured: { requests: session.takeRequests(), ...end }, state: cloud.state };
  }

  #newCloud(state?: CloudState): Cloud {
    const { region, accountId, cluster, backendLogGroups, foreignLogGroup, logGroup, roles } = deployment;
    const cloud = new Cloud({
      region,
      accountId,
      clusters: [cluster],
      logGroups: [...backendLogGroups, foreignLogGroup, logGroup],
      roles,
      now: () => new Date(start),
      tables,
      pageSize: 100,
    });
    if (state) cloud.state = state;
    return cloud;
  }
}
