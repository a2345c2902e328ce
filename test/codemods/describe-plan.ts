import type { ts } from 'ts-morph';
import type { MigrationPlan } from '../../codemods/engine/plan-migration.js';
import { toProjectPath } from '../../codemods/engine/project-path.js';
import { projectRoot } from './in-memory-project.js';

/** What a plan leaves alone, one line each, in the order of the files. */
export interface LeftAlone {
  readonly left: readonly string[];
  readonly stays: readonly string[];
}

/** Stays that every project has: the facade's own module and what the way back needs. */
const always: ReadonlySet<string> = new Set(['facade-module', 'part-of-the-way-back']);

/** Tells what a plan leaves alone. `own` are the files to tell it of. */
export function describePlan(
  { resolution, decisions, projected }: Pick<MigrationPlan, 'resolution' | 'decisions' | 'projected'>,
  own: (path: string) => boolean,
): LeftAlone {
  const left = resolution.uses.flatMap((use) => {
    const { carrier, node, member, action } = use;
    if (projected.has(use) || !own(node.getSourceFile().fileName)) return [];
    const what = `${placeOf(node)} ${member ?? 'value'}`;
    if (action.kind === 'left') return [`${what}: ${action.cause.reason}`];
    const decision = carrier && decisions.get(carrier);
    if (decision?.kind === 'moves') return [];
    const origin = decision?.origin;
    if (origin?.node === node) return [`${what}: ${origin.cause.reason}`];
    return [
      origin === undefined
        ? `${what}: nothing`
        : `${what}: blocked-by ${origin.cause.reason} at ${placeOf(origin.node)}`,
    ];
  });
  const stays = resolution.carriers.flatMap((carrier) => {
    const decision = decisions.get(carrier);
    if (decision?.kind !== 'stays' || always.has(decision.origin.cause.reason)) return [];
    if (!own(carrier.nameNode.getSourceFile().fileName)) return [];
    const { cause, node } = decision.origin;
    return [`${placeOf(carrier.nameNode)} ${carrier.name}: ${cause.reason} at ${placeOf(node)}`];
  });
  return { left: sorted(left), stays: sorted(stays) };
}

function placeOf(node: ts.Node): string {
  const file = node.getSourceFile();
  const { line } = file.getLineAndCharacterOfPosition(node.getStart());
  return `${toProjectPath(projectRoot, file.fileName)}:${line + 1}`;
}

function sorted(lines: readonly string[]): readonly string[] {
  const collator = new Intl.Collator('en', { numeric: true });
  return [...new Set(lines)].sort(collator.compare);
}
