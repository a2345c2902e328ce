import { readFileSync } from 'node:fs';
import { createRequire } from 'node:module';
import { join } from 'node:path';
import { ts } from 'ts-morph';
import { UsageError } from './usage-error.js';

/** Reads the settings and the files of a configuration, with those of all that it refers to. */
export function readTsconfig(
  configPath: string,
  root: string,
): { options: ts.CompilerOptions; fileNames: readonly string[] } {
  const problems: string[] = [];
  const visited = new Set<string>();
  const files = new Set<string>();
  let options: ts.CompilerOptions | undefined;

  const read = (path: string): void => {
    if (visited.has(path)) return;
    visited.add(path);
    const config = ts.getParsedCommandLineOfConfigFile(
      path,
      {},
      {
        ...ts.sys,
        onUnRecoverableConfigFileDiagnostic: (diagnostic) =>
          problems.push(ts.flattenDiagnosticMessageText(diagnostic.messageText, ' ')),
      },
    );
    if (config === undefined) return;
    const broken =
      ts.readConfigFile(path, (file) => ts.sys.readFile(file)).error ?? config.errors.find(isBroken);
    if (broken !== undefined) {
      const why = ts.flattenDiagnosticMessageText(broken.messageText, ' ').replace(/\.$/, '');
      throw new UsageError(`${path} cannot be used: ${why}. Mend it, or name another one with --project.`);
    }
    // A solution file holds nothing itself; its first project with files decides the settings.
    if (config.fileNames.length > 0) options ??= config.options;
    for (const file of config.fileNames) files.add(file);
    for (const reference of config.projectReferences ?? []) {
      read(ts.resolveProjectReferencePath(reference).split('\\').join('/'));
    }
  };
  read(configPath);

  if (options === undefined) {
    const why = problems.length > 0 ? problems.join('; ').replace(/\.$/, '') : 'it lists no files';
    throw new UsageError(`${configPath} cannot be used: ${why}. Name another one with --project.`);
  }
  return { options: { ...defaultsOf(root), ...options, ...fixedOptions }, fileNames: [...files].sort() };
}

/** A file that is extended and cannot be read, or is no JSON. Options that nobody knows are no reason to stop. */
function isBroken({ code, category }: ts.Diagnostic): boolean {
  return category === ts.DiagnosticCategory.Error && (code < 2000 || code === 5083 || code === 6053);
}

const fixedOptions: ts.CompilerOptions = {
  noEmit: true,
  skipLibCheck: true,
  incremental: false,
  composite: false,
  // `moduleResolution: node` and the like are no error of the project's.
  ignoreDeprecations: '6.0',
};

/** TypeScript 6 changed defaults. A configuration that was written for an older compiler means the old ones. */
function defaultsOf(root: string): ts.CompilerOptions {
  const major = Number(installedTypeScript(root)?.split('.')[0] ?? '6');
  return major < 6 ? { strict: false, types: ['*'] } : {};
}

function installedTypeScript(root: string): string | undefined {
  try {
    const path = createRequire(join(root, 'package.json')).resolve('typescript/package.json');
    return (JSON.parse(readFileSync(path, 'utf8')) as { version: string }).version;
  } catch {
    // No compiler installed: the bundled one's defaults are as good as any.
    return undefined;
  }
}
