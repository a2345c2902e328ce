import type { Runner } from '../../legacy/runner.js';
import type { RequestContext } from '../../src/contracts/index.js';
import type { Harness, Implementation, Side } from '../../src/testing/index.js';
import { Cloud } from '../aws-model/cloud.js';
import type { CloudState } from '../aws-model/cloud.js';
import { CloudSession } from '../aws-model/cloud-session.js';
import { copyWorld } from '../aws-model/copy-data.js';
import { createMockedClients } from '../aws-model/mocked-clients.js';
import type { MockedClients } from '../aws-model/mocked-clients.js';
import { RecordingLog } from './recording-log.js';
import { worldEvents } from './world-events.js';
import { deployment, pageSize, tables } from './world-settings.js';

/** What a runner is made of in the laboratory. */
export interface RunnerParts {
  readonly clients: MockedClients;
  readonly now: () => Date;
  readonly sleep: (milliseconds: number, signal?: AbortSignal) => Promise<void>;
  readonly log: RecordingLog;
}

/** What a statement of a runner is made of: it needs no client, only what clients end in. */
export interface StatedParts extends RunnerParts {
  readonly session: Pick<CloudSession, 'send'>;
}

/** The visible state of a runner's world. */
export interface RunnerWorld extends CloudState {
  readonly clockReads: number;
  readonly startedTasks: readonly string[];
}

const start = Date.UTC(2026, 10, 24, 8);

export interface RunnerImplementationOptions {
  /** The original does; anything that replaces it must not. */
  readonly mayLogSecrets?: boolean | undefined;
  /** Clients over a wire, where that is part of what is compared; two implementations may not share them. */
  readonly clients?: MockedClients | undefined;
}

/** A `Runner` in a cloud of its own. Its clients are built once; each scenario has another world behind them. */
export function runnerImplementation(
  name: string,
  makeRunner: (parts: StatedParts) => Runner,
  {
    mayLogSecrets = false,
    clients = createMockedClients(deployment.region),
  }: RunnerImplementationOptions = {},
): Implementation {
  return {
    name,
    build: (harness) => new RunnerSide(harness, clients, makeRunner, mayLogSecrets).side(),
  };
}

class RunnerSide {
  readonly #cloud: Cloud;
  readonly #session: CloudSession;
  readonly #log = new RecordingLog();
  readonly #runner: Runner;
  #knownTasks = new Set<string>();
  #clockReads = 0;
  #cloudReads = 0;

  constructor(
    private readonly harness: Harness,
    clients: MockedClients,
    makeRunner: (parts: StatedParts) => Runner,
    private readonly mayLogSecrets: boolean,
  ) {
    this.#cloud = new Cloud({
      region: deployment.region,
      accountId: deployment.accountId,
      clusters: [deployment.cluster],
      logGroups: [...deployment.backendLogGroups, deployment.foreignLogGroup, deployment.logGroup],
      roles: deployment.roles,
      now: () => new Date(start + 7_000 * this.#cloudReads++),
      tables,
      pageSize,
      definitionsOnPage: 11,
      // Some three images.
      bytesOfPage: 1_200,
    });
    this.#session = new CloudSession(this.#cloud, harness);
    clients.use(this.#session);
    this.#runner = makeRunner({
      clients,
      session: this.#session,
      log: this.#log,
      // Another second at each look: one look more or less shows.
      now: () => new Date(start + 1_000 * this.#clockReads++),
      sleep: (milliseconds, signal) => this.#sleep(milliseconds, signal),
    });
  }

  side(): Side {
    return {
      call: (method, args) => this.#call(method, args),
      observe: () => ({
        requests: this.#session.takeRequests(),
        state: { ...this.#cloud.state, clockReads: this.#clockReads, startedTasks: this.#takeStartedTasks() },
        logs: [...this.#log.take(), ...(this.mayLogSecrets ? [] : this.#log.leaks())],
      }),
      pool: (name) => this.#pool(name),
      save: () => copyWorld({ state: this.#cloud.state, clock: this.#clockReads, cloud: this.#cloudReads }),
      restore: (world) => {
        const saved = world as { readonly state: CloudState; readonly clock: number; readonly cloud: number };
        this.#cloud.state = copyWorld(saved.state);
        this.#clockReads = saved.clock;
        this.#cloudReads = saved.cloud;
        this.#takeStartedTasks();
      },
    };
  }

  #call(method: string, args: readonly unknown[]): unknown {
    const happen = worldEvents[method] as ((cloud: Cloud, ...args: readonly unknown[]) => void) | undefined;
    if (happen) {
      happen(this.#cloud, ...args);
      return undefined;
    }
    this.#session.callsBegin();
    const runner = this.#runner as unknown as Record<string, (...args: readonly unknown[]) => unknown>;
    const [ctx, ...others] = args;
    return runner[method]?.(this.#requestContext(ctx), ...others);
  }

  async #sleep(milliseconds: number, signal: AbortSignal | undefined): Promise<void> {
    const { call } = await this.harness.arrive('clock.sleep');
    this.#session.note({ operation: 'clock.sleep', input: milliseconds, outcome: undefined, call });
    signal?.throwIfAborted();
  }

  /** ARNs of the tasks that were started since the last time. */
  #takeStartedTasks(): readonly string[] {
    const all = [...this.#cloud.state.ecs.tasks.keys()];
    const started = all.filter((arn) => !this.#knownTasks.has(arn));
    this.#knownTasks = new Set(all);
    return started;
  }

  #pool(name: string): readonly unknown[] {
    const rows = [...(this.#cloud.state.dynamodb.tables.get(deployment.imagesTable)?.items.values() ?? [])];
    switch (name) {
      case 'imageIds':
        return rows.map((row) => row['image_id']?.S).sort();
      case 'references':
        return rows.flatMap((row) => row['image']?.S ?? []).sort();
      case 'tasks':
        return [...this.#cloud.state.ecs.tasks.values()].map(({ id }) => id);
      default:
        throw new Error(`There is no pool ${name}.`);
    }
  }

  /** A context from data: whose client has hung up already, or does once so many requests were answered. */
  #requestContext(data: unknown): RequestContext {
    const { isAborted, hangsUpAfter, ...ctx } = data as ContextData;
    if (isAborted === true) return { ...ctx, signal: AbortSignal.abort() };
    if (hangsUpAfter === undefined) return ctx;
    const controller = new AbortController();
    this.#session.after(hangsUpAfter, () => controller.abort());
    return { ...ctx, signal: controller.signal };
  }
}

/** A context as scenarios hold it. */
export interface ContextData {
  readonly requestId?: string;
  readonly isAborted?: boolean;
  readonly hangsUpAfter?: number;
}
