import { describe, expect, it } from 'vitest';
import { readImageSettings } from './image-settings.js';
import { looksLikeImageId } from './looks-like-image-id.js';
import { makeImageId, makeImageIdWithRegistry } from './make-image-id.js';
import { parseImageReference } from './parse-image-reference.js';

describe('makeImageId', () => {
  // Values of the original, which existing deployments have stored.
  it.each([
    ['alpine', 'alpine:latest-c5c74c0e'],
    ['alpine:latest', 'alpine:latest-c5c74c0e'],
    ['alpine:3.18', 'alpine:3.18-ddecce05'],
    ['hashicorp/terraform:1.6', 'hashicorp/terraform:1.6-280fcbef'],
    ['docker.io/library/alpine:3.18', 'library/alpine:3.18-f3ba6031'],
    ['123456789012.dkr.ecr.us-east-1.amazonaws.com/myapp:v1.0.0', 'myapp:v1.0.0-55b77137'],
    ['gcr.io/project-id/image-name:tag123', 'project-id/image-name:tag123-d61f2228'],
    ['localhost:5000/myimage:dev', 'myimage:dev-e9b9ac42'],
    ['localhost:5000/myimage', 'myimage:latest-a9484f60'],
    ['localhost/myimage', 'myimage:latest-a9484f60'],
    ['golang:1.24.5-bookworm', 'golang:1.24.5-bookworm-068f68b5'],
    ['alpine@sha256:abc123def456', 'alpine:sha256:abc123def456-d405a348'],
    ['alpine:3.18@sha256:abc', 'alpine:3.18:sha256:abc-805f4e42'],
    ['reg.io:5000/app:1@sha256:abc', 'app:1:sha256:abc-1136dffc'],
    ['app:v1/extra', 'extra:latest-5640c55c'],
    ['alpine:', 'alpine:-523f553b'],
    ['alpine@', 'alpine:-523f553b'],
    ['', ':latest-cfaedcc4'],
    ['ubuntu:22.04', 'ubuntu:22.04-f5cde0df'],
    ['myapp:build-1a2b3c4d', 'myapp:build-1a2b3c4d-6fca1019'],
  ])('gives %j with default settings the ID %s', (image, imageId) => {
    expect(idOf({ image })).toBe(imageId);
  });

  it.each([
    [{ runtime: { platform: 'Linux/X86_64' } }, 'alpine:latest-7aa12d17'],
    [{ resources: { cpu: 1024, memory: 2048 } }, 'alpine:latest-e61d1dea'],
    [{ permissions: { executionRole: 'my-exec-role' } }, 'alpine:latest-12de5ae6'],
    [{ permissions: { taskRole: 'my-task-role', executionRole: 'my-exec-role' } }, 'alpine:latest-213f1b87'],
    [{ permissions: { taskRole: '', executionRole: '' } }, 'alpine:latest-c5c74c0e'],
    [{ runtime: { platform: '' } }, 'alpine:latest-c5c74c0e'],
  ])('hashes the settings %j into %s', (settings, imageId) => {
    expect(idOf({ image: 'alpine:latest', ...settings })).toBe(imageId);
  });

  it('hashes roles, size and platform together', () => {
    const imageId = idOf({
      image: 'hashicorp/terraform:1.6',
      permissions: { taskRole: 'my-task-role', executionRole: 'my-exec-role' },
      resources: { cpu: 1024, memory: 2048 },
      runtime: { platform: 'Linux/X86_64' },
    });

    expect(imageId).toBe('hashicorp/terraform:1.6-29bbf154');
  });

  it('keeps a cpu of 0 and a platform that nobody knows', () => {
    const imageId = idOf({ image: 'a:1', resources: { cpu: 0 }, runtime: { platform: 'Windows/X' } });

    expect(imageId).toBe('a:1-3cef8b50');
  });
});

describe('makeImageIdWithRegistry', () => {
  it('tells registries apart, has the shape of an ID and is not the plain ID', () => {
    const ids = ['ghcr.io/o/a:1', 'quay.io/o/a:1', 'o/a:1'].map((image) => idWithRegistryOf(image));

    expect(new Set([...ids, idOf({ image: 'o/a:1' })]).size).toBe(4);
    expect(ids.every(looksLikeImageId)).toBe(true);
  });

  it('takes no registry for Docker Hub', () => {
    expect(idWithRegistryOf('docker.io/o/a:1')).toBe(idWithRegistryOf('o/a:1'));
  });

  it('stays what it was when the first such image was stored', () => {
    expect(idWithRegistryOf('ghcr.io/o/a:1')).toBe('o/a:1-c15e9d00');
  });
});

function idOf(config: Omit<Parameters<typeof readImageSettings>[0], 'registeredBy'>): string {
  const settings = readImageSettings({ registeredBy: 'ada@example.com', ...config });
  return makeImageId({ reference: parseImageReference(config.image), settings });
}

function idWithRegistryOf(image: string): string {
  const settings = readImageSettings({ image, registeredBy: 'ada@example.com' });
  return makeImageIdWithRegistry({ reference: parseImageReference(image), settings });
}
