// Writes the targets of all pairs anew: `npm run dogfood`.
import { writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { migratePairs } from './migrate-pairs.js';

const root = process.cwd();
const files = await migratePairs(root);
for (const { path, text } of files) writeFileSync(join(root, path), text);
console.log(`${files.length} files migrated from legacy/ to src/.`);
