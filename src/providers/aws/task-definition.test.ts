import { describe, expect, it } from 'vitest';

import { taskDefinitionFamily } from './task-definition-family.js';
import { taskDefinitionInput } from './task-definition.js';

const options = {
  family: 'f',
  image: 'alpine',
  isDefault: false,
  cpu: 256,
  memory: 512,
  cpuArchitecture: 'ARM64',
} as const;
const settings = { logGroup: 'g', region: 'us-east-1', accountId: '1' };

describe('a task definition', () => {
  it('has no task role where neither the image nor the deployment names one, but an empty execution role', () => {
    const input = taskDefinitionInput(
      { ...settings, defaultTaskRoleArn: '', defaultExecutionRoleArn: '' },
      options,
    );

    expect(input).not.toHaveProperty('taskRoleArn');
    expect(input.executionRoleArn).toBe('');
  });
});

describe('the family of an image', () => {
  it.each([
    ['a:1-0123abcd', 'runvoy-a-1-0123abcd'],
    ['@a//b::c@', 'runvoy-a-b-c'],
    ['a_b:c-aabbccdd', 'runvoy-a_b-c-aabbccdd'],
    [':@', 'runvoy-'],
  ])('of %s is %s', (imageId, family) => {
    expect(taskDefinitionFamily(imageId)).toBe(family);
  });
});
