import type { ImageSettings } from '../shared/image-settings.js';

const byOciName = new Map([
  ['linux/arm64', 'Linux/ARM64'],
  ['linux/amd64', 'Linux/X86_64'],
]);

/** Settings whose platform has ECS's name where it was given by the name that image tools use. */
export function withEcsPlatform(settings: ImageSettings): ImageSettings {
  const runtimePlatform = byOciName.get(settings.runtimePlatform) ?? settings.runtimePlatform;
  return { ...settings, runtimePlatform };
}
