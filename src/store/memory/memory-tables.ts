/** Tables in memory. A transaction is a layer over what is committed, and rolling back is dropping it. */
import type { PermanentId } from '#kernel';
import type { StoredRow, Tables } from '../write/stored-row.ts';

export class BaseTables implements Tables {
  readonly #rows = new Map<PermanentId, Map<string, StoredRow>>();
  writes = 0;

  get(entity: PermanentId, id: string): StoredRow | undefined {
    return this.#rows.get(entity)?.get(id);
  }
  all(entity: PermanentId): Iterable<StoredRow> {
    return this.#rows.get(entity)?.values() ?? [];
  }
  set(entity: PermanentId, row: StoredRow): void {
    let rows = this.#rows.get(entity);
    if (rows === undefined) {
      rows = new Map();
      this.#rows.set(entity, rows);
    }
    rows.set(row.id, row);
    this.writes += 1;
  }
  delete(entity: PermanentId, id: string): void {
    this.#rows.get(entity)?.delete(id);
    this.writes += 1;
  }
}

/** What one transaction wrote, over what is there. */
export class LayerTables implements Tables {
  readonly #under: Tables;
  #rows = new Map<PermanentId, Map<string, StoredRow | null>>();
  writes: number;

  constructor(under: Tables) {
    this.#under = under;
    this.writes = under.writes;
  }
  get(entity: PermanentId, id: string): StoredRow | undefined {
    const own = this.#rows.get(entity)?.get(id);
    return own === undefined ? this.#under.get(entity, id) : (own ?? undefined);
  }
  *all(entity: PermanentId): Iterable<StoredRow> {
    const own = this.#rows.get(entity);
    for (const row of this.#under.all(entity)) if (own?.has(row.id) !== true) yield row;
    for (const row of own?.values() ?? []) if (row !== null) yield row;
  }
  set(entity: PermanentId, row: StoredRow): void {
    this.#layer(entity).set(row.id, row);
  }
  delete(entity: PermanentId, id: string): void {
    this.#layer(entity).set(id, null);
  }
  /** A point to come back to. */
  mark(): () => void {
    const rows = new Map([...this.#rows].map(([entity, own]) => [entity, new Map(own)]));
    return () => {
      this.#rows = rows;
      this.writes += 1;
    };
  }
  commit(): void {
    for (const [entity, own] of this.#rows) {
      for (const [id, row] of own) {
        if (row === null) this.#under.delete(entity, id);
        else this.#under.set(entity, row);
      }
    }
    this.#rows = new Map();
  }
  #layer(entity: PermanentId): Map<string, StoredRow | null> {
    this.writes += 1;
    let own = this.#rows.get(entity);
    if (own === undefined) {
      own = new Map();
      this.#rows.set(entity, own);
    }
    return own;
  }
}
