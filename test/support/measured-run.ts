import { spawnSync } from 'node:child_process';
import { mkdtempSync, readFileSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';

/** What a process cost, and what it said. */
export interface MeasuredRun {
  readonly wallSeconds: number;
  readonly cpuSeconds: number;
  readonly peakMiB: number;
  readonly code: number | null;
  readonly out: string;
  readonly error: string;
}

// Written by the process itself when it ends: a parent is told neither time nor memory of a child.
const reportUsage = `data:text/javascript,${encodeURIComponent(
  "import{writeFileSync}from'node:fs';process.on('exit',()=>writeFileSync(process.env.USAGE_FILE,JSON.stringify(process.resourceUsage())))",
)}`;

/** Runs a script of Node's in a process of its own and measures it. */
export function measuredRun(
  script: string,
  commandLine: readonly string[],
  workingDirectory: string,
  environment: NodeJS.ProcessEnv,
): MeasuredRun {
  const folder = mkdtempSync(join(tmpdir(), 'refacet-usage-'));
  const usageFile = join(folder, 'usage.json');
  const start = process.hrtime.bigint();
  const { status, stdout, stderr } = spawnSync(
    process.execPath,
    ['--max-old-space-size=8192', '--import', reportUsage, script, ...commandLine],
    {
      cwd: workingDirectory,
      encoding: 'utf8',
      maxBuffer: 2 ** 30,
      env: { ...environment, USAGE_FILE: usageFile },
    },
  );
  const wallSeconds = Number(process.hrtime.bigint() - start) / 1e9;
  const usage = JSON.parse(readFileSync(usageFile, 'utf8')) as NodeJS.ResourceUsage;
  rmSync(folder, { recursive: true });
  return {
    wallSeconds,
    cpuSeconds: (usage.userCPUTime + usage.systemCPUTime) / 1e6,
    peakMiB: usage.maxRSS / 1024,
    code: status,
    out: stdout,
    error: stderr,
  };
}
