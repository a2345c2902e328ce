import { describe, expect, it } from 'vitest';
import type { Template, TemplateMember } from '../facade/template.js';
import { foldTemplate, type EmptyGroups, type KnownValue } from './fold-template.js';

const parameter = (index = 0): Template => ({ kind: 'parameter', index });
const literal = (text: string): Template => ({ kind: 'literal', text });
/** A literal that stands for an argument. */
const known = (text: string, isMissing: boolean): Template => ({ ...literal(text), ...{ isMissing } });
const property = (key: string, value: Template, isOptional = true): TemplateMember => ({
  kind: 'property',
  key,
  value,
  isOptional,
});
const object = (...members: readonly TemplateMember[]): Template => ({ kind: 'object', members });
const binary = (operator: string, left: Template, right: Template): Template => ({
  kind: 'binary',
  operator,
  left,
  right,
});
const given = (text: string, isMissing = false): KnownValue => ({ kind: 'literal', text, isMissing });
const missing = given('undefined', true);

function fold(template: Template, values: readonly KnownValue[] = [], groups?: EmptyGroups): Template {
  return foldTemplate(template, (index) => values[index] ?? { kind: 'argument' }, groups);
}

describe('what is known of an argument', () => {
  it('takes its place', () => {
    expect(fold(parameter(), [given("'a'")])).toEqual(known("'a'", false));
    expect(fold(parameter(), [{ kind: 'replacement', template: parameter(3) }])).toEqual(parameter(3));
    expect(fold(parameter())).toEqual(parameter());
  });
});

describe('an object', () => {
  it('loses an optional member that is undefined, and no other', () => {
    const options = object(property('a', parameter(0)), property('b', parameter(1), false));

    expect(fold(options, [given('undefined'), given('undefined')])).toEqual(
      object(property('b', known('undefined', false), false)),
    );
  });

  it('keeps null, which says more than absence', () => {
    const options = object(property('a', literal('null')));

    expect(fold(options)).toEqual(options);
  });

  it('loses an optional group that has become empty', () => {
    const options = object(property('group', object(property('a', parameter()))));

    expect(fold(options, [missing])).toEqual(object());
  });

  it('keeps a group that has become empty where it may not be left out', () => {
    const options = object(property('group', object(property('a', parameter())), false));

    expect(fold(options, [missing])).toEqual(object(property('group', object(), false)));
  });

  it('keeps a group that was written empty', () => {
    const options = object(property('group', object()));

    expect(fold(options)).toEqual(options);
  });

  it('keeps a group of which a member is needed', () => {
    const group = object(property('a', parameter()), property('b', literal('1'), false));

    expect(fold(object(property('group', group)), [missing])).toEqual(
      object(property('group', object(property('b', literal('1'), false)))),
    );
  });

  it('keeps empty groups where somebody compares them', () => {
    const options = object(property('group', object(property('a', parameter()))));

    expect(fold(options, [missing], 'kept')).toEqual(object(property('group', object())));
  });

  it('takes in the members of an object that is spread', () => {
    const spread: TemplateMember = { kind: 'spread', operand: object(property('a', parameter())) };

    expect(fold(object(spread))).toEqual(object(property('a', parameter())));
  });

  it.each(['undefined', 'null', 'false', "''"])('loses a spread of %s', (text) => {
    expect(fold(object({ kind: 'spread', operand: literal(text) }))).toEqual(object());
  });

  it('keeps a spread of what is not known', () => {
    const options = object({ kind: 'spread', operand: parameter() });

    expect(fold(options)).toEqual(options);
  });
});

describe('an array', () => {
  it('takes in the elements of an array that is spread', () => {
    const list: Template = { kind: 'array', elements: [parameter(0), parameter(1)] };
    const spread: Template = { kind: 'spread', operand: list };

    expect(fold({ kind: 'array', elements: [literal('1'), spread] })).toEqual({
      kind: 'array',
      elements: [literal('1'), parameter(0), parameter(1)],
    });
  });

  it('keeps a spread of anything else', () => {
    const list: Template = { kind: 'array', elements: [{ kind: 'spread', operand: parameter() }] };

    expect(fold(list)).toEqual(list);
  });
});

