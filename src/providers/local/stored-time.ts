/** A date as whole Unix seconds, cut off and not rounded: no record lies in the future. */
export function toSeconds(date: Date): number {
  return Math.floor(date.getTime() / 1000);
}

export function fromSeconds(seconds: number): Date {
  return new Date(seconds * 1000);
}

/** The same for a date that may be absent; the store writes absence as null. */
export function toOptionalSeconds(date: Date | undefined): number | null {
  return date === undefined ? null : toSeconds(date);
}

export function fromOptionalSeconds(seconds: number | undefined): Date | undefined {
  return seconds === undefined ? undefined : fromSeconds(seconds);
}
