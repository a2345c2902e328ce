import { expect, it } from 'vitest';
import { AppError } from '../../contracts/index.js';
import { readImageSettings } from './image-settings.js';

const image = { image: 'alpine', registeredBy: 'ada@example.com' };

it.each([
  [undefined, undefined, 'Linux/ARM64'],
  ['', '', 'Linux/ARM64'],
  ['Linux/X86_64', undefined, 'Linux/X86_64'],
  ['Linux', undefined, 'Linux'],
  ['Linux', 'X86_64', 'Linux/X86_64'],
  [undefined, 'X86_64', 'Linux/X86_64'],
  ['', 'X86_64', 'Linux/X86_64'],
  ['Linux/ARM64', '', 'Linux/ARM64'],
])('reads platform %j with architecture %j as %s', (platform, architecture, runtimePlatform) => {
  const settings = readImageSettings({ ...image, runtime: { platform, architecture } });

  expect(settings.runtimePlatform).toBe(runtimePlatform);
});

it('refuses an architecture beside a platform that names one', () => {
  const runtime = { platform: 'Linux/ARM64', architecture: 'X86_64' };

  expect(() => readImageSettings({ ...image, runtime })).toThrow(AppError);
});

it('takes undefined members for absent ones', () => {
  const given = readImageSettings({
    ...image,
    isDefault: undefined,
    permissions: { taskRole: undefined, executionRole: undefined },
    resources: { cpu: undefined, memory: undefined },
    runtime: { platform: undefined, architecture: undefined },
  });

  expect(given).toEqual(readImageSettings(image));
});

it('keeps a given 0', () => {
  const settings = readImageSettings({ ...image, resources: { cpu: 0, memory: 0 } });

  expect(settings).toMatchObject({ cpu: 0, memory: 0 });
});
