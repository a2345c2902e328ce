import type { ts } from 'ts-morph';

/** Whether a path is that of a JavaScript file. */
export function isJavaScript(path: string): boolean {
  return /\.[cm]?jsx?$/.test(path);
}

/** Whether a file is JavaScript in which the compiler sees no mistakes. */
export function isUncheckedJavaScript(file: ts.SourceFile, { checkJs }: ts.CompilerOptions): boolean {
  if (!isJavaScript(file.fileName)) return false;
  const [, directive] = /^\s*\/\/\s*@ts-(check|nocheck)\b/m.exec(file.text) ?? [];
  return directive === undefined ? checkJs !== true : directive === 'nocheck';
}
