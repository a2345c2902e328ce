import { expect, it } from 'vitest';
import { looksLikeImageId } from './looks-like-image-id.js';

it.each([
  'alpine:latest-a1b2c3d4',
  'alpine:latest-A1B2C3D4',
  'x:-deadbeef',
  ':-deadbeef',
  'myapp:build-1a2b3c4d',
  'myapp:20240131-12345678',
  'localhost:5000/app-deadbeef',
])('%j looks like an image ID', (text) => {
  expect(looksLikeImageId(text)).toBe(true);
});

it.each([
  'alpine:latest',
  'alpinelatest-a1b2c3d4',
  'alpine:latest-a1b2c3d',
  'alpine:latest-a1b2c3d45',
  'alpine:latest-a1b2c3zz',
  'alpine:latest-a1b2c3d4\n',
  'a-deadbeef:1',
  'deadbeef',
  '',
])('%j does not look like an image ID', (text) => {
  expect(looksLikeImageId(text)).toBe(false);
});

it('answers at once for a long text of colons', () => {
  expect(looksLikeImageId(':'.repeat(1_000_000))).toBe(false);
});
