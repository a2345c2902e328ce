import { ts } from 'ts-morph';

const firstCode =
  /^(?:\s|\/\/[^\n]*|\/\*[^*]*\*+(?:[^/*][^*]*\*+)*\/|#![^\n]*|(?:'use strict'|"use strict");?)*/;

/**
 * Whether a file may say something to files that do not import it: it is no module, so what it declares is global, or
 * it adds to globals and to other modules, or it names files and libraries that the program needs.
 */
export function speaksToEverybody(path: string, text: string): boolean {
  if (/\bdeclare\s+(?:global|module)\b|\bas\s+namespace\b|^\s*\/\/\/\s*<reference/m.test(text)) return true;
  const start = firstCode.exec(text)?.[0].length ?? 0;
  // What begins like a module is one; else only reading it tells.
  if (/^(?:import\b(?!\s*[.(]|\s+[\w$]+\s*=)|export\b)/.test(text.slice(start, start + 200))) return false;
  return !ts.isExternalModule(ts.createSourceFile(path, text, ts.ScriptTarget.Latest));
}
