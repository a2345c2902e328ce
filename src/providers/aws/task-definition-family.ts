/** The family that the task definitions of an image are registered under: what an executor knows of it by its ID. */
export function taskDefinitionFamily(imageId: string): string {
  const sanitised = imageId
    .replace(/[^A-Za-z0-9_-]/g, '-')
    .replace(/-+/g, '-')
    .replace(/^-|-$/g, '');
  return `runvoy-${sanitised}`;
}
