import type { FacadeModel } from './facade-model.js';

/** The modules of the facade and of the source: what stands there is the migration itself. */
export function ownFilesOf({ facade, source }: FacadeModel): readonly string[] {
  return [facade.module, source.module];
}
