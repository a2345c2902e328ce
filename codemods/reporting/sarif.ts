import type { Location, Log, ReportingDescriptor, Result } from 'sarif';
import { explain } from '../engine/explain.js';
import type { Reason } from '../engine/reasons.js';
import { isWork, type Report } from './report.js';
import type { LeftAlone, Place } from './left-alone.js';

/** The report as a SARIF 2.1.0 log, which code hosts show beside the code: one result for each line of the report. */
export function sarifReport({ leftAlone }: Report, version: string): string {
  const ruleIds = [...new Set(leftAlone.map(rootReason))].sort();
  const log: Log = {
    $schema: 'https://json.schemastore.org/sarif-2.1.0.json',
    version: '2.1.0',
    runs: [
      {
        tool: { driver: { name: 'refacet', semanticVersion: version, rules: ruleIds.map(ruleOf) } },
        columnKind: 'utf16CodeUnits',
        results: leftAlone.map((line) => resultOf(line, ruleIds)),
      },
    ],
  };
  return `${JSON.stringify(log, undefined, 2)}\n`;
}

function rootReason({ reason, blockedBy }: LeftAlone): Reason {
  return blockedBy?.reason ?? reason;
}

function ruleOf(id: Reason): ReportingDescriptor {
  const { seen, next } = explain({ reason: id });
  return { id, shortDescription: { text: seen }, help: { text: next } };
}

function resultOf(line: LeftAlone, ruleIds: readonly Reason[]): Result {
  const { name, kind, reason, detail, blockedBy } = line;
  const ruleId = rootReason(line);
  const { seen, next } = explain(blockedBy ?? { reason, detail });
  const origin = blockedBy === undefined ? '' : `, blocked by ${blockedBy.path}:${blockedBy.line}`;
  return {
    ruleId,
    ruleIndex: ruleIds.indexOf(ruleId),
    level: isWork(line) ? 'warning' : 'note',
    message: {
      text: `${kind === 'use' ? name : `The declaration ${name}`} left alone${origin}: ${seen} ${next}`,
    },
    locations: [locationOf(line)],
    ...(blockedBy === undefined
      ? {}
      : { relatedLocations: [{ id: 1, ...locationOf(blockedBy), message: { text: seen } }] }),
  };
}

function locationOf({ path, line, column }: Place): Location {
  return {
    physicalLocation: {
      artifactLocation: { uri: path.split('/').map(encodeURIComponent).join('/'), uriBaseId: '%SRCROOT%' },
      region: { startLine: line, startColumn: column },
    },
  };
}
