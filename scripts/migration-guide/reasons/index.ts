import type { Reason } from '../../../codemods/index.js';
import { calls } from './calls.js';
import { carriers } from './carriers.js';
import type { ReasonPage } from './reason-page.js';
import { uses } from './uses.js';

/**
 * A page for each reason of the closed list. Whoever adds a reason adds its page, and writes it with
 * `npx vitest run test/architecture/reason-pages.test.ts -u`.
 */
export const reasonPages: Readonly<Record<Reason, ReasonPage>> = { ...calls, ...uses, ...carriers };
