import type { ts } from 'ts-morph';
import type { FindingCode } from './facade-findings.js';

/** Why a body cannot be moved to a call, and where that shows. Caught by the reader of the method, never further up. */
export class TemplateRefusal extends Error {
  constructor(
    readonly code: FindingCode,
    readonly subject: string,
    readonly node: ts.Node,
  ) {
    super(`${code}: ${subject}`);
  }
}
