export { createLocalProvider } from './create-local-provider.js';
export type { LocalProvider, LocalProviderOptions } from './create-local-provider.js';
