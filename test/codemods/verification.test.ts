import { mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { migrate, readConfiguration, writeFiles } from '../../codemods/index.js';

/** Another facade than the fixtures': two slots by parameter properties, and a facet that takes less than the source. */
const post = `
export interface Letters { send(letter: { to: string }): Promise<void>; recall(id: string): Promise<void>; }
export interface Parcels { ship(id: string): Promise<void>; }

export interface PostOffice {
  send(letter: { to: string; [note: string]: string }): Promise<void>;
  recall(id: string): Promise<void>;
  ship(id: string): Promise<void>;
}

export class OldPostOffice implements PostOffice {
  constructor(private readonly letters: Letters, private readonly parcels: Parcels) {}

  send(letter: { to: string; [note: string]: string }): Promise<void> { return this.letters.send(letter); }
  recall(id: string): Promise<void> { return this.letters.recall(id); }
  ship(id: string): Promise<void> { return this.parcels.ship(id); }
}

export function openOffice(office: PostOffice): { letters: Letters; parcels: Parcels } {
  return {
    letters: { send: (letter) => office.send({ ...letter }), recall: (id) => office.recall(id) },
    parcels: { ship: (id) => office.ship(id) },
  };
}
`;

const clerk = `import type { PostOffice } from './post.js';

export const write = (postOffice: PostOffice): Promise<void> => postOffice.send({ to: 'ann', note: 'fragile' });

export const ship = (postOffice: PostOffice): Promise<void> => postOffice.ship('1');

export async function both(postOffice: PostOffice): Promise<void> {
  await write(postOffice);
  await ship(postOffice);
}
`;

describe('verification', () => {
  let root: string;

  beforeEach(() => {
    root = mkdtempSync(join(tmpdir(), 'refacet-verification-'));
    writeFileSync(join(root, 'package.json'), '{ "type": "module", "private": true }');
    const options = { strict: true, module: 'NodeNext', target: 'ES2022', lib: ['ES2022'], types: [] };
    writeFileSync(join(root, 'tsconfig.json'), JSON.stringify({ compilerOptions: options }));
    writeFileSync(join(root, 'post.ts'), post);
    writeFileSync(join(root, 'clerk.ts'), clerk);
  });

  afterEach(() => {
    rmSync(root, { recursive: true });
  });

  const plan = () => migrate(readConfiguration(root, { facade: 'post.ts#OldPostOffice' }));

  it('takes back what would not compile and keeps the rest, with a bridge between them', async () => {
    const { changes, report } = await plan();

    expect(changes).toHaveLength(1);
    expect(changes[0]?.after).toBe(`import type { Parcels, PostOffice } from './post.js';
import { openOffice } from './post.js';

export const write = (postOffice: PostOffice): Promise<void> => postOffice.send({ to: 'ann', note: 'fragile' });

export const ship = (parcels: Parcels): Promise<void> => parcels.ship('1');

export async function both(postOffice: PostOffice): Promise<void> {
  await write(postOffice);
  await ship(openOffice(postOffice).parcels);
}
`);
    expect(report).toMatchObject({ found: 2, rewritten: 1, left: 1 });
    expect(report.leftAlone[0]?.blockedBy).toMatchObject({ reason: 'would-not-compile' });
    expect(report.leftAlone[0]?.blockedBy?.detail).toContain('TS2353');
  });

  it('blames nobody for errors that were there before', async () => {
    writeFileSync(join(root, 'clerk.ts'), `${clerk}\nexport const wrong: number = 'text';\n`);

    const { report } = await plan();

    expect(report).toMatchObject({ found: 2, rewritten: 1, left: 1 });
  });

  it('does not take a new error for one of the same words that was there before', async () => {
    const early = "(letters: Letters) => letters.send({ to: 'bob', note: 'wrong already' })";
    writeFileSync(
      join(root, 'clerk.ts'),
      `${clerk.replace('{ PostOffice }', '{ Letters, PostOffice }')}\nexport const early = ${early};\n`,
    );

    const { report } = await plan();

    expect(report).toMatchObject({ found: 2, rewritten: 1, left: 1 });
    expect(report.leftAlone[0]?.blockedBy).toMatchObject({ reason: 'would-not-compile' });
  });

  it('takes back all that are to blame at once', async () => {
    const names = ['first', 'second', 'third'];
    for (const name of names)
      writeFileSync(join(root, `${name}.ts`), clerk.replaceAll('postOffice', `${name}Office`));
    const rounds: string[] = [];

    const configuration = readConfiguration(root, { facade: 'post.ts#OldPostOffice' });
    const { report } = await migrate(configuration, {
      onProgress: ({ phase }) => {
        if (phase === 'rewriting') rounds.push(phase);
      },
    });

    expect(report).toMatchObject({ found: 8, rewritten: 4, left: 4 });
    expect(rounds).toHaveLength(2);
  });

  it('writes nothing when a file has changed since it was read', async () => {
    const { changes } = await plan();
    writeFileSync(join(root, 'clerk.ts'), `${clerk}// by hand\n`);

    expect(() => writeFiles(root, changes)).toThrow('Nothing was written');
    expect(readFileSync(join(root, 'clerk.ts'), 'utf8')).toBe(`${clerk}// by hand\n`);
  });
});
