import { describe, expect, it } from 'vitest';
import { imageIdOf, looksLikeImageId, parseReference } from './image-id.js';

const defaults = { cpu: 256, memory: 512, runtimePlatform: 'Linux/ARM64' };
const noRoles = { taskRole: undefined, executionRole: undefined };

// Worked examples of the original, computed with it.
const examples = [
  ['alpine', '', 'alpine:latest-c5c74c0e'],
  ['alpine:3.18', '', 'alpine:3.18-ddecce05'],
  ['docker.io/library/alpine:3.18', 'docker.io', 'library/alpine:3.18-f3ba6031'],
  ['localhost:5000/myimage', 'localhost:5000', 'myimage:latest-a9484f60'],
  ['golang:1.24.5-bookworm', '', 'golang:1.24.5-bookworm-068f68b5'],
  ['alpine:3.18@sha256:abc', '', 'alpine:3.18:sha256:abc-805f4e42'],
  ['reg.io:5000/app:1@sha256:abc', 'reg.io:5000', 'app:1:sha256:abc-1136dffc'],
  ['app:v1/extra', 'app:v1', 'extra:latest-5640c55c'],
  ['alpine:', '', 'alpine:-523f553b'],
  ['', '', ':latest-cfaedcc4'],
] as const;

describe('the image rules that tests rely on', () => {
  it.each(examples)('give %j the ID of the original', (reference, registry, imageId) => {
    const parsed = parseReference(reference);

    expect(parsed.registry).toBe(registry);
    expect(imageIdOf({ ...parsed, ...defaults, ...noRoles }, false)).toBe(imageId);
    expect(looksLikeImageId(imageId)).toBe(true);
  });

  it('put resources, platform and roles into the ID', () => {
    const input = { ...parseReference('hashicorp/terraform:1.6'), cpu: 1024, memory: 2048 };
    const roles = { taskRole: 'my-task-role', executionRole: 'my-exec-role' };

    expect(imageIdOf({ ...input, ...roles, runtimePlatform: 'Linux/X86_64' }, false)).toBe(
      'hashicorp/terraform:1.6-29bbf154',
    );
  });

  it.each(['alpine:latest', 'alpinelatest-a1b2c3d4', 'alpine:latest-a1b2c3zz', 'a-deadbeef:1', ''])(
    'take %j for a reference',
    (text) => {
      expect(looksLikeImageId(text)).toBe(false);
    },
  );
});
