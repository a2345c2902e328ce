import { ts } from 'ts-morph';
import { indentAt } from '../indentation.js';
import { printArguments, printBindings, printInline, type InlinePlace } from '../inline/print-inline.js';
import type { InlinePlan } from '../inline/plan-inline.js';
import type { Carrier, HoistedSource, Use } from '../resolve/carrier.js';
import { limitedSlots } from '../resolve/limited-slots.js';
import { declareHoisted } from './declare-hoisted.js';
import { facetText, releaseWrappers, textOfNode } from './facet-text.js';
import { pageAt } from './file-style.js';
import type { FileRewriter } from './file-rewriter.js';
import { doubleMemberText } from './split-double.js';
import type { TextOf } from './text-of.js';

/** Writes what a use of a moving carrier becomes. */
export function rewriteUse(rewriter: FileRewriter, use: Use): void {
  const { carrier, action, node } = use;
  if (carrier === undefined || action.kind === 'left') return;
  const facet = (value: ts.Expression, slot: number, textOf: TextOf): string =>
    facetText(rewriter, carrier, value, slot, textOf);
  switch (action.kind) {
    case 'inline':
      rewriteCall(rewriter, carrier, action.plan, action.hoist);
      return;
    case 'facet':
      releaseWayBack(rewriter, node);
      replaceValue(rewriter, carrier, node, (textOf) => facet(action.value, action.slot, textOf));
      return;
    case 'member':
      replace(
        rewriter,
        carrier,
        node,
        (textOf) => `${facet(action.value, action.slot, textOf)}${dotOf(node)}${action.method}`,
      );
      return;
    case 'picked': {
      const { value, slot, members } = action;
      replace(rewriter, carrier, value, (textOf) => facet(value, slot, textOf));
      for (const { element, method } of members) renamePicked(rewriter, carrier, element, method);
      return;
    }
    case 'double': {
      const { member, expectation } = action;
      replace(rewriter, carrier, node, () => doubleMemberText(rewriter, carrier, member.slot, member.method));
      if (expectation !== undefined) rewriteExpectation(rewriter, carrier, expectation);
      return;
    }
    case 'collection': {
      const [slot = 0] = rewriter.slotsOf(carrier) ?? [];
      replace(rewriter, carrier, node, () => rewriter.nameOf(carrier, slot));
      return;
    }
    case 'presence': {
      const [slot = 0] = rewriter.slotsOf(carrier) ?? [];
      replace(rewriter, carrier, node, (textOf) => facet(action.value, slot, textOf));
      return;
    }
    case 'key': {
      const quote = action.literal.getText().charAt(0);
      const slots = limitedSlots(carrier, action.limitedTo, (one) => rewriter.slotsOf(one));
      const names = slots.map((slot) => `${quote}${rewriter.nameOf(carrier, slot)}${quote}`);
      replace(rewriter, carrier, node, () => names.join(' | '));
      return;
    }
  }
}

/** `?.` stays where it stood. */
function dotOf(node: ts.Node): string {
  const isOptional =
    (ts.isPropertyAccessExpression(node) || ts.isElementAccessExpression(node)) &&
    node.questionDotToken !== undefined;
  return isOptional ? '?.' : '.';
}

/** Picks a method by its new name, into the variable that there was. */
function renamePicked(
  rewriter: FileRewriter,
  owner: Carrier,
  { propertyName, name }: ts.BindingElement,
  method: string,
): void {
  const local = name.getText();
  if ((propertyName ?? name).getText() === method) return;
  if (propertyName !== undefined) replace(rewriter, owner, propertyName, () => method);
  else replace(rewriter, owner, name, () => `${method}: ${local}`);
}

function replace(
  rewriter: FileRewriter,
  owner: Carrier,
  node: ts.Node,
  build: (textOf: TextOf) => string,
): void {
  rewriter.edit(owner, { start: node.getStart(), end: node.end, key: 'use', build });
}

/** A value that becomes a property's own name becomes shorthand. */
function replaceValue(
  rewriter: FileRewriter,
  owner: Carrier,
  node: ts.Node,
  build: (textOf: TextOf) => string,
): void {
  const { parent } = node;
  if (!ts.isPropertyAssignment(parent) || parent.initializer !== node || !ts.isIdentifier(parent.name)) {
    replace(rewriter, owner, node, build);
    return;
  }
  const key = parent.name.text;
  const before = rewriter.file.text.slice(parent.getStart(), node.getStart());
  replace(rewriter, owner, parent, (textOf) => {
    const value = build(textOf);
    return value === key && /^\s*:\s*$/.test(before.slice(key.length)) ? key : `${before}${value}`;
  });
}

