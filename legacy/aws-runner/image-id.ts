import { createHash } from 'node:crypto';

/** What an image ID is made from. The registry is not part of it. */
export interface ImageIdParts {
  readonly name: string;
  readonly tag: string;
  readonly cpu: number;
  readonly memory: number;
  readonly runtimePlatform: string;
  readonly taskRoleName: string | undefined;
  readonly taskExecutionRoleName: string | undefined;
}

/** `name:tag-` and the first eight hex digits of the hash of the whole configuration. */
export function imageIdOf(parts: ImageIdParts): string {
  const roles = `${roleWord(parts.taskRoleName)}#${roleWord(parts.taskExecutionRoleName)}`;
  const text = `${parts.name}:${parts.tag}:${parts.cpu}:${parts.memory}:${parts.runtimePlatform}:${roles}`;
  const digits = createHash('sha256').update(text, 'utf8').digest('hex').slice(0, 8);
  return `${parts.name}:${parts.tag}-${digits}`;
}

/** Whether text is taken for an image ID, which some ordinary references are too. */
export function looksLikeImageId(text: string): boolean {
  const dash = text.lastIndexOf('-');
  if (dash < 0) return false;
  return /^[0-9a-fA-F]{8}$/.test(text.slice(dash + 1)) && text.slice(0, dash).includes(':');
}

function roleWord(roleName: string | undefined): string {
  return roleName === undefined || roleName === '' ? 'default' : roleName;
}
