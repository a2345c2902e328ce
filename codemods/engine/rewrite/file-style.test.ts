import { ts } from 'ts-morph';
import { describe, expect, it } from 'vitest';
import { readFileStyle, type StyleSources } from './file-style.js';
import { addEvidence, readLayoutEvidence } from './layout-evidence.js';

const untouched = (): boolean => false;

function parse(text: string): ts.SourceFile {
  return ts.createSourceFile('file.ts', text, ts.ScriptTarget.Latest, true);
}

function styleOf(text: string, others: readonly string[] = [], sources: Partial<StyleSources> = {}) {
  const project = addEvidence(others.map((other) => readLayoutEvidence(parse(other), untouched)));
  return readFileStyle(parse(text), {
    width: undefined,
    commas: undefined,
    project,
    isTouched: untouched,
    ...sources,
  });
}

const brokenAtEighty = `export const value = computeSomething(
  'the first argument',
  'the second of them',
  'the third',
);
`;

describe('the width of a file', () => {
  it('is 100 where nothing tells', () => {
    expect(styleOf('export const one = 1;').width).toBe(100);
  });

  it('is 80 where a list is broken that 100 characters would have held', () => {
    expect(styleOf(brokenAtEighty).width).toBe(80);
  });

  it('is 80 where other files of the project are broken there', () => {
    expect(styleOf('export const one = 1;', [brokenAtEighty]).width).toBe(80);
  });

  it('is no less than its own longest line', () => {
    const long = `export const sum = ${'someNumber + '.repeat(10)}1;`;

    expect(styleOf(long, [brokenAtEighty]).width).toBe(long.length);
  });

  it('is not measured by lines that a migration changes', () => {
    const long = `export const sum = ${'runner.count() + '.repeat(10)}1;`;

    expect(styleOf(long, [], { isTouched: (line) => line.includes('runner') }).width).toBe(100);
  });

  it('is what the formatter is set to', () => {
    expect(styleOf(brokenAtEighty, [], { width: 120 }).width).toBe(120);
  });
});

describe('trailing commas', () => {
  const object = (comma: string): string => `export const a = {\n  b: 1,\n  c: 2${comma}\n};\n`;
  const call = (comma: string): string => `f(\n  1,\n  2${comma}\n);\n`;
  const commasOf = (...given: Parameters<typeof styleOf>) => {
    const { trailingCommas, argumentCommas } = styleOf(...given);
    return [trailingCommas, argumentCommas];
  };

  it('are written where nothing tells', () => {
    expect(commasOf('f(1);')).toEqual([true, true]);
  });

  it('are written behind properties and not behind arguments where the file has them so', () => {
    expect(commasOf(object(',') + call(''))).toEqual([true, false]);
  });

  it('are left out behind arguments where they are behind properties', () => {
    expect(commasOf(object(''))).toEqual([false, false]);
  });

  it('are as in the other files of the project where the file has no lists', () => {
    expect(commasOf('f(1);', [object('') + call('')])).toEqual([false, false]);
  });

  it('are what the formatter is set to', () => {
    expect(commasOf(object('') + call(''), [], { commas: 'es5' })).toEqual([true, false]);
  });
});
