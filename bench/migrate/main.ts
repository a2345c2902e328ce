import { cpSync, mkdtempSync, readFileSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { measuredRun, type MeasuredRun } from '../../test/support/measured-run.js';
import { tools } from './tools.js';
import { rename, writeProject, type MadeProject } from './write-project.js';

const sizes = process.argv.slice(2).map(Number);
for (const files of sizes.length > 0 ? sizes : [1000, 5000]) measure(files);

/** Runs every tool on the same project, and prints what each cost beside the compiler, and what it got right. */
function measure(files: number): void {
  const folder = mkdtempSync(join(tmpdir(), 'refacet-bench-'));
  const original = join(folder, 'original');
  const made = writeProject(original, files);
  say(
    `\n${files} files; ${made.rightLines.size} lines must change, ${made.decoyLines.size} look like them\n`,
  );
  say(row(['', 'wall s', 'CPU s', '× tsc', 'peak MiB', '× tsc', 'right', 'wrong']));
  let reference: MeasuredRun | undefined;
  for (const { name, script, commandLine, edits } of tools) {
    const project = join(folder, 'project');
    cpSync(original, project, { recursive: true });
    const run = measuredRun(script, commandLine, project, process.env);
    reference ??= run;
    const counts = edits ? countEdits(made, original, project) : undefined;
    say(
      row([
        name,
        run.wallSeconds.toFixed(1),
        run.cpuSeconds.toFixed(1),
        (run.cpuSeconds / reference.cpuSeconds).toFixed(2),
        run.peakMiB.toFixed(0),
        (run.peakMiB / reference.peakMiB).toFixed(2),
        counts === undefined ? '' : String(counts.right),
        counts === undefined ? '' : String(counts.wrong),
      ]),
    );
    if (run.code !== 0 && run.code !== 1)
      say(`  ended with ${String(run.code)}: ${run.error.slice(0, 500)}\n`);
    rmSync(project, { recursive: true });
  }
  rmSync(folder, { recursive: true });
}

/** Lines that call the member by its new name: those that should, and those that should have been left alone. */
function countEdits(
  { rightLines, decoyLines }: MadeProject,
  original: string,
  project: string,
): { readonly right: number; readonly wrong: number } {
  const renamedIn = (lines: ReadonlySet<string>): number => {
    const byFile = new Map<string, number>();
    for (const line of lines) {
      const path = line.replace(/:\d+$/, '');
      byFile.set(path, (byFile.get(path) ?? 0) + 1);
    }
    let count = 0;
    for (const path of byFile.keys()) {
      const calls = (text: string): number => text.split(`.${rename.to}(`).length - 1;
      count +=
        calls(readFileSync(join(project, path), 'utf8')) - calls(readFileSync(join(original, path), 'utf8'));
    }
    return count;
  };
  return { right: renamedIn(rightLines), wrong: renamedIn(decoyLines) };
}

function row([name = '', ...numbers]: readonly string[]): string {
  return `${name.padEnd(26)}${numbers.map((number) => number.padStart(10)).join('')}\n`;
}

function say(text: string): void {
  process.stdout.write(text);
}
