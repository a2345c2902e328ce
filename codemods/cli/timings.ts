import type { Phase } from '../engine/progress.js';
import type { ResourceUse, Streams } from './streams.js';

/** How long each phase took. */
export interface Timings {
  enter(phase: Phase): void;
  /** The table; empty where nothing can be measured. */
  print(): string;
}

/** Measures from one phase to the next. A phase that comes back is counted as one. */
export function createTimings({ measure }: Pick<Streams, 'measure'>): Timings {
  const used = new Map<Phase, { wall: number; cpu: number; resident: number }>();
  let current: { phase: Phase; since: ResourceUse } | undefined;
  const leave = (): void => {
    if (current === undefined || measure === undefined) return;
    const { phase, since } = current;
    const now = measure();
    const known = used.get(phase) ?? { wall: 0, cpu: 0, resident: 0 };
    used.set(phase, {
      wall: known.wall + now.wallMilliseconds - since.wallMilliseconds,
      cpu: known.cpu + now.cpuMilliseconds - since.cpuMilliseconds,
      resident: Math.max(known.resident, now.residentBytes),
    });
  };
  return {
    enter(phase) {
      if (phase === current?.phase || measure === undefined) return;
      leave();
      current = { phase, since: measure() };
    },
    print() {
      leave();
      current = undefined;
      const rows = [...used].map(([phase, { wall, cpu, resident }]) => row(phase, wall, cpu, resident));
      const sum = [...used.values()].reduce(
        (total, one) => ({
          wall: total.wall + one.wall,
          cpu: total.cpu + one.cpu,
          resident: Math.max(total.resident, one.resident),
        }),
        { wall: 0, cpu: 0, resident: 0 },
      );
      if (rows.length === 0) return '';
      const head = `${'phase'.padEnd(12)}${'wall s'.padStart(9)}${'cpu s'.padStart(9)}${'rss MiB'.padStart(9)}\n`;
      return head + rows.join('') + row('total', sum.wall, sum.cpu, sum.resident);
    },
  };
}

function row(name: string, wall: number, cpu: number, resident: number): string {
  const seconds = (milliseconds: number): string => (milliseconds / 1000).toFixed(2).padStart(9);
  return `${name.padEnd(12)}${seconds(wall)}${seconds(cpu)}${(resident / 2 ** 20).toFixed(0).padStart(9)}\n`;
}
