import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import type { Report } from '../../codemods/reporting/report.js';
import { CommandProject, comparer, finder, killer } from './command-project.js';
import { refacet, refacetWith, type Outcome } from './run-command.js';

let project: CommandProject;

const migrate = (...flags: readonly string[]): Promise<Outcome> => refacet(project.root, 'migrate', ...flags);

beforeEach(() => {
  project = new CommandProject({ 'src/kill.ts': killer, 'src/find.ts': finder, 'src/compare.ts': comparer });
});

afterEach(() => {
  project.remove();
});

describe('refacet migrate --only', () => {
  it('moves what needs the facet and no other', async () => {
    await migrate('--write', '--only', 'imageRegistry');

    expect(project.read('src/find.ts')).toContain("imageRegistry.getImage(ctx, 'alpine')");
    expect(project.read('src/kill.ts')).toBe(killer);
    expect(project.errors()).toEqual([]);
  });

  it('hands the facet over by the way back where the rest stays', async () => {
    project.write({
      'src/both.ts': `import type { Context } from '../facade/facets.js';
import type { Runner } from '../facade/runner.js';
import { find } from './find.js';

export async function both(runner: Runner, ctx: Context): Promise<void> {
  await runner.killTask(ctx, await find(runner, ctx));
}
`,
    });

    await migrate('--write', '--only', 'imageRegistry');

    expect(project.read('src/both.ts')).toContain('find(facetsOf(runner).imageRegistry, ctx)');
    expect(project.errors()).toEqual([]);
  });

  it('names the facets when there is no such one', async () => {
    expect(await migrate('--only', 'imageRegister')).toMatchObject({
      code: 2,
      error: 'There is no facet imageRegister. It is one of taskExecutor, imageRegistry, logReader.\n',
    });
  });
});

describe('refacet migrate --project-stays', () => {
  it('inlines calls on what stays, and has nothing to do again', async () => {
    const { code, error } = await migrate('--write', '--project-stays', 'src/compare.ts');

    expect(code).toBe(1);
    expect(error).toContain('3 uses found, 3 rewritten, 0 left alone');
    expect(project.read('src/compare.ts')).toBe(`import type { Context } from '../facade/facets.js';
import { facetsOf } from '../facade/legacy-runner.js';
import type { Runner } from '../facade/runner.js';

export async function killBoth(runner: Runner, other: Runner, ctx: Context): Promise<void> {
  // Twice the same is once.
  if (other === runner) return facetsOf(runner).taskExecutor.killTask(ctx, 'task-1');
  await facetsOf(runner).taskExecutor.killTask(ctx, 'task-1');
  await facetsOf(other).taskExecutor.killTask(ctx, 'task-1');
}
`);
    expect(project.errors()).toEqual([]);
    expect(await migrate('--project-stays', 'src/compare.ts')).toMatchObject({ out: '', code: 1 });
  });

  it('leaves calls that a spy has to see', async () => {
    const spied = `import { vi } from 'vitest';
import type { Context } from '../facade/facets.js';
import type { Runner } from '../facade/runner.js';

export async function spied(runner: Runner, ctx: Context): Promise<void> {
  runner.killTask = vi.fn();
  await runner.killTask(ctx, 'task-1');
}
`;
    project.write({ 'src/spied.test.ts': spied });

    await migrate('--write', '--project-stays', '--allow-dirty');

    expect(project.read('src/spied.test.ts')).toBe(spied);
  });
});

