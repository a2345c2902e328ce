import { ts } from 'ts-morph';
import type { ProjectSettings } from './project-settings.js';
import { sourceOfBuilt } from './source-of-built.js';
import { targetsOf } from './workspace-packages.js';

type ResolveNames = NonNullable<ts.CompilerHost['resolveModuleNameLiterals']>;

/**
 * Resolves modules with the settings of the file that names them, and packages of the workspace to their sources: what
 * changes in one package is seen in those that use it, whether it was built or not. `undefined` where one tsconfig says
 * all, and the compiler does as well by itself.
 */
export function moduleResolver(
  settings: ProjectSettings,
  host: ts.ModuleResolutionHost,
): ResolveNames | undefined {
  const { configs, packages, fileNames } = settings;
  if (!settings.isSeveral) return undefined;
  const known = new Set(fileNames);
  const caches = new Map<ts.CompilerOptions, ts.ModuleResolutionCache>();
  const cacheOf = (options: ts.CompilerOptions): ts.ModuleResolutionCache => {
    const found =
      caches.get(options) ??
      ts.createModuleResolutionCache(ts.sys.getCurrentDirectory(), (path) => path, options);
    caches.set(options, found);
    return found;
  };

  return (literals, containingFile, redirect, options, containing) =>
    literals.map((literal): ts.ResolvedModuleWithFailedLookupLocations => {
      const own = settings.optionsFor(containingFile);
      const mode = ts.getModeForUsageLocation(containing, literal, options);
      const found = ts.resolveModuleName(
        literal.text,
        containingFile,
        own,
        host,
        cacheOf(own),
        redirect,
        mode,
      );
      const source = sourceOf(literal.text, found.resolvedModule?.resolvedFileName);
      if (source === undefined || source === found.resolvedModule?.resolvedFileName) return found;
      const extension = /(\.[cm]?[jt]sx?)$/.exec(source)?.[1] ?? ts.Extension.Ts;
      return {
        resolvedModule: { resolvedFileName: source, extension, isExternalLibraryImport: false },
      };
    });

  function sourceOf(specifier: string, resolved: string | undefined): string | undefined {
    if (resolved !== undefined && known.has(resolved)) return resolved;
    const own = packages.find(({ name }) => specifier === name || specifier.startsWith(`${name}/`));
    if (own !== undefined) {
      for (const target of [...(resolved === undefined ? [] : [resolved]), ...targetsOf(own, specifier)]) {
        const source = sourceOfBuilt(target, own.folder, configs, known);
        if (source !== undefined) return source;
      }
      return undefined;
    }
    const isBuilt = resolved !== undefined && !resolved.includes('/node_modules/');
    return isBuilt && !specifier.startsWith('.') ? sourceOfBuilt(resolved, '', configs, known) : undefined;
  }
}
