import type { Log } from './log.js';

/** The processor that ECS runs an image on; a platform that it does not know runs on the default one. */
export function cpuArchitecture(runtimePlatform: string, log: Log): 'ARM64' | 'X86_64' {
  if (runtimePlatform === 'Linux/ARM64') return 'ARM64';
  if (runtimePlatform === 'Linux/X86_64') return 'X86_64';
  log.warn({ runtimePlatform }, 'unsupported runtime platform, using Linux/ARM64');
  return 'ARM64';
}
