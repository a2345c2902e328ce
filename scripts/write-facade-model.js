// Writes the model of the facade beside its built declarations, for users of the package; after phase 3 there is none.
import { execFileSync } from 'node:child_process';
import { existsSync } from 'node:fs';

const facade = 'legacy/legacy-runner.ts';

if (existsSync(facade)) {
  const command = ['dist/codemods/cli/main.js', 'model'];
  const options = ['--facade', `${facade}#LegacyRunner`, '--project', 'tsconfig.build.json'];
  execFileSync(process.execPath, [...command, ...options], { stdio: 'inherit' });
}
