import type { Configuration } from './configuration/read-configuration.js';
import {
  explainFinding,
  worseOf,
  type FacadeFinding,
  type FindingCode,
  type Grade,
} from './engine/facade/facade-findings.js';
import { findFacade } from './engine/facade/find-facade.js';
import { openProject } from './engine/open-project.js';
import { toProjectPath, type ProjectPath } from './engine/project-path.js';

/** What `refacet check` says about one method. */
export interface MethodCheck {
  readonly name: string;
  readonly grade: Grade;
  readonly findings: readonly {
    readonly code: FindingCode;
    readonly line: number;
    readonly column: number;
    readonly text: string;
  }[];
}

/** What `refacet check` says about a facade. */
export interface FacadeCheck {
  readonly version: 1;
  readonly facade: string;
  readonly path: ProjectPath;
  readonly slots: readonly string[];
  readonly wayBack: string | undefined;
  /** The worst grade of any method. */
  readonly grade: Grade;
  readonly methods: readonly MethodCheck[];
  readonly findings: MethodCheck['findings'];
}

/** Grades every method of the facade: can its body take the place of every call, of some, of none? */
export function checkFacade(configuration: Configuration): FacadeCheck {
  const { model } = findFacade(openProject(configuration), configuration);
  const say = (finding: FacadeFinding): MethodCheck['findings'][number] => ({
    code: finding.code,
    line: finding.line,
    column: finding.column,
    text: explainFinding(finding),
  });
  return {
    version: 1,
    facade: model.facade.name,
    path: toProjectPath(configuration.root, model.facade.module),
    slots: model.slots.map(({ name }) => name),
    wayBack: model.wayBack?.name,
    grade: model.methods.reduce<Grade>((worst, { grade }) => worseOf(worst, grade), 'linear'),
    methods: model.methods.map(({ name, grade, findings }) => ({ name, grade, findings: findings.map(say) })),
    findings: model.findings.map(say),
  };
}
