import { composeLegacyApi } from '../../legacy/compose.js';
import { serve } from './serve.js';

/** The existing API, with a `Runner` in the middle. */
export const startLegacy = serve(composeLegacyApi);
