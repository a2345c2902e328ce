import type {
  ListTagsForResourceCommandInput,
  Tag,
  TagResourceCommandInput,
  UntagResourceCommandInput,
} from '@aws-sdk/client-ecs';
import { serviceError } from '../service-error.js';
import type { EcsState } from './ecs-state.js';

const mostTags = 50;

/** Operation → what it does to the state and answers. */
export const tagOperations = {
  TagResource: (state: EcsState, { resourceArn = '', tags = [] }: TagResourceCommandInput): object => {
    refuseUnknown(state, resourceArn);
    setTags(state, resourceArn, tags);
    return {};
  },

  UntagResource: (state: EcsState, { resourceArn = '', tagKeys = [] }: UntagResourceCommandInput): object => {
    refuseUnknown(state, resourceArn);
    const left = (state.tags.get(resourceArn) ?? []).filter(({ key }) => !tagKeys.includes(key ?? ''));
    state.tags.set(resourceArn, left);
    return {};
  },

  ListTagsForResource: (state: EcsState, { resourceArn = '' }: ListTagsForResourceCommandInput): object => {
    refuseUnknown(state, resourceArn);
    return { tags: structuredClone(state.tags.get(resourceArn) ?? []) };
  },
};

/** Adds tags to those of a resource; the same key again replaces its value. */
export function setTags(state: EcsState, arn: string, tags: readonly Tag[]): void {
  const byKey = new Map((state.tags.get(arn) ?? []).map((tag) => [tag.key, tag]));
  for (const tag of tags) byKey.set(tag.key, tag);
  if (byKey.size > mostTags) throw serviceError('ecs', 'InvalidParameterException', 'Too many tags.');
  state.tags.set(arn, [...byKey.values()]);
}

function refuseUnknown(state: EcsState, arn: string): void {
  const definition = state.definitions.get(arn);
  if (state.tasks.has(arn) || (definition && definition.status === 'ACTIVE')) return;
  throw serviceError('ecs', 'InvalidParameterException', 'The specified resource is not found.');
}
