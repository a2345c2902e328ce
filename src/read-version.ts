import { readFileSync } from 'node:fs';

/** The version in the manifest of the package that this file was built into. */
export function readVersion(): string {
  const manifest = readFileSync(new URL('../../package.json', import.meta.url), 'utf8');
  return (JSON.parse(manifest) as { version: string }).version;
}
