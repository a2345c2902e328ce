/** A way in which code holds a source, and how a source comes to be held. */
export interface Shape {
  /** How the code reads the source that it holds. */
  readonly receiver: string;
  /** The declarations that hold the source, around a body of async code. */
  readonly hold: (body: string) => string;
  /** What another module imports to hand a source over; `{ use }` if absent. */
  readonly imported?: string;
  /** How it hands the source over. */
  readonly use: (source: string) => string;
}

/** An exported function around a body. */
export function functionOf(parameters: string, body: string, name = 'use'): string {
  return `export async function ${name}(${parameters}): Promise<unknown> {\n${body}\n}`;
}

/** How a source is handed to a function as its only argument. */
export const call = (source: string): string => `use(${source})`;
