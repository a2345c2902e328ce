import type { ts } from 'ts-morph';

/** Whether a file is JavaScript in which the compiler sees no mistakes. */
export function isUncheckedJavaScript(file: ts.SourceFile, { checkJs }: ts.CompilerOptions): boolean {
  if (!/\.[cm]?jsx?$/.test(file.fileName)) return false;
  const [, directive] = /^\s*\/\/\s*@ts-(check|nocheck)\b/m.exec(file.text) ?? [];
  return directive === undefined ? checkJs !== true : directive === 'nocheck';
}
