/** What follows the last slash, or everything where there is none: the ID in an ARN. */
export function lastSegment(arn: string): string {
  return arn.slice(arn.lastIndexOf('/') + 1);
}
