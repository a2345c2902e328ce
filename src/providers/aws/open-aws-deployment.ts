import { createAwsClients } from './create-aws-clients.js';
import type { AwsProviderClients } from './create-aws-provider.js';
import { findAccountId } from './find-account-id.js';
import { type AwsConfig, readAwsConfig } from './read-config.js';

/** A deployment, found and spoken to: what everything on AWS is made with. */
export interface AwsDeployment {
  readonly config: AwsConfig;
  /** The clients, see {@link createAwsClients}. */
  readonly clients: AwsProviderClients;
  /** Region of the clients: task definitions name it for their logs. */
  readonly region: string;
  /** Account that the credentials belong to. */
  readonly accountId: string;
}

/**
 * Finds the deployment that the environment names. Credentials, region and `AWS_ENDPOINT_URL` are read by the SDK, as
 * in every AWS program.
 *
 * @throws AppError `INVALID_REQUEST` naming every variable that is missing or wrong, before anything is asked of AWS;
 * otherwise when STS does not tell the account.
 */
export async function openAwsDeployment(
  env: Readonly<Record<string, string | undefined>>,
): Promise<AwsDeployment> {
  const config = readAwsConfig(env);
  const { clients, region } = await createAwsClients();
  try {
    return { config, clients, region, accountId: await findAccountId(clients.sts) };
  } catch (error) {
    clients.close?.();
    throw error;
  }
}
