import { GetCallerIdentityCommand, type STSClient } from '@aws-sdk/client-sts';

import { AppError } from '../../contracts/index.js';
import { isOutage } from './is-outage.js';

/** The account that the credentials belong to, asked once at start-up. @throws AppError when there is no answer. */
export async function findAccountId(sts: Pick<STSClient, 'send'>): Promise<string> {
  const message = 'failed to get AWS account ID';
  let account: string | undefined;
  try {
    account = (await sts.send(new GetCallerIdentityCommand({}))).Account;
  } catch (cause) {
    const reason = cause instanceof Error ? cause.message : String(cause);
    const code = isOutage(cause) ? 'SERVICE_UNAVAILABLE' : 'INTERNAL_ERROR';
    throw new AppError(code, `${message}: STS GetCallerIdentity failed: ${reason}`, { cause });
  }
  if (account !== undefined && account !== '') return account;
  throw new AppError('INTERNAL_ERROR', `${message}: STS returned empty account ID`);
}
