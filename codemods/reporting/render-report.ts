import type { FileChange } from '../engine/writing/write-files.js';
import { htmlReport } from './html.js';
import type { Report } from './report.js';
import { sarifReport } from './sarif.js';

/** The forms of a report for other programs and for reading elsewhere. */
export const reportFormats = ['html', 'sarif', 'json'] as const;
export type ReportFormat = (typeof reportFormats)[number];

export interface RenderInput {
  readonly report: Report;
  readonly root: string;
  readonly changes: readonly FileChange[];
  /** Version of this package. */
  readonly version: string;
}

/** The report as a text of the format. */
export function renderReport(format: ReportFormat, { report, root, changes, version }: RenderInput): string {
  switch (format) {
    case 'html':
      return htmlReport(report, root, changes);
    case 'sarif':
      return sarifReport(report, version);
    case 'json':
      return `${JSON.stringify(report, undefined, 2)}\n`;
  }
}
