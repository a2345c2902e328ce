import type { CreateRoleCommandInput, GetRoleCommandInput } from '@aws-sdk/client-iam';
import type { ServiceContext } from './service-context.js';
import { serviceError } from './service-error.js';

/** What IAM knows: names of roles. */
export interface IamState {
  readonly roles: Set<string>;
}

export function emptyIam(roles: readonly string[]): IamState {
  return { roles: new Set(roles) };
}

/** Operation → what it answers. */
export const iamOperations = {
  CreateRole: ({ roles }: IamState, { RoleName = '' }: CreateRoleCommandInput): object => {
    if (roles.has(RoleName)) {
      const message = `Role with name ${RoleName} already exists.`;
      throw serviceError('iam', 'EntityAlreadyExistsException', message, { status: 409 });
    }
    roles.add(RoleName);
    return { Role: { RoleName, Path: '/', RoleId: RoleName } };
  },

  GetRole: (
    { roles }: IamState,
    { RoleName = '' }: GetRoleCommandInput,
    { accountId }: ServiceContext,
  ): object => {
    if (!/^[\w+=,.@-]{1,64}$/.test(RoleName)) {
      throw serviceError('iam', 'ValidationError', 'The specified value for roleName is invalid.');
    }
    if (!roles.has(RoleName)) {
      throw serviceError('iam', 'NoSuchEntityException', `The role with name ${RoleName} cannot be found.`, {
        status: 404,
      });
    }
    return {
      Role: { RoleName, Path: '/', RoleId: RoleName, Arn: `arn:aws:iam::${accountId}:role/${RoleName}` },
    };
  },
};

/** The part of STS that the project asks. */
export const stsOperations = {
  GetCallerIdentity: (_state: undefined, _input: object, { accountId }: ServiceContext): object => ({
    Account: accountId,
    UserId: 'AIDAEXAMPLE',
    Arn: `arn:aws:iam::${accountId}:user/model`,
  }),
};
