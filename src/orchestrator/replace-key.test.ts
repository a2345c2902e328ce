import { describe, expect, it } from 'vitest';
import { replaceKey } from './replace-key.js';

describe('replaceKey', () => {
  it('puts the property where the other one stood', () => {
    const replaced = replaceKey({ image: 'alpine', command: 'ls' }, 'image', 'imageId', 'alpine-1');

    expect(JSON.stringify(replaced)).toBe('{"imageId":"alpine-1","command":"ls"}');
  });

  it('puts it at the end where there was none', () => {
    const request: { image?: string; command: string } = { command: 'ls' };

    expect(JSON.stringify(replaceKey(request, 'image', 'imageId', 'alpine-1'))).toBe(
      '{"command":"ls","imageId":"alpine-1"}',
    );
  });

  it('leaves the object as it is', () => {
    const request = { image: 'alpine' };
    replaceKey(request, 'image', 'imageId', 'alpine-1');

    expect(request).toStrictEqual({ image: 'alpine' });
  });
});
