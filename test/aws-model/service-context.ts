/** What the services of one account and region share. */
export interface ServiceContext {
  readonly region: string;
  readonly accountId: string;
  readonly now: () => Date;
  /** A fresh number for identifiers; counts up from 1 in each world. */
  readonly nextNumber: () => number;
  /** Most entries on a page where the request asks for no fewer; small in tests of paging. */
  readonly pageSize: number;
}
