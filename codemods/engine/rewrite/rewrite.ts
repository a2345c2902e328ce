import { ts } from 'ts-morph';
import type { Decision } from '../demand.js';
import type { StayOrigin } from '../stay-origin.js';
import type { FacadeModel } from '../facade/facade-model.js';
import { NestedEdits, type PlacedEdit } from '../nested-edits.js';
import { CarrierIndex } from '../resolve/carrier-index.js';
import type { Carrier, DoubleLiteral, Resolution, Use } from '../resolve/carrier.js';
import type { SourceTypes } from '../resolve/source-types.js';
import { breakLongList } from './break-long-list.js';
import { chooseNames } from './choose-names.js';
import type { FileRewriter } from './file-rewriter.js';
import { readFileStyle, type TrailingCommas } from './file-style.js';
import { ImportPlanner } from './import-planner.js';
import { projectEvidence, touchedLines } from './project-evidence.js';
import { memberSlots } from './member-slots.js';
import { rewriteFlow } from './rewrite-flow.js';
import { rewriteElementType } from './rewrite-element-type.js';
import { rewriteUse } from './rewrite-use.js';
import { readSlots } from './unread-slots.js';
import { splitDeclaration } from './split-declaration.js';

export interface RewriteInput {
  readonly resolution: Resolution;
  readonly decisions: ReadonlyMap<Carrier, Decision>;
  /** Uses of carriers that stay, to be inlined by the way back. */
  readonly projected: ReadonlySet<Use>;
  readonly model: FacadeModel;
  readonly types: SourceTypes;
  readonly program: ts.Program;
  /** Line width of the project's formatter, if it is known. */
  readonly width: number | undefined;
  /** Where its lists end with commas, if that is known. */
  readonly commas: TrailingCommas | undefined;
}

/** A file with its new text; nothing is written yet. */
export interface RewrittenFile {
  readonly path: string;
  readonly before: string;
  readonly after: string;
  readonly placed: readonly PlacedEdit[];
}

export interface RewriteOutcome {
  readonly files: readonly RewrittenFile[];
  /** Carriers that turned out to be unwritable. */
  readonly refusals: ReadonlyMap<Carrier, StayOrigin>;
}

/** Turns decisions into new texts: splits what moves, inlines its uses, bridges its boundaries. */
export function rewrite(input: RewriteInput): RewriteOutcome {
  const { resolution, decisions, projected, model, types, program, width, commas } = input;
  const refusals = new Map<Carrier, StayOrigin>();
  const index = new CarrierIndex(types, resolution.carriers);
  const reads = readSlots(resolution, decisions);
  const isUnusedAnError = program.getCompilerOptions().noUnusedParameters === true;
  const names = chooseNames(
    { resolution, decisions, model, checker: types.checker, reads: isUnusedAnError ? reads : () => true },
    refusals,
  );
  if (refusals.size > 0) return { files: [], refusals };

  const isTouched = touchedLines(model);
  const evidence = projectEvidence(program, isTouched);
  const rewriters = new Map<ts.SourceFile, FileRewriter>();
  const slotsOf = (carrier: Carrier): readonly number[] | undefined => {
    const decision = decisions.get(carrier);
    return decision?.kind === 'moves' ? decision.slots : undefined;
  };
  const doubles = new Map<ts.Node, DoubleLiteral>(
    resolution.flows.flatMap(({ expression, double }) =>
      double === undefined ? [] : [[expression, double]],
    ),
  );
  const isSplit = (carrier: Carrier): boolean => (slotsOf(carrier)?.length ?? 0) > 1;
  const rewriterFor = (node: ts.Node): FileRewriter => {
    const file = node.getSourceFile();
    const known = rewriters.get(file);
    if (known !== undefined) return known;
    const style = readFileStyle(file, { width, commas, project: evidence, isTouched });
    const edits = new NestedEdits(file.text);
    const created: FileRewriter = {
      file,
      style,
      edits,
      imports: new ImportPlanner(file, style, { checker: types.checker, program }),
      index,
      model,
      slotsOf,
      reads,
      doubleAt: (value) => doubles.get(value),
      nameOf: (carrier, slot) => names.get(carrier)?.get(slot) ?? carrier.name,
      memberSlotsOf: (carrier) => memberSlots(carrier, resolution, slotsOf),
      edit: (owner, edit) => edits.add({ ...edit, owner }),
      refuse: (owner, at, cause) => refusals.set(owner, { cause, node: at }),
    };
    rewriters.set(file, created);
    return created;
  };

  for (const carrier of resolution.carriers) {
    if (slotsOf(carrier) !== undefined)
      splitDeclaration(rewriterFor(carrier.nameNode), carrier, resolution.flows);
  }
  for (const flow of resolution.flows) {
    if (slotsOf(flow.target) !== undefined) rewriteFlow(rewriterFor(flow.expression), flow);
  }
  for (const { declaration } of resolution.carriers.filter(isSplit)) {
    breakLongList(rewriterFor(declaration), declaration.parent);
  }
  for (const { target, expression, site } of resolution.flows) {
    if (slotsOf(target) === undefined) continue;
    const holder = site === 'property' ? expression.parent.parent : expression.parent;
    const isList =
      (site === 'argument' && isCallLike(holder)) ||
      (site === 'property' && ts.isObjectLiteralExpression(holder));
    if (isList) breakLongList(rewriterFor(expression), holder);
  }
  for (const { carrier, node } of resolution.elementTypes) {
    if (slotsOf(carrier) !== undefined) rewriteElementType(rewriterFor(node), carrier, node);
  }
  for (const use of resolution.uses) {
    if (use.carrier !== undefined && (slotsOf(use.carrier) !== undefined || projected.has(use)))
      rewriteUse(rewriterFor(use.node), use);
  }
  const files = [...rewriters.values()]
    .filter(({ edits }) => !edits.isEmpty)
    .map(finish)
    .sort((left, right) => (left.path < right.path ? -1 : 1));
  return { files, refusals };
}

function isCallLike(node: ts.Node): node is ts.CallExpression | ts.NewExpression {
  return ts.isCallExpression(node) || ts.isNewExpression(node);
}

function finish({ file, edits, imports }: FileRewriter): RewrittenFile {
  // Building the edits is what asks for imports, so the text is made twice.
  edits.apply();
  imports.addEdits(edits);
  const { text, placed } = edits.apply();
  return { path: file.fileName, before: file.text, after: text, placed };
}