describe('a call', () => {
  const call = (minimumArguments: number, ...elements: readonly Template[]): Template => ({
    kind: 'call',
    callee: parameter(9),
    arguments: elements,
    isOptional: false,
    isNew: false,
    minimumArguments,
  });

  it('loses the arguments at its end that were not given', () => {
    expect(fold(call(1, parameter(0), parameter(1), parameter(2)), [missing, missing, missing])).toEqual(
      call(1, known('undefined', true)),
    );
  });

  it('keeps an undefined that was written', () => {
    const folded = fold(call(0, parameter(0)), [given('undefined')]);

    expect(folded).toEqual(call(0, known('undefined', false)));
  });

  it('keeps a default that stands for what was not given', () => {
    expect(fold(call(0, parameter(0)), [given('10', true)])).toEqual(call(0, known('10', true)));
  });

  it('folds what is called', () => {
    const folded = fold(
      call(0),
      Array<KnownValue>(9)
        .fill(missing)
        .concat({ kind: 'replacement', template: parameter(1) }),
    );

    expect(folded).toEqual({ ...call(0), callee: parameter(1) });
  });
});

describe('a member', () => {
  const member = (value: Template, isOptional: boolean): Template => ({
    kind: 'member',
    object: value,
    name: 'a',
    isOptional,
  });

  it.each(['undefined', 'null'])('of %s is undefined where the question mark asks for it', (text) => {
    expect(fold(member(literal(text), true))).toEqual(literal('undefined'));
    expect(fold(member(literal(text), false))).toEqual(member(literal(text), false));
  });

  it('of anything else stays', () => {
    expect(fold(member(parameter(), true))).toEqual(member(parameter(), true));
  });
});

describe('a condition', () => {
  const choice = (condition: Template): Template => ({
    kind: 'conditional',
    condition,
    whenTrue: literal('1'),
    whenFalse: literal('2'),
  });
  const not = (operand: Template): Template => ({ kind: 'prefix', operator: '!', operand });

  it.each(['true', "'a'", '"a"', '`a`'])('that is %s is decided', (text) => {
    expect(fold(choice(literal(text)))).toEqual(literal('1'));
    expect(fold(not(literal(text)))).toEqual(literal('false'));
  });

  it.each(['undefined', 'null', 'false', '0', "''", '""', '``', '0n'])('that is %s is decided', (text) => {
    expect(fold(choice(literal(text)))).toEqual(literal('2'));
    expect(fold(not(literal(text)))).toEqual(literal('true'));
  });

  it.each([literal('-0'), literal('3'), parameter()])('that is not known stays: %j', (condition) => {
    expect(fold(choice(condition))).toEqual(choice(condition));
    expect(fold(not(condition))).toEqual(not(condition));
  });

  it('is not decided by another operator before it', () => {
    const minus: Template = { kind: 'prefix', operator: '-', operand: literal('true') };

    expect(fold(minus)).toEqual(minus);
  });
});

describe('an operator', () => {
  it('takes the right side for what is absent, and the left side for what is there', () => {
    expect(fold(binary('??', literal('undefined'), parameter()))).toEqual(parameter());
    expect(fold(binary('??', literal('null'), parameter()))).toEqual(parameter());
    expect(fold(binary('??', literal('false'), parameter()))).toEqual(literal('false'));
    expect(fold(binary('??', parameter(0), parameter(1)))).toEqual(binary('??', parameter(0), parameter(1)));
  });

  it('takes the side that decides', () => {
    expect(fold(binary('||', literal('true'), parameter()))).toEqual(literal('true'));
    expect(fold(binary('||', literal("''"), parameter()))).toEqual(parameter());
    expect(fold(binary('&&', literal('true'), parameter()))).toEqual(parameter());
    expect(fold(binary('&&', literal('0'), parameter()))).toEqual(literal('0'));
    expect(fold(binary('&&', literal('7'), parameter()))).toEqual(binary('&&', literal('7'), parameter()));
  });

  it('compares what is equal exactly when it is written alike', () => {
    expect(fold(binary('===', literal('null'), literal('undefined')))).toEqual(literal('false'));
    expect(fold(binary('===', literal('true'), literal('true')))).toEqual(literal('true'));
    expect(fold(binary('!==', literal('true'), literal('true')))).toEqual(literal('false'));
    expect(fold(binary('!==', literal('true'), literal('false')))).toEqual(literal('true'));
  });

  it.each([
    [literal("'a'"), literal('"a"')],
    [literal('null'), literal('0')],
    [literal('0'), literal('null')],
    [parameter(), literal('null')],
    [literal('null'), parameter()],
  ])('does not compare anything else: %j and %j', (left, right) => {
    expect(fold(binary('===', left, right))).toEqual(binary('===', left, right));
  });

  it('computes nothing', () => {
    expect(fold(binary('+', literal('true'), literal('true')))).toEqual(
      binary('+', literal('true'), literal('true')),
    );
  });
});
