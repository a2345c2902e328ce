import type { LogEvent, RequestContext } from 'refacet';
import type { Runner } from 'refacet/legacy';

/** Starts builds and shows what they print. */
export class Builds {
  constructor(
    private readonly runner: Runner,
    private readonly userEmail: string,
  ) {}

  async start(ctx: RequestContext, command: string): Promise<string> {
    const { executionId } = await this.runner.startTask(ctx, this.userEmail, { command, image: 'builder:2' });
    return executionId;
  }

  print(ctx: RequestContext, executionId: string): Promise<LogEvent[]> {
    return this.runner.fetchLogsByExecutionId(ctx, executionId);
  }
}
