import { Lang, parse } from '@ast-grep/napi';
import { readdirSync, readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { rename } from './write-project.js';

for (const entry of readdirSync('src', { recursive: true, withFileTypes: true })) {
  if (!entry.isFile()) continue;
  const path = join(entry.parentPath, entry.name);
  const text = readFileSync(path, 'utf8');
  if (!text.includes(rename.from)) continue;
  const root = parse(Lang.TypeScript, text).root();
  const edits = root.findAll(`$RECEIVER.${rename.from}($$$ARGUMENTS)`).flatMap((call) => {
    const name = call.field('function')?.field('property') ?? undefined;
    return name === undefined ? [] : [name.replace(rename.to)];
  });
  if (edits.length > 0) writeFileSync(path, root.commitEdits(edits));
}
