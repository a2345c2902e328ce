import { openWithFacade } from '../../codemods/engine/open-with-facade.js';
import { planMigration } from '../../codemods/engine/plan-migration.js';

// Everything but the proof that the outcome compiles.
const choice = 'src/legacy/facade.ts#RunnerFacade';
const { project, facade } = openWithFacade({ root: process.cwd(), facade: choice });
planMigration({
  project,
  facade,
  scope: [],
  allowBindings: true,
  keepDoubles: false,
  isVerified: false,
  width: undefined,
});
