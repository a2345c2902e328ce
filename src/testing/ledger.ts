/** Counts by two names, such as method and outcome. */
export type Table = Record<string, Record<string, number>>;

/** What a run of comparisons covered: plain data, so that shards can be added up and kept. */
export interface Coverage {
  readonly scenarios: number;
  readonly calls: number;
  readonly requests: number;
  readonly schedules: number;
  /** Method → outcome of the reference → count. */
  readonly outcomes: Table;
  /** Operation → kind of fault that met a request of either implementation → count. */
  readonly faults: Table;
  /** Row → `applied`, `changed` → count. */
  readonly rows: Table;
  /** Rule → `matched` → count. */
  readonly normalisations: Table;
  /** Operation → `both`, `one side` → count of faults that met a request. */
  readonly sharedFaults: Table;
}

/** Counts what a run of comparisons covers. */
export class Ledger {
  #coverage = {
    scenarios: 0,
    calls: 0,
    requests: 0,
    schedules: 0,
    outcomes: {} as Table,
    faults: {} as Table,
    rows: {} as Table,
    normalisations: {} as Table,
    sharedFaults: {} as Table,
  };

  get coverage(): Coverage {
    return structuredClone(this.#coverage);
  }

  addTo(count: 'scenarios' | 'calls' | 'requests' | 'schedules', amount = 1): void {
    this.#coverage[count] += amount;
  }

  count(
    table: 'outcomes' | 'faults' | 'rows' | 'normalisations' | 'sharedFaults',
    row: string,
    column: string,
  ): void {
    increase(this.#coverage[table], row, column, 1);
  }

  /** Adds what another run covered. */
  merge(other: Coverage): void {
    for (const count of ['scenarios', 'calls', 'requests', 'schedules'] as const)
      this.addTo(count, other[count]);
    for (const table of ['outcomes', 'faults', 'rows', 'normalisations', 'sharedFaults'] as const) {
      for (const [row, columns] of Object.entries(other[table])) {
        for (const [column, amount] of Object.entries(columns)) {
          increase(this.#coverage[table], row, column, amount);
        }
      }
    }
  }
}

function increase(table: Table, row: string, column: string, amount: number): void {
  const columns = (table[row] ??= {});
  columns[column] = (columns[column] ?? 0) + amount;
}