describe('refacet migrate --todo', () => {
  const comment = '// TODO(refacet): The value is compared, inspected or copied as a whole.';

  it('leaves one comment at the cause, and the same one when run again', async () => {
    await migrate('--write', '--todo');
    const once = project.read('src/compare.ts');

    expect(once.split(comment)).toHaveLength(2);
    expect(once)
      .toContain(`  ${comment} Do this with a facet, or leave it with the source. [identity-or-shape-use]
  // Twice the same is once.
  if (other === runner)`);
    expect(await migrate('--write', '--todo')).toMatchObject({ code: 1 });
    expect(project.read('src/compare.ts')).toBe(once);
    // The next run without the option leaves what is still to the point.
    await migrate('--write');
    expect(project.read('src/compare.ts')).toBe(once);
  });

  it('takes the comment away with the next run that has resolved it', async () => {
    await migrate('--write', '--todo');
    project.write({
      'src/compare.ts': project.read('src/compare.ts').replace('other === runner', 'ctx.requestId === ""'),
    });

    const { code } = await migrate('--write');

    expect(code).toBe(0);
    expect(project.read('src/compare.ts')).not.toContain('TODO(refacet)');
    expect(project.read('src/compare.ts')).toContain('taskExecutor.killTask');
  });

  it('keeps the line ends of a file, and what only looks like a comment in a string', async () => {
    const text = '// TODO(refacet): in a string';
    project.write({
      'src/compare.ts': `${comparer}export const help = \`\n${text}\n\`;\n`.replaceAll('\n', '\r\n'),
    });

    await migrate('--write', '--todo');

    const after = project.read('src/compare.ts');
    expect(after).toContain(`${comment} Do this`);
    expect(after).toContain(text);
    expect(after.replaceAll('\r\n', '')).not.toContain('\n');
  });
});

describe('refacet migrate --interactive', () => {
  it('writes what was agreed to, planned without the rest', async () => {
    const asked: string[] = [];
    const ask = async (question: string): Promise<string> => {
      asked.push(question);
      return asked.length === 1 ? 'n' : 'y';
    };

    const { out, code } = await refacetWith({ ask }, project.root, 'migrate', '--interactive');

    expect(asked[0]).toContain('Group 1 of 2, 1 file: migrate it?');
    expect(out).toContain('src/find.ts');
    expect(code).toBe(1);
    expect(project.read('src/find.ts')).toBe(finder);
    expect(project.read('src/kill.ts')).toContain('taskExecutor.killTask');
  });

  it('asks again about a group that looks different without a refused file', async () => {
    project.write({
      'src/a-caller.ts': `import type { Context } from '../facade/facets.js';
import type { Runner } from '../facade/runner.js';
import { kill } from './kill.js';

export async function call(runner: Runner, ctx: Context): Promise<void> {
  await kill(runner, ctx);
}
`,
    });
    const answers = ['n'];
    const ask = async (): Promise<string> => answers.shift() ?? 'y';

    await refacetWith({ ask }, project.root, 'migrate', '--interactive', 'src/a-caller.ts', 'src/kill.ts');

    // Both files were one group, and a no is about all of it.
    expect(project.read('src/kill.ts')).toBe(killer);
  });

  it('writes nothing when the person quits, and asks nobody in a pipe', async () => {
    const quit = await refacetWith({ ask: async () => 'q' }, project.root, 'migrate', '--interactive');
    expect(quit).toMatchObject({ code: 1, error: 'Nothing was written.\n' });
    expect(project.read('src/kill.ts')).toBe(killer);

    expect(await migrate('--interactive')).toMatchObject({ code: 2 });
  });
});

