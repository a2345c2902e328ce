/** The family that the task definitions of an image are registered under. */
export function taskDefinitionFamily(imageId: string): string {
  const sanitised = imageId
    .replace(/[^A-Za-z0-9_-]/g, '-')
    .replace(/-+/g, '-')
    .replace(/^-|-$/g, '');
  return `runvoy-${sanitised}`;
}
