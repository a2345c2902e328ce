/** Gives any stretch of the file after the edits inside it. */
export type TextOf = (start: number, end: number) => string;
