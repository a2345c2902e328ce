import { mkdirSync, mkdtempSync, readdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join, relative } from 'node:path';
import { pathToFileURL } from 'node:url';
import ts from 'typescript';

/** Everything that can be told from outside: what reached the facets, what was marked, and how it ended. */
export type Trace = readonly unknown[];

type Behaviour = (facets: unknown, mark: (label: string) => string) => unknown;

/** Compiles a project to a folder of its own, so that it can be run beside its other version. */
export function compile(root: string): string {
  const out = mkdtempSync(join(tmpdir(), 'refacet-behaviour-'));
  const visit = (folder: string): void => {
    for (const entry of readdirSync(folder, { withFileTypes: true })) {
      const path = join(folder, entry.name);
      if (entry.isDirectory()) visit(path);
      else if (/(?<!\.d|\.test)\.ts$/.test(entry.name)) {
        const target = join(out, relative(root, path)).replace(/\.ts$/, '.js');
        mkdirSync(join(target, '..'), { recursive: true });
        const options = {
          module: ts.ModuleKind.ESNext,
          target: ts.ScriptTarget.ES2023,
          verbatimModuleSyntax: true,
        };
        writeFileSync(
          target,
          ts.transpileModule(readFileSync(path, 'utf8'), { compilerOptions: options }).outputText,
        );
      }
    }
  };
  visit(root);
  writeFileSync(join(out, 'package.json'), '{ "type": "module" }');
  return out;
}

export function removeCompiled(folder: string): void {
  rmSync(folder, { recursive: true, force: true });
}

/** Runs a module's `behaviour` over facets that record, and tells everything that happened. */
export async function runBehaviour(modulePath: string): Promise<Trace> {
  const { behaviour } = (await import(pathToFileURL(modulePath).href)) as { behaviour: Behaviour };
  const trace: unknown[] = [];
  const mark = (label: string): string => {
    trace.push(['mark', label]);
    return label;
  };
  try {
    const result = await behaviour(recordingFacets(trace), mark);
    trace.push(['result', normalise(result)]);
  } catch (error) {
    trace.push(['error', error instanceof Error ? error.message : error]);
  }
  return trace;
}

/** Facets of any kind: each call is noted with its arguments, and answered by what was asked. */
function recordingFacets(trace: unknown[]): unknown {
  return new Proxy(
    {},
    {
      get: (facets: Record<string, unknown>, slot: string) => (facets[slot] ??= recordingFacet(slot, trace)),
    },
  );
}

function recordingFacet(slot: string, trace: unknown[]): unknown {
  return new Proxy(
    {},
    {
      get: (_facet, method) => {
        // A promise asks for `then` of whatever it is resolved with.
        if (typeof method === 'symbol' || method === 'then') return undefined;
        return (...parameters: unknown[]) => {
          trace.push([slot, method, normalise(parameters)]);
          if (JSON.stringify(parameters).includes('throws at once')) throw new Error(`${slot}.${method}`);
          if (JSON.stringify(parameters).includes('rejects'))
            return Promise.reject(new Error(`${slot}.${method}`));
          return Promise.resolve(`${method} of ${slot}`);
        };
      },
    },
  );
}

/**
 * Members that are `undefined`, and groups that hold nothing else, say what their absence says: the one difference that
 * the tidy form makes.
 */
function normalise(value: unknown): unknown {
  if (Array.isArray(value)) return trimMissing(value.map(normalise));
  if (typeof value === 'function') return 'function';
  if (typeof value !== 'object' || value === null) return value;
  const members = Object.entries(value).flatMap(([key, member]) => {
    const normal = normalise(member);
    const isEmpty = typeof normal === 'object' && normal !== null && Object.keys(normal).length === 0;
    return normal === undefined || (isEmpty && !Array.isArray(normal)) ? [] : [[key, normal] as const];
  });
  return Object.fromEntries(members);
}

/** A missing argument and one that is `undefined` are the same. */
function trimMissing(values: readonly unknown[]): readonly unknown[] {
  const last = values.findLastIndex((value) => value !== undefined);
  return values.slice(0, last + 1);
}
