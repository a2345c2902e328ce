/** A small change of the code, and what the tests made of it. */
export interface Mutant {
  /** Path from the project's root. */
  readonly file: string;
  readonly line: number;
  /** The kind of change, as Stryker calls it. */
  readonly mutator: string;
  /** The code that was changed, on one line. */
  readonly code: string;
  /** What it was changed into, on one line. */
  readonly replacement: string;
  readonly status: string;
  /** How many tests had ended when the verdict was reached. */
  readonly testsCompleted: number;
}

/** The parts of Stryker's report (mutation-testing-report-schema) that are read. */
export interface MutationReport {
  readonly files: Readonly<
    Record<string, { readonly source: string; readonly mutants: readonly ReportedMutant[] }>
  >;
}

interface ReportedMutant {
  readonly mutatorName: string;
  readonly replacement?: string;
  readonly status: string;
  readonly testsCompleted?: number;
  readonly location: { readonly start: Position; readonly end: Position };
}

/** Both count from 1. */
interface Position {
  readonly line: number;
  readonly column: number;
}

/** The mutants of a report, in the order of files and lines. */
export function readMutants({ files }: MutationReport): readonly Mutant[] {
  return Object.keys(files)
    .sort()
    .flatMap((file) => {
      const { source = '', mutants = [] } = files[file] ?? {};
      const lines = source.split('\n');
      return mutants
        .map(({ mutatorName, replacement = '', status, testsCompleted = 0, location }) => ({
          file,
          line: location.start.line,
          mutator: mutatorName,
          code: onOneLine(textAt(lines, location)),
          replacement: onOneLine(replacement),
          status,
          testsCompleted,
        }))
        .sort((a, b) => a.line - b.line);
    });
}

function textAt(lines: readonly string[], { start, end }: ReportedMutant['location']): string {
  return lines
    .slice(start.line - 1, end.line)
    .map((line, index, all) => {
      const to = index === all.length - 1 ? end.column - 1 : line.length;
      return line.slice(index === 0 ? start.column - 1 : 0, to);
    })
    .join('\n');
}

function onOneLine(text: string): string {
  return text.replace(/\s+/g, ' ').trim();
}
