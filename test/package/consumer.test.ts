import { createTwoFilesPatch } from 'diff';
import { readFileSync, rmSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { Consumer, PackedPackage, type Outcome } from './packed-consumer.js';

const facade = 'refacet/legacy#LegacyRunner';

let packed: PackedPackage;

beforeAll(() => {
  packed = new PackedPackage();
}, 60_000);

afterAll(() => {
  packed.remove();
});

describe.each([
  ['builds', 'a strict project of ECMAScript modules'],
  ['nightly', 'a loose project of CommonJS modules'],
])('%s, %s, on the packed package', (name) => {
  let consumer: Consumer;
  let before: {
    readonly compiled: Outcome;
    readonly run: Outcome;
    readonly files: ReadonlyMap<string, string>;
  };
  let written: Outcome;

  beforeAll(() => {
    consumer = new Consumer(name, packed);
    const compiled = consumer.compile();
    before = { compiled, run: consumer.start(), files: consumer.files() };
    written = consumer.refacet('migrate', '--facade', facade, '--write');
  }, 120_000);

  afterAll(() => {
    consumer.remove();
  });

  it('is migrated to what is expected', async () => {
    const diffs = [...consumer.files()]
      .filter(([path, text]) => before.files.get(path) !== text)
      .map(([path, text]) => createTwoFilesPatch(path, path, before.files.get(path) ?? '', text));

    await expect(diffs.join('')).toMatchFileSnapshot(`${name}.diff`);
    expect(written.code).toBe(1);
  });

  it('compiles as it did, and does what it did', () => {
    expect(before.compiled).toMatchObject({ code: 0, out: '' });
    expect(before.run.out).toContain('registerImage');

    expect(consumer.compile()).toMatchObject({ code: 0, out: '' });
    expect(consumer.start()).toEqual(before.run);
  });

  it('passes its own tests', () => {
    const { code, out, error } = consumer.test();

    expect(code, `${out}${error}`).toBe(0);
  }, 60_000);

  it('has nothing more to migrate', () => {
    expect(consumer.refacet('migrate', '--facade', facade)).toMatchObject({ code: 1, out: '' });
  });
});

describe('a package that does not describe its facade', () => {
  let consumer: Consumer;

  beforeAll(() => {
    consumer = new Consumer('nightly', packed);
  });

  afterAll(() => {
    consumer.remove();
  });

  it('is told apart by version: nothing is written, the file and the command are named', () => {
    const text = readFileSync(consumer.model, 'utf8');
    writeFileSync(consumer.model, text.replace('"version": 1', '"version": 99'));

    const { code, error } = consumer.refacet('migrate', '--facade', facade, '--write');

    expect(code).toBe(2);
    expect(error).toContain(consumer.model.slice(consumer.folder.length));
    expect(error).toContain('version 99');
    expect(error).toContain('`refacet model`');
  });

  it('is refused when the file is missing', () => {
    rmSync(consumer.model);

    const { code, error } = consumer.refacet('migrate', '--facade', facade);

    expect(code).toBe(2);
    expect(error).toContain(join('legacy', 'legacy-runner.facade.json'));
    expect(error).toContain('`refacet model`');
  });

  it('is refused when the specifier leads nowhere, or to no class', () => {
    const nowhere = consumer.refacet('migrate', '--facade', 'refacet/unknown#LegacyRunner');
    const noClass = consumer.refacet('migrate', '--facade', 'refacet/legacy#Unknown');

    expect(nowhere).toMatchObject({ code: 2, error: expect.stringContaining('refacet/unknown') as string });
    expect(noClass).toMatchObject({ code: 2, error: expect.stringContaining('no class Unknown') as string });
  });
});
