export const defaultCpu = 256;
export const defaultMemory = 512;
export const defaultRuntimePlatform = 'Linux/ARM64';
