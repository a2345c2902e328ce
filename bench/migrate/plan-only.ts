import { findFacade } from '../../codemods/engine/facade/find-facade.js';
import { openProject } from '../../codemods/engine/open-project.js';
import { planMigration } from '../../codemods/engine/plan-migration.js';

// Everything but the proof that the outcome compiles.
const facade = 'src/legacy/facade.ts#RunnerFacade';
const project = openProject({ root: process.cwd(), facade });
planMigration({
  project,
  facade: findFacade(project, { facade }),
  scope: [],
  allowBindings: true,
  keepDoubles: false,
  isVerified: false,
  width: undefined,
});
