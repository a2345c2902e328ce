import type {
  AddTagsToResourceCommandInput,
  DeleteParameterCommandInput,
  GetParameterCommandInput,
  GetParametersByPathCommandInput,
  ListTagsForResourceCommandInput,
  PutParameterCommandInput,
  Tag,
} from '@aws-sdk/client-ssm';
import { cutPage } from './page.js';
import type { ServiceContext } from './service-context.js';
import { serviceError } from './service-error.js';

/** A parameter with its tags. */
export interface ParameterState {
  readonly name: string;
  readonly type: string;
  readonly value: string;
  readonly version: number;
  readonly keyId?: string | undefined;
  readonly description?: string | undefined;
  readonly tags: readonly Tag[];
}

/** What Parameter Store remembers: plain data. */
export interface SsmState {
  readonly parameters: Map<string, ParameterState>;
}

const bytesOfStandardParameter = 4096;

/** Operation → what it does to the state and answers. */
export const ssmOperations = {
  PutParameter: ({ parameters }: SsmState, input: PutParameterCommandInput): object => {
    const {
      Name: name = '',
      Value: value = '',
      Type: type = 'String',
      Overwrite,
      Tags,
      KeyId,
      Description,
    } = input;
    if (!/^\/?[\w.-]+(?:\/[\w.-]+)*$/.test(name) || /^\/?(?:aws|ssm)/i.test(name)) {
      throw serviceError('ssm', 'ValidationException', 'Parameter name must be a valid path.');
    }
    if (value === '' || Buffer.byteLength(value) > bytesOfStandardParameter) {
      throw serviceError(
        'ssm',
        'ValidationException',
        'Standard tier parameters support a maximum parameter value of 4096 characters.',
      );
    }
    const before = parameters.get(name);
    if (before && !Overwrite) {
      throw serviceError(
        'ssm',
        'ParameterAlreadyExists',
        'The parameter already exists. To overwrite this value, set the overwrite option in the request to true.',
      );
    }
    if (Overwrite && Tags) {
      throw serviceError(
        'ssm',
        'ValidationException',
        "Invalid request: tags and overwrite can't be used together.",
      );
    }
    const version = (before?.version ?? 0) + 1;
    parameters.set(name, {
      name,
      value,
      version,
      type: before?.type ?? type,
      keyId: KeyId,
      description: Description,
      tags: Tags ?? before?.tags ?? [],
    });
    return { Version: version, Tier: 'Standard' };
  },

  GetParameter: (
    state: SsmState,
    { Name = '', WithDecryption }: GetParameterCommandInput,
    context: ServiceContext,
  ): object => ({
    Parameter: describe(parameterNamed(state, Name), context, WithDecryption === true),
  }),

  GetParametersByPath: (
    state: SsmState,
    input: GetParametersByPathCommandInput,
    context: ServiceContext,
  ): object => {
    const { Path = '/', Recursive = false, WithDecryption = false, MaxResults = 10, NextToken } = input;
    const prefix = Path.endsWith('/') ? Path : `${Path}/`;
    const found = [...state.parameters.values()]
      .filter(
        ({ name }) => name.startsWith(prefix) && (Recursive || !name.slice(prefix.length).includes('/')),
      )
      .sort((a, b) => (a.name < b.name ? -1 : 1));
    const page = cutPage(found, ({ name }) => name, Math.min(MaxResults, context.pageSize), NextToken);
    return {
      Parameters: page.entries.map((one) => describe(one, context, WithDecryption)),
      ...(page.nextToken !== undefined && { NextToken: page.nextToken }),
    };
  },

  DeleteParameter: (state: SsmState, { Name = '' }: DeleteParameterCommandInput): object => {
    state.parameters.delete(parameterNamed(state, Name).name);
    return {};
  },

  AddTagsToResource: (
    state: SsmState,
    { ResourceId = '', Tags = [] }: AddTagsToResourceCommandInput,
  ): object => {
    const parameter = taggedNamed(state, ResourceId);
    const byKey = new Map([...parameter.tags, ...Tags].map((tag) => [tag.Key, tag]));
    state.parameters.set(parameter.name, { ...parameter, tags: [...byKey.values()] });
    return {};
  },

  ListTagsForResource: (state: SsmState, { ResourceId = '' }: ListTagsForResourceCommandInput): object => ({
    TagList: structuredClone(taggedNamed(state, ResourceId).tags),
  }),
};

function describe(
  parameter: ParameterState,
  { region, accountId }: ServiceContext,
  isDecrypted: boolean,
): object {
  const { name, type, value, version } = parameter;
  const isCipher = type === 'SecureString' && !isDecrypted;
  return {
    Name: name,
    Type: type,
    Value: isCipher ? Buffer.from(value).toString('base64') : value,
    Version: version,
    ARN: `arn:aws:ssm:${region}:${accountId}:parameter${name.startsWith('/') ? '' : '/'}${name}`,
  };
}

function parameterNamed({ parameters }: SsmState, name: string): ParameterState {
  const parameter = parameters.get(name);
  if (!parameter) throw serviceError('ssm', 'ParameterNotFound', `Parameter ${name} not found.`);
  return parameter;
}

function taggedNamed({ parameters }: SsmState, name: string): ParameterState {
  const parameter = parameters.get(name);
  if (!parameter) throw serviceError('ssm', 'InvalidResourceId', 'The resource ID is not valid.');
  return parameter;
}
