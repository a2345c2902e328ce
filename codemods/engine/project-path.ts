import { isAbsolute, relative, resolve, sep } from 'node:path';

/**
 * A path from the project's root, with slashes on every system. The only kind of path that leaves the engine, so that
 * reports are the same on every machine.
 */
export type ProjectPath = string & { readonly __projectPath: unique symbol };

/** The project-relative form of an absolute path. */
export function toProjectPath(root: string, path: string): ProjectPath {
  return relative(root, path).split(sep).join('/') as ProjectPath;
}

/** The absolute form, with slashes, as the compiler names its files. */
export function toAbsolutePath(root: string, path: string): string {
  return (isAbsolute(path) ? path : resolve(root, path)).split(sep).join('/');
}

/** Whether a project path is the given folder or file, or lies in it. The empty string and `.` are the whole project. */
export function isWithin(path: ProjectPath, folder: string): boolean {
  const wanted = folder.replace(/^\.\//, '').replace(/\/+$/, '');
  return wanted === '' || wanted === '.' || path === wanted || path.startsWith(`${wanted}/`);
}
