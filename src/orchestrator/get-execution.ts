import { AppError } from '../contracts/index.js';
import type { Execution, ExecutionRepository, RequestContext } from '../contracts/index.js';

/** The record of an execution. @throws AppError `NOT_FOUND` (`execution not found`). */
export async function getExecution(
  { executions }: { readonly executions: Pick<ExecutionRepository, 'findExecution'> },
  ctx: RequestContext,
  executionId: string,
): Promise<Execution> {
  const execution = await executions.findExecution(ctx, executionId);
  if (execution === undefined) throw new AppError('NOT_FOUND', 'execution not found');
  return execution;
}
