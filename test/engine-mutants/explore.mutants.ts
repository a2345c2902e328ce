import { expect, it } from 'vitest';
import { isDeepStrictEqual } from 'node:util';
import { readFixture, fixtureNames } from '../codemods/fixture.js';
import { namedMutants } from './named-mutants.js';
const wanted = (process.env['EXPLORE'] ?? '').split(';');
const first = fixtureNames();
for (const m of namedMutants.filter(({ name }) => wanted.includes(name))) {
  it(
    m.name,
    async () => {
      const r = await import(
        /* @vite-ignore */ `/test/codemods/fixture-runner.ts?mutant=${encodeURIComponent(m.name)}`
      );
      const found: string[] = [];
      for (const name of first) {
        const f = readFixture(name);
        if (f.expected.knownDefect) continue;
        let why = '';
        try {
          const one = r.migrate(f, f.before);
          if (!isDeepStrictEqual([...one.files].sort(), [...f.after].sort())) why = 'text';
          if (
            !isDeepStrictEqual(one.leftAlone, { left: f.expected.left ?? [], stays: f.expected.stays ?? [] })
          )
            why += 'left';
        } catch (e) {
          why = 'throw ' + String(e).slice(0, 80);
        }
        if (why) {
          found.push(`${name} ${why}`);
          if (found.length > 2) break;
        }
      }
      console.log('EXPLORE', m.name, '=>', JSON.stringify(found));
      expect(1).toBe(1);
    },
    600000,
  );
}
