import { isReference } from './scenario.js';

/** A value as TypeScript that makes it again, on as few lines as fit. */
export function sourceText(value: unknown, indent = '', width = 100): string {
  const line = inOneLine(value);
  if (line.length + indent.length <= width || typeof value !== 'object' || value === null) return line;
  const deeper = `${indent}  `;
  if (Array.isArray(value)) {
    return `[\n${value.map((item) => `${deeper}${sourceText(item, deeper, width)},\n`).join('')}${indent}]`;
  }
  if (isReference(value) || Object.getPrototypeOf(value) !== Object.prototype) return line;
  const members = Object.entries(value).map(
    ([key, item]) => `${deeper}${keyText(key)}: ${sourceText(item, deeper, width)},\n`,
  );
  return `{\n${members.join('')}${indent}}`;
}

function inOneLine(value: unknown): string {
  if (typeof value === 'string') return quoted(value);
  if (typeof value === 'bigint') return `${value}n`;
  if (Object.is(value, -0)) return '-0';
  if (typeof value === 'symbol' || typeof value === 'function') return `/* ${String(value)} */ undefined`;
  if (typeof value !== 'object' || value === null) return String(value);
  if (value instanceof Date)
    return Number.isNaN(value.getTime()) ? 'new Date(NaN)' : `new Date('${value.toISOString()}')`;
  if (isReference(value)) {
    const otherwise = value.otherwise === undefined ? '' : `, ${inOneLine(value.otherwise)}`;
    return `ref(${quoted(value.$ref)}, ${value.at}${otherwise})`;
  }
  if (Array.isArray(value)) return `[${value.map(inOneLine).join(', ')}]`;
  const members = Object.entries(value).map(([key, item]) => `${keyText(key)}: ${inOneLine(item)}`);
  return members.length === 0 ? '{}' : `{ ${members.join(', ')} }`;
}

function keyText(key: string): string {
  return /^[A-Za-z_$][\w$]*$/.test(key) ? key : quoted(key);
}

function quoted(text: string): string {
  return `'${JSON.stringify(text).slice(1, -1).replaceAll('\\"', '"').replaceAll("'", "\\'")}'`;
}
