import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, it } from 'vitest';

const read = (path: string): string => readFileSync(join(import.meta.dirname, '../..', path), 'utf8');

interface LockedPackage {
  readonly hasInstallScript?: boolean;
  readonly dev?: boolean;
}

const { packages } = JSON.parse(read('package-lock.json')) as {
  readonly packages: Readonly<Record<string, LockedPackage>>;
};
const withScripts = Object.entries(packages).filter(([, one]) => one.hasInstallScript === true);

describe('install scripts', () => {
  it('are in no package that users of refacet get', () => {
    expect(withScripts.filter(([, one]) => one.dev !== true).map(([path]) => path)).toEqual([]);
  });

  it('are in no more packages for tests than are known to work without', () => {
    // The store of dynalite, which the tests hold the model of DynamoDB against, ships its binaries.
    expect(withScripts.map(([path]) => path)).toEqual(['node_modules/classic-level']);
  });

  it('never run in a clone', () => {
    expect(read('.npmrc')).toMatch(/^ignore-scripts=true$/m);
  });
});