function rewriteCall(
  rewriter: FileRewriter,
  owner: Carrier,
  plan: InlinePlan,
  hoist: HoistedSource | undefined,
): void {
  const { call } = plan;
  const access = call.expression as ts.AccessExpression;
  const { identity } = plan.method;
  if (plan.isIdentity && identity !== undefined) {
    // What stands between receiver and name, a line break in a chain for example, stays.
    const gap = ts.isPropertyAccessExpression(access)
      ? rewriter.file.text.slice(access.expression.end, access.name.getStart())
      : access.questionDotToken === undefined
        ? '.'
        : '?.';
    replace(rewriter, owner, access, (textOf) => {
      if (ts.isElementAccessExpression(access) && ts.isIdentifier(access.argumentExpression)) {
        const key = textOf(access.expression.end, access.end);
        return `${facetText(rewriter, owner, access.expression, identity.slot, textOf)}${key}`;
      }
      return `${facetText(rewriter, owner, access.expression, identity.slot, textOf)}${gap}${identity.method}`;
    });
    return;
  }
  const nameOf = hoist && declareHoisted(rewriter, owner, plan.slots, access.expression, hoist);
  replace(rewriter, owner, call, (textOf) => {
    const place: InlinePlace = {
      page: pageAt(rewriter.file, rewriter.style, call.getStart(), call.end),
      facetText: (slot) => nameOf?.(slot) ?? facetText(rewriter, owner, access.expression, slot, textOf),
      importedText: (imported) => {
        if (rewriter.imports.closesCycle(imported))
          rewriter.refuse(owner, call, { reason: 'import-cycle', detail: imported.name });
        const name = rewriter.imports.nameOf(imported, 'value', `${imported.name}OnFacets`, call);
        if (name === undefined) rewriter.refuse(owner, call, rewriter.imports.causeOfRefusal(imported));
        return name ?? imported.name;
      },
      textOf: (node) => textOfNode(node, textOf),
    };
    return printLink(rewriter, plan, place) ?? printInline(plan, place);
  });
  insertBindings(rewriter, owner, plan);
}

/** A call of a facet's method at the start of a chain over lines: the line break before the method stays where it is. */
function printLink({ file, style }: FileRewriter, plan: InlinePlan, place: InlinePlace): string | undefined {
  const access = plan.call.expression;
  const { template } = plan;
  if (template.kind !== 'call' || template.callee.kind !== 'member' || template.callee.object.kind !== 'slot')
    return undefined;
  if (!ts.isPropertyAccessExpression(access)) return undefined;
  const start = access.name.getStart();
  const gap = file.text.slice(access.expression.end, start);
  if (!gap.includes('\n')) return undefined;
  const head = `${place.facetText(template.callee.object.slot)}${gap}${template.callee.name}`;
  const page = pageAt(file, style, start, plan.call.end);
  const column = page.column + template.callee.name.length;
  return `${head}${printArguments(plan, { ...place, page: { ...page, column } })}`;
}

/** The arguments of an expectation, in the form in which the facet is called. */
function rewriteExpectation(rewriter: FileRewriter, owner: Carrier, plan: InlinePlan): void {
  const { call } = plan;
  const start = call.arguments.pos - 1;
  rewriter.edit(owner, {
    start,
    end: call.end,
    key: 'expectation',
    build: (textOf) =>
      printArguments(plan, {
        page: pageAt(rewriter.file, rewriter.style, start, call.end),
        facetText: () => '',
        importedText: (imported) =>
          rewriter.imports.nameOf(imported, 'value', imported.name, call) ?? imported.name,
        textOf: (node) => textOfNode(node, textOf),
      }),
  });
}

/** `const` statements before the call's own, for arguments that have to be evaluated first. */
function insertBindings(rewriter: FileRewriter, owner: Carrier, plan: InlinePlan): void {
  const [first] = plan.bindings;
  if (first === undefined) return;
  const start = first.statement.getStart();
  const { text } = rewriter.file;
  const joint = `${rewriter.style.newline}${indentAt(text, start)}`;
  const end = rewriter.style.hasSemicolons ? ';' : '';
  rewriter.edit(owner, {
    start,
    end: start,
    key: `bindings of ${plan.call.getStart()}`,
    build: () =>
      printBindings(plan, (node) => rewriter.edits.textOf(node.getStart(), node.end))
        .map((statement) => `${statement}${end}${joint}`)
        .join(''),
  });
}

function releaseWayBack(rewriter: FileRewriter, node: ts.Node): void {
  const call = ts.isPropertyAccessExpression(node) ? node.expression : undefined;
  if (call === undefined || !ts.isCallExpression(call)) return;
  const wayBack = call.expression;
  rewriter.imports.release(ts.isPropertyAccessExpression(wayBack) ? wayBack.expression : wayBack);
  const [source] = call.arguments;
  if (source !== undefined) releaseWrappers(rewriter, source);
}
