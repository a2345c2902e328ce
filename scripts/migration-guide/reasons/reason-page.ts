/** What the page about a reason says beside what the tool says itself. */
export interface ReasonPage {
  /** What it means, in whole sentences. */
  readonly why: string;
  /** What to do about it, in whole sentences. */
  readonly byHand: string;
  /** A fixture in which something is left for this reason; some reasons have none that is small enough to be shown. */
  readonly fixture?: string;
  /** What to do about it in the fixture: pieces of text and what takes their place. The reason is gone afterwards. */
  readonly fix?: Readonly<Record<string, readonly (readonly [old: string, fixed: string])[]>>;
}
