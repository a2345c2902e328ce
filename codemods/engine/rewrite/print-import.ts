import type { FileStyle } from './file-style.js';

/** One name of an import as it is written, and the name that it has here. */
export interface ImportElement {
  readonly text: string;
  readonly name: string;
}

/** An import with names, as data. */
export interface ImportParts {
  readonly isTypeOnly: boolean;
  readonly defaultName?: string | undefined;
  readonly elements: readonly ImportElement[];
  readonly specifier: string;
}

/** The import as a statement, on one line where that fits. */
export function printImport(
  { isTypeOnly, defaultName, elements, specifier }: ImportParts,
  style: FileStyle,
): string {
  const head = `import ${isTypeOnly ? 'type ' : ''}${defaultName === undefined ? '' : `${defaultName}, `}`;
  const tail = ` from ${style.quote}${specifier}${style.quote}${style.hasSemicolons ? ';' : ''}`;
  if (elements.length === 0) return `${head.replace(/, $/, '')}${tail}`;
  const texts = elements.map(({ text }) => text);
  const line = `${head}{ ${texts.join(', ')} }${tail}`;
  if (line.length <= style.width) return line;
  const comma = style.trailingCommas ? ',' : '';
  return [
    `${head}{`,
    ...texts.map((text, index) => `${style.unit}${text}${index < texts.length - 1 ? ',' : comma}`),
    `}${tail}`,
  ].join(style.newline);
}
