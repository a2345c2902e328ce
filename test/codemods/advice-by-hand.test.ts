import { describe, expect, it } from 'vitest';
import { reasons, type Reason } from '../../codemods/index.js';
import { reasonPages } from '../../scripts/migration-guide/reasons/index.js';
import { applyFix } from '../../scripts/migration-guide/reasons/print-reason-page.js';
import type { ReasonPage } from '../../scripts/migration-guide/reasons/reason-page.js';
import { readFixture } from './fixture.js';
import { migrate } from './fixture-runner.js';
import { projectRoot, type Files } from './in-memory-project.js';

const advised = reasons.flatMap((reason): (readonly [Reason, Required<ReasonPage>])[] => {
  const { fixture, fix, ...page } = reasonPages[reason];
  return fixture === undefined || fix === undefined ? [] : [[reason, { ...page, fixture, fix }]];
});

function withFix(files: Files, fix: Required<ReasonPage>['fix']): Files {
  const fixed = Object.entries(fix).map(([path, edits]) => {
    const place = `${projectRoot}/${path}`;
    return [place, applyFix(files.get(place) ?? '', edits)] as const;
  });
  return new Map([...files, ...fixed]);
}

describe('what the page about a reason advises', () => {
  it.each(advised)('helps: %s', (reason, { fixture: name, fix }) => {
    const fixture = readFixture(name);
    const { leftAlone, errorsBefore, errorsAfter } = migrate(fixture, withFix(fixture.before, fix));

    const lines = [...leftAlone.left, ...leftAlone.stays];
    expect(
      lines.filter((line) => line.includes(`: ${reason}`) || line.includes(`blocked-by ${reason}`)),
    ).toEqual([]);
    expect(errorsBefore).toEqual([]);
    expect(errorsAfter).toEqual([]);
  });
});
