import { AppError } from '../contracts/index.js';
import type { HealthReconciler, HealthReport } from '../contracts/index.js';
import { failedOperation } from './failed-operation.js';
import { healthReportToJson } from './health-report-to-json.js';
import { requestContext } from './request-context.js';
import { RequestFailure } from './request-failure.js';
import type { Route } from './route.js';
import { sendJson } from './send-json.js';

/** What health is told from. */
export interface HealthRouteDependencies {
  /** The program's own version. */
  readonly version: string;
  /** Absent where the provider has none. */
  readonly healthReconciler?: HealthReconciler | undefined;
}

/** Whether the service answers, and whether its records agree with the backend. */
export function createHealthRoutes({ version, healthReconciler }: HealthRouteDependencies): readonly Route[] {
  return [
    {
      method: 'GET',
      path: '/health',
      action: 'public',
      handler: async (_request, response) => sendJson(response, 200, { status: 'ok', version }),
    },
    {
      method: 'POST',
      path: '/health/reconcile',
      action: 'create',
      handler: async (_request, response) => {
        // A provider of somebody else's may break its promise; the contract has a sentence for that.
        const report: HealthReport | undefined = await failedOperation('failed to reconcile resources', () =>
          healthReconciler?.reconcile(requestContext(response)),
        );
        if (report === undefined) {
          throw new RequestFailure(
            'health report is nil',
            new AppError(undefined, 'health reconciliation returned no report'),
          );
        }
        sendJson(response, 200, { status: 'ok', report: healthReportToJson(report) });
      },
    },
  ];
}
