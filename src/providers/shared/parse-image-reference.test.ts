import { describe, expect, it } from 'vitest';
import { isSameRegistry, parseImageReference } from './parse-image-reference.js';

describe('parseImageReference', () => {
  it.each([
    ['alpine', '', 'alpine', 'latest'],
    ['alpine:latest', '', 'alpine', 'latest'],
    ['alpine:3.18', '', 'alpine', '3.18'],
    ['hashicorp/terraform:1.6', '', 'hashicorp/terraform', '1.6'],
    ['docker.io/library/alpine:3.18', 'docker.io', 'library/alpine', '3.18'],
    [
      '123456789012.dkr.ecr.us-east-1.amazonaws.com/myapp:v1.0.0',
      '123456789012.dkr.ecr.us-east-1.amazonaws.com',
      'myapp',
      'v1.0.0',
    ],
    ['gcr.io/project-id/image-name:tag123', 'gcr.io', 'project-id/image-name', 'tag123'],
    ['localhost:5000/myimage:dev', 'localhost:5000', 'myimage', 'dev'],
    ['localhost:5000/myimage', 'localhost:5000', 'myimage', 'latest'],
    ['localhost/myimage', 'localhost', 'myimage', 'latest'],
    ['golang:1.24.5-bookworm', '', 'golang', '1.24.5-bookworm'],
    ['alpine@sha256:abc123def456', '', 'alpine', 'sha256:abc123def456'],
    ['alpine:3.18@sha256:abc', '', 'alpine:3.18', 'sha256:abc'],
    ['reg.io:5000/app:1@sha256:abc', 'reg.io:5000', 'app:1', 'sha256:abc'],
    ['app:v1/extra', 'app:v1', 'extra', 'latest'],
    ['alpine:', '', 'alpine', ''],
    ['alpine@', '', 'alpine', ''],
    ['', '', '', 'latest'],
    ['a.b', '', 'a.b', 'latest'],
    ['/alpine', '', '/alpine', 'latest'],
    ['owner/app:a/b', '', 'owner/app', 'a/b'],
    ['app@one@two', '', 'app', 'one@two'],
    ['Ghcr.IO/Owner/App:V1', 'Ghcr.IO', 'Owner/App', 'V1'],
  ])('splits %j', (reference, registry, name, tag) => {
    expect(parseImageReference(reference)).toEqual({ registry, name, tag });
  });
});

describe('isSameRegistry', () => {
  it('takes no registry for Docker Hub', () => {
    expect(isSameRegistry('', 'docker.io')).toBe(true);
  });

  it('tells other registries apart', () => {
    expect(isSameRegistry('ghcr.io', 'quay.io')).toBe(false);
    expect(isSameRegistry('', 'ghcr.io')).toBe(false);
  });
});
