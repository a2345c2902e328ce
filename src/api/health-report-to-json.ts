import type { HealthIssue, HealthReport } from '../contracts/index.js';
import { subSecondTime } from './wire-time.js';

const issueToJson = (issue: HealthIssue): Readonly<Record<string, unknown>> => ({
  resource_type: issue.resourceType,
  resource_id: issue.resourceId,
  severity: issue.severity,
  message: issue.message,
  action: issue.action,
});

/** A reconciliation's report under the keys that clients read; the original writes others. */
export function healthReportToJson(report: HealthReport): Readonly<Record<string, unknown>> {
  const { computeStatus, secretsStatus, identityStatus } = report;
  return {
    timestamp: subSecondTime(report.timestamp),
    compute_status: {
      total_resources: computeStatus.totalResources,
      verified_count: computeStatus.verifiedCount,
      recreated_count: computeStatus.recreatedCount,
      tag_updated_count: computeStatus.tagUpdatedCount,
      orphaned_count: computeStatus.orphanedCount,
      orphaned_resources: computeStatus.orphanedResources,
    },
    secrets_status: {
      total_secrets: secretsStatus.totalSecrets,
      verified_count: secretsStatus.verifiedCount,
      tag_updated_count: secretsStatus.tagUpdatedCount,
      missing_count: secretsStatus.missingCount,
      orphaned_count: secretsStatus.orphanedCount,
      orphaned_parameters: secretsStatus.orphanedParameters,
    },
    identity_status: {
      default_roles_verified: identityStatus.defaultRolesVerified,
      custom_roles_verified: identityStatus.customRolesVerified,
      custom_roles_total: identityStatus.customRolesTotal,
      missing_roles: identityStatus.missingRoles,
    },
    issues: report.issues.map(issueToJson),
    reconciled_count: report.reconciledCount,
    error_count: report.issues.filter(({ severity }) => severity === 'error').length,
  };
}
