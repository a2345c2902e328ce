import { serviceError } from '../service-error.js';

/** A row of log before the query: the fields that Insights finds, those of JSON messages included. */
export type Row = ReadonlyMap<string, string>;

/** What a query does to the rows. */
export interface InsightsQuery {
  readonly fields: readonly string[];
  readonly run: (rows: readonly Row[]) => readonly Row[];
}

type Predicate = (row: Row) => boolean;
type Operand = (row: Row) => string | undefined;

const parsed = new Map<string, InsightsQuery>();

/** `fields … | filter … | sort … | limit …`: the part of the language that a search by request needs. */
export function parseInsightsQuery(text: string): InsightsQuery {
  const known = parsed.get(text) ?? parse(text);
  // Each look at a query reads it again, and most queries are the same few.
  if (parsed.size < 1_000) parsed.set(text, known);
  return known;
}

function parse(text: string): InsightsQuery {
  let fields = ['@timestamp', '@message'];
  const steps: ((rows: readonly Row[]) => readonly Row[])[] = [];
  for (const command of splitOutsideQuotes(text, '|')) {
    const [, verb = '', rest = ''] = /^\s*(\w+)\s+([\s\S]*?)\s*$/.exec(command) ?? [];
    if (verb === 'fields') fields = rest.split(',').map((field) => field.trim());
    else if (verb === 'filter') steps.push(filterBy(parsePredicate(rest)));
    else if (verb === 'sort') steps.push(sortBy(rest));
    else if (verb === 'limit') steps.push(limitTo(rest));
    else throw malformed(`unexpected ${JSON.stringify(command.trim())}`);
  }
  return { fields, run: (rows) => steps.reduce((left, step) => step(left), rows) };
}

function filterBy(predicate: Predicate) {
  return (rows: readonly Row[]): readonly Row[] => rows.filter(predicate);
}

function sortBy(text: string) {
  const [, field = '', direction = 'asc'] = /^(\S+)(?:\s+(asc|desc))?$/.exec(text) ?? [];
  if (field === '') throw malformed(`cannot sort by ${text}`);
  const sign = direction === 'asc' ? 1 : -1;
  const value = (row: Row): string => row.get(field) ?? '';
  return (rows: readonly Row[]): readonly Row[] =>
    [...rows].sort((a, b) => (value(a) === value(b) ? 0 : value(a) < value(b) ? -sign : sign));
}

function limitTo(text: string) {
  if (!/^\d+$/.test(text)) throw malformed(`cannot limit to ${text}`);
  return (rows: readonly Row[]): readonly Row[] => rows.slice(0, Number(text));
}

/** `a = "x" and b != 'y' or 1 = 1` */
function parsePredicate(text: string): Predicate {
  const alternatives = splitOutsideQuotes(text, ' or ').map((alternative) =>
    splitOutsideQuotes(alternative, ' and ').map(parseComparison),
  );
  return (row) => alternatives.some((all) => all.every((comparison) => comparison(row)));
}

function parseComparison(text: string): Predicate {
  const found = /^\s*("(?:[^"\\]|\\.)*"|'(?:[^'\\]|\\.)*'|[^\s=!]+)\s*(!?=)\s*([\s\S]+?)\s*$/.exec(text);
  if (!found) throw malformed(`cannot compare ${text.trim()}`);
  const [, left = '', operator, right = ''] = found;
  const [one, other] = [parseOperand(left), parseOperand(right)];
  return operator === '=' ? (row) => one(row) === other(row) : (row) => one(row) !== other(row);
}

function parseOperand(text: string): Operand {
  const quoted = /^(["'])((?:[^\\]|\\.)*)\1$/.exec(text);
  if (quoted) {
    const [, quote = '', inner = ''] = quoted;
    if (new RegExp(`(^|[^\\\\])${quote}`).test(inner)) throw malformed(`unexpected ${quote}`);
    const value = inner.replace(/\\(.)/g, '$1');
    return () => value;
  }
  if (/^-?\d+(?:\.\d+)?$/.test(text)) return () => text;
  if (!/^[@\w.]+$/.test(text)) throw malformed(`unexpected ${text}`);
  return (row) => row.get(text);
}

function splitOutsideQuotes(text: string, separator: string): readonly string[] {
  const parts: string[] = [];
  let quote = '';
  let from = 0;
  for (let at = 0; at < text.length; at += 1) {
    const character = text[at] ?? '';
    if (quote !== '' && character === '\\') at += 1;
    else if (quote !== '') quote = character === quote ? '' : quote;
    else if (character === '"' || character === "'") quote = character;
    else if (text.startsWith(separator, at)) {
      parts.push(text.slice(from, at));
      from = at + separator.length;
      at = from - 1;
    }
  }
  if (quote !== '') throw malformed(`a ${quote} is never closed`);
  return [...parts, text.slice(from)];
}

function malformed(problem: string): Error {
  return serviceError('logs', 'MalformedQueryException', `The query is malformed: ${problem}`);
}