describe('refacet migrate --report', () => {
  it('accounts for every occurrence of a member’s name', async () => {
    project.write({
      'src/others.ts': `// killTask in a comment
export class Robot {
  killTask(): string {
    return 'killTask is a word here';
  }
}
export const key = 'killTask';
export function untyped(value: any): void {
  value.killTask();
  new Robot().killTask();
}
`,
    });

    const report = JSON.parse((await migrate('--report', 'json', 'src')).out) as Report;

    const { occurrences: found } = report;
    expect(found).toMatchObject({
      total: 11,
      rewritten: 2,
      left: [{ reason: 'blocked-by', count: 3 }],
      facade: 0,
      unrelated: [{ owner: 'Robot (src/others.ts)', count: 2 }],
      untyped: 1,
      strings: 2,
      comments: 1,
    });
    expect(found?.unchecked).toEqual([
      { path: 'src/others.ts', line: 7, column: 21, name: 'killTask', kind: 'string' },
      { path: 'src/others.ts', line: 9, column: 9, name: 'killTask', kind: 'untyped' },
    ]);
  });

  it('says on the terminal what nothing checks', async () => {
    project.write({ 'src/others.ts': "export const key = 'killTask';\n" });

    const { error } = await migrate('src/others.ts', 'src/kill.ts');

    expect(error).toContain(
      "src/others.ts:1:21 killTask in a string: no compiler checks it. See whether it means the source's.\n",
    );
    expect(error).toContain('Names of members occur 2 times: 1 rewritten, 1 in strings.\n');
  });

  it('prints a SARIF log whose results point at rules and places that exist', async () => {
    const { out, code } = await migrate('--report', 'sarif');

    const log = JSON.parse(out) as {
      version: string;
      runs: [
        {
          tool: { driver: { rules: { id: string }[] } };
          results: {
            ruleId: string;
            ruleIndex: number;
            level: string;
            locations: [
              { physicalLocation: { artifactLocation: { uri: string }; region: { startLine: number } } },
            ];
          }[];
        },
      ];
    };
    const [{ tool, results }] = log.runs;
    expect(code).toBe(1);
    expect(log.version).toBe('2.1.0');
    expect(results.map(({ ruleIndex }) => tool.driver.rules[ruleIndex]?.id)).toEqual(
      results.map(({ ruleId }) => ruleId),
    );
    expect(results.map(({ ruleId, level }) => `${level} ${ruleId}`)).toEqual([
      'warning identity-or-shape-use',
      'warning identity-or-shape-use',
      'warning identity-or-shape-use',
    ]);
    expect(results[0]?.locations[0].physicalLocation).toMatchObject({
      artifactLocation: { uri: 'src/compare.ts' },
      region: { startLine: 6 },
    });
  });

  it('prints one HTML page that asks for nothing else and escapes what it shows', async () => {
    const { out } = await migrate('--report', 'html');

    expect(out).toContain('<dd>5</dd><dt>uses found</dt>');
    expect(out).toContain('Promise&lt;void&gt;');
    expect(out).not.toMatch(/<script|<link|src=|href=|url\(|@import/);
    expect(await migrate('--report', 'html')).toMatchObject({ out });
  });

  it('does not print two forms at once', async () => {
    expect(await migrate('--json', '--report', 'html')).toMatchObject({ code: 2 });
    expect(await migrate('--report', 'pdf')).toMatchObject({ code: 2 });
  });
});

describe('refacet migrate on a terminal', () => {
  it('shows progress with counts and the current file, wipes it away, and pages a coloured diff', async () => {
    let paged = '';
    const page = async (text: string): Promise<void> => {
      paged += text;
    };

    const { error, out } = await refacetWith({ isTerminal: true, page }, project.root, 'migrate');

    const lines = error.split('\r\u001B[K');
    expect(lines.some((line) => /^Reading \d+ of \d+ files src\/kill\.ts$/.test(line))).toBe(true);
    expect(lines.some((line) => /^Checking 0 of \d+ files src\//.test(line))).toBe(true);
    expect(lines.at(-1)).toMatch(/^src\/compare\.ts/);
    expect(out).toBe('');
    expect(paged).toContain('\u001B[32m+');
  });

  it('says nothing but the result in a pipe', async () => {
    const { error, out } = await migrate('src/kill.ts');

    expect(error).toBe(
      '1 use found, 1 rewritten, 0 left alone; 1 file changed.\nNames of members occur once: 1 rewritten.\n',
    );
    expect(out).not.toContain('\u001B');
  });

  it('prints what each phase took with --timings', async () => {
    let now = 0;
    const measure = (): { wallMilliseconds: number; cpuMilliseconds: number; residentBytes: number } => {
      now += 1000;
      return { wallMilliseconds: now, cpuMilliseconds: now / 2, residentBytes: 2 ** 30 };
    };

    const { error } = await refacetWith({ measure }, project.root, 'migrate', '--timings');

    expect(error).toMatch(/^reading +1\.00 +0\.50 +1024$/m);
    expect(error).toMatch(/^total +\d+\.00 +\d+\.\d0 +1024$/m);
  });
});
