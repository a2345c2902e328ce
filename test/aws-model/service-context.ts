/** What the services of one account and region share. */
export interface ServiceContext {
  readonly region: string;
  readonly accountId: string;
  readonly now: () => Date;
  /** A fresh number for identifiers; counts up from 1 in each world. */
  readonly nextNumber: () => number;
  /** Most entries on a page where the request asks for no fewer; small in tests of paging. */
  readonly pageSize: number;
  /** The same for task definitions, of which tests need more than ten on a page. Default {@link pageSize}. */
  readonly definitionsOnPage?: number | undefined;
  /** Bytes after which a page of DynamoDB is full. Default 1 MiB, as in the service. */
  readonly bytesOfPage?: number | undefined;
}
