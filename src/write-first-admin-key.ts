import { mkdir, rm, writeFile } from 'node:fs/promises';
import { join } from 'node:path';

/** Writes the key of the first admin where only the server's user can read it, and resolves to the file's path. */
export async function writeFirstAdminKey(stateDirectory: string, apiKey: string): Promise<string> {
  const path = join(stateDirectory, 'first-admin-key');
  await mkdir(stateDirectory, { recursive: true, mode: 0o700 });
  // A file of an earlier life may have other permissions, or be a link to somewhere.
  await rm(path, { force: true });
  await writeFile(path, `${apiKey}\n`, { mode: 0o600, flag: 'wx' });
  return path;
}
