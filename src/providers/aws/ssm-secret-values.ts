import {
  DeleteParameterCommand,
  GetParameterCommand,
  GetParametersByPathCommand,
  type GetParametersByPathCommandOutput,
  PutParameterCommand,
  type SSMClient,
} from '@aws-sdk/client-ssm';

import { AppError, type RequestContext } from '../../contracts/index.js';
import { isOutage } from './is-outage.js';
import { readPages } from './read-pages.js';
import { sendOptions } from './send-options.js';
import { inDatabase } from './record-table.js';
import { isNamed } from './translate-error.js';

/** What values of secrets are kept in. */
export interface SsmSecretValuesOptions {
  readonly ssm: Pick<SSMClient, 'send'>;
  /** How the names of parameters begin, without a slash at the end. */
  readonly prefix: string;
  /** Key that values are encrypted with; empty for the account's own. */
  readonly kmsKeyArn: string;
}

/** The values of secrets as encrypted parameters in Parameter Store. */
export type SecretValues = ReturnType<typeof createSsmSecretValues>;

const longestValue = 4_096;
const longestName = 1_011;
const deepestName = 15;

export function createSsmSecretValues({ ssm, prefix, kmsKeyArn }: SsmSecretValuesOptions) {
  const nameOf = (secret: string): string => `${prefix}/${secret}`;

  return {
    nameOf,

    /** @throws AppError `INVALID_REQUEST` for what Parameter Store cannot hold. */
    check(secret: string, value: string): void {
      const name = nameOf(secret);
      const isName = /^[\w.-]+(?:\/[\w.-]+)*$/.test(secret);
      if (!isName || name.length > longestName || name.split('/').length - 1 > deepestName)
        throw new AppError(
          'INVALID_REQUEST',
          'a secret name may have letters, digits and _ . - /, and must not be too long',
        );
      if (value === '') throw new AppError('INVALID_REQUEST', 'the value of a secret must not be empty');
      if (Buffer.byteLength(value) > longestValue)
        throw new AppError('INVALID_REQUEST', `the value of a secret must not exceed ${longestValue} bytes`);
    },

    /** Writes a value over whatever is there. */
    async put(ctx: RequestContext, secret: string, value: string): Promise<void> {
      const command = new PutParameterCommand({
        Name: nameOf(secret),
        Value: value,
        Type: 'SecureString',
        ...(kmsKeyArn !== '' && { KeyId: kmsKeyArn }),
        Overwrite: true,
      });
      await inDatabase('failed to store secret value', () => ssm.send(command, sendOptions(ctx)));
    },

    /** @throws AppError `INTERNAL_ERROR` when there is no value that can be read, `DATABASE_ERROR` on an outage. */
    async get(ctx: RequestContext, secret: string): Promise<string> {
      const command = new GetParameterCommand({ Name: nameOf(secret), WithDecryption: true });
      try {
        const { Parameter: parameter } = await ssm.send(command, sendOptions(ctx));
        if (parameter?.Value !== undefined && parameter.Value !== '') return parameter.Value;
      } catch (cause) {
        const code = isOutage(cause) ? 'DATABASE_ERROR' : 'INTERNAL_ERROR';
        throw new AppError(code, 'failed to read secret value', { cause });
      }
      throw new AppError('INTERNAL_ERROR', 'failed to read secret value');
    },

    /** Whether there is a value; it is not decrypted. */
    async has(ctx: RequestContext, secret: string): Promise<boolean> {
      try {
        await ssm.send(new GetParameterCommand({ Name: nameOf(secret) }), sendOptions(ctx));
        return true;
      } catch (cause) {
        if (isNamed(cause, 'ParameterNotFound')) return false;
        throw new AppError('DATABASE_ERROR', 'failed to look for secret value', { cause });
      }
    },

    /** The names of all parameters under the prefix, values unread. */
    async listNames(ctx: RequestContext): Promise<string[]> {
      const pages = readPages<GetParametersByPathCommandOutput, string>({
        read: (NextToken) => {
          const from = NextToken === undefined ? {} : { NextToken };
          const command = new GetParametersByPathCommand({ Path: prefix, Recursive: true, ...from });
          return ssm.send(command, sendOptions(ctx));
        },
        nextOf: ({ NextToken }) => NextToken,
      });
      return inDatabase('failed to list secret values', async () => {
        const names: string[] = [];
        for await (const { Parameters = [] } of pages)
          for (const { Name } of Parameters) if (Name !== undefined) names.push(Name);
        return names;
      });
    },

    /** A value that is not there counts as deleted. */
    async delete(ctx: RequestContext, secret: string): Promise<void> {
      const command = new DeleteParameterCommand({ Name: nameOf(secret) });
      try {
        await ssm.send(command, sendOptions(ctx));
      } catch (cause) {
        if (isNamed(cause, 'ParameterNotFound')) return;
        throw new AppError('DATABASE_ERROR', 'failed to delete secret value', { cause });
      }
    },
  };
}
