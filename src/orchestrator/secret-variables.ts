/** Parts that make a variable's name look as if its value were nobody's business. */
const tellingParts = [
  'ACCESS_KEY',
  'API_KEY',
  'API_SECRET',
  'GITHUB_SECRET',
  'GITHUB_TOKEN',
  'PASSWORD',
  'PRIVATE_KEY',
  'SECRET_KEY',
  'SECRET',
  'TOKEN',
] as const;

/** Whether the value of a variable is to be kept out of logs, by its name alone. */
export function isSecretVariable(name: string): boolean {
  const upperCased = name.toUpperCase();
  return tellingParts.some((part) => upperCased.includes(part));
}
