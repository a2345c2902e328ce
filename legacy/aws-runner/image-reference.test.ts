import { describe, expect, it } from 'vitest';

import { imageIdOf, looksLikeImageId } from './image-id.js';
import { parseImageReference, parseStoredReference } from './image-reference.js';
import { taskDefinitionFamily } from './task-definition-family.js';

const none = { taskRoleName: undefined, taskExecutionRoleName: undefined };

describe('image references', () => {
  it.each([
    ['alpine', '', 'alpine', 'latest', 'alpine:latest-c5c74c0e'],
    ['alpine:latest', '', 'alpine', 'latest', 'alpine:latest-c5c74c0e'],
    ['alpine:3.18', '', 'alpine', '3.18', 'alpine:3.18-ddecce05'],
    ['hashicorp/terraform:1.6', '', 'hashicorp/terraform', '1.6', 'hashicorp/terraform:1.6-280fcbef'],
    ['docker.io/library/alpine:3.18', 'docker.io', 'library/alpine', '3.18', 'library/alpine:3.18-f3ba6031'],
    [
      '123456789012.dkr.ecr.us-east-1.amazonaws.com/myapp:v1.0.0',
      '123456789012.dkr.ecr.us-east-1.amazonaws.com',
      'myapp',
      'v1.0.0',
      'myapp:v1.0.0-55b77137',
    ],
    [
      'gcr.io/project-id/image-name:tag123',
      'gcr.io',
      'project-id/image-name',
      'tag123',
      'project-id/image-name:tag123-d61f2228',
    ],
    ['localhost:5000/myimage:dev', 'localhost:5000', 'myimage', 'dev', 'myimage:dev-e9b9ac42'],
    ['localhost:5000/myimage', 'localhost:5000', 'myimage', 'latest', 'myimage:latest-a9484f60'],
    ['localhost/myimage', 'localhost', 'myimage', 'latest', 'myimage:latest-a9484f60'],
    ['golang:1.24.5-bookworm', '', 'golang', '1.24.5-bookworm', 'golang:1.24.5-bookworm-068f68b5'],
    [
      'alpine@sha256:abc123def456',
      '',
      'alpine',
      'sha256:abc123def456',
      'alpine:sha256:abc123def456-d405a348',
    ],
    ['alpine:3.18@sha256:abc', '', 'alpine:3.18', 'sha256:abc', 'alpine:3.18:sha256:abc-805f4e42'],
    ['reg.io:5000/app:1@sha256:abc', 'reg.io:5000', 'app:1', 'sha256:abc', 'app:1:sha256:abc-1136dffc'],
    ['app:v1/extra', 'app:v1', 'extra', 'latest', 'extra:latest-5640c55c'],
    ['alpine:', '', 'alpine', '', 'alpine:-523f553b'],
    ['alpine@', '', 'alpine', '', 'alpine:-523f553b'],
    ['', '', '', 'latest', ':latest-cfaedcc4'],
  ])('takes "%s" apart', (image, registry, name, tag, imageId) => {
    expect(parseImageReference(image)).toEqual({ registry, name, tag });
    expect(parseStoredReference(image)).toEqual({ registry, name, tag: tag === '' ? 'latest' : tag });
    expect(imageIdOf({ name, tag, cpu: 256, memory: 512, runtimePlatform: 'Linux/ARM64', ...none })).toBe(
      imageId,
    );
  });
});

describe('image IDs', () => {
  const alpine = {
    name: 'alpine',
    tag: 'latest',
    cpu: 256,
    memory: 512,
    runtimePlatform: 'Linux/ARM64',
    ...none,
  };

  it.each([
    [alpine, 'alpine:latest-c5c74c0e'],
    [{ ...alpine, runtimePlatform: 'Linux/X86_64' }, 'alpine:latest-7aa12d17'],
    [{ ...alpine, cpu: 1024, memory: 2048 }, 'alpine:latest-e61d1dea'],
    [{ ...alpine, taskExecutionRoleName: 'my-exec-role' }, 'alpine:latest-12de5ae6'],
    [
      { ...alpine, taskRoleName: 'my-task-role', taskExecutionRoleName: 'my-exec-role' },
      'alpine:latest-213f1b87',
    ],
    [{ ...alpine, taskRoleName: '' }, 'alpine:latest-c5c74c0e'],
    [{ ...alpine, name: 'ubuntu', tag: '22.04' }, 'ubuntu:22.04-f5cde0df'],
  ])('hashes the whole configuration but the registry', (parts, imageId) => {
    expect(imageIdOf(parts)).toBe(imageId);
  });

  it.each([
    'alpine:latest-a1b2c3d4',
    'alpine:latest-A1B2C3D4',
    'x:-deadbeef',
    ':-deadbeef',
    'myapp:build-1a2b3c4d',
    'myapp:20240131-12345678',
    'localhost:5000/app-deadbeef',
  ])('takes %s for an ID', (text) => {
    expect(looksLikeImageId(text)).toBe(true);
  });

  it.each([
    'alpine:latest',
    'alpinelatest-a1b2c3d4',
    'alpine:latest-a1b2c3d',
    'alpine:latest-a1b2c3d45',
    'alpine:latest-a1b2c3zz',
    'a-deadbeef:1',
    '',
  ])('does not take "%s" for an ID', (text) => {
    expect(looksLikeImageId(text)).toBe(false);
  });

  it.each([
    ['hashicorp/terraform:1.6-280fcbef', 'runvoy-hashicorp-terraform-1-6-280fcbef'],
    ['alpine:-523f553b', 'runvoy-alpine-523f553b'],
    ['a_b:c-aabbccdd', 'runvoy-a_b-c-aabbccdd'],
    [':::', 'runvoy-'],
  ])('names the family of %s', (imageId, family) => {
    expect(taskDefinitionFamily(imageId)).toBe(family);
  });
});
