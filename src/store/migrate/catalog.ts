/** What is there in the schemas `e` and `v`: read once before DDL is derived. */
import type pg from 'pg';

export interface Catalog {
  /** Columns by table, of schema `e`. */
  readonly tables: ReadonlyMap<string, ReadonlySet<string>>;
  readonly views: ReadonlySet<string>;
  /** Valid indexes of schema `e`, and those that an interrupted build left behind. */
  readonly indexes: ReadonlySet<string>;
  readonly brokenIndexes: ReadonlySet<string>;
  /** Tables whose rows are so many that an index must be built beside the work. */
  readonly large: ReadonlySet<string>;
  /**
   * Whether views can be given to a role that owns no table: row security then holds through them without FORCE. Else (an outside
   * database with four logins, the trial database) it is forced.
   */
  readonly viewOwner: boolean;
}
export const emptyCatalog: Catalog = {
  tables: new Map(),
  views: new Set(),
  indexes: new Set(),
  brokenIndexes: new Set(),
  large: new Set(),
  viewOwner: true,
};

const LARGE_PAGES = 2_000;

/** `wanted`: names of tables, views and indexes that matter; columns are read of those tables alone. */
export async function readCatalog(
  client: pg.ClientBase,
  wanted: { readonly tables: readonly string[]; readonly names: readonly string[] },
): Promise<Catalog> {
  const relations = await client.query<{ name: string; kind: string; valid: boolean | null; pages: number }>(
    `select c.relname as name, c.relkind as kind, i.indisvalid as valid, c.relpages as pages
     from pg_class c join pg_namespace n on n.oid = c.relnamespace left join pg_index i on i.indexrelid = c.oid
     where n.nspname in ('e', 'v') and c.relname = any($1::text[])`,
    [wanted.names],
  );
  const views = new Set(relations.rows.filter(({ kind }) => kind === 'v').map(({ name }) => name));
  const indexes = relations.rows.filter(({ kind }) => kind === 'i');
  const columns = await client.query<{ name: string; columns: string[] }>(
    `select c.relname as name, array_agg(a.attname::text) as columns from pg_class c join pg_namespace n on n.oid = c.relnamespace
     join pg_attribute a on a.attrelid = c.oid and a.attnum > 0 and not a.attisdropped where n.nspname = 'e' and c.relkind = 'r' and c.relname = any($1::text[]) group by c.relname`,
    [wanted.tables],
  );
  const owner = await client.query<{ member: boolean }>(
    "select coalesce((select pg_has_role(current_user, r.oid, 'member') and has_schema_privilege(r.oid, 'v', 'create') from pg_roles r where r.rolname = 'theseus_view'), false) as member",
  );
  return {
    viewOwner: owner.rows[0]?.member === true,
    tables: new Map(columns.rows.map(({ name, columns: names }) => [name, new Set(names)])),
    views,
    indexes: new Set(indexes.filter(({ valid }) => valid === true).map(({ name }) => name)),
    brokenIndexes: new Set(indexes.filter(({ valid }) => valid !== true).map(({ name }) => name)),
    large: new Set(relations.rows.filter(({ kind, pages }) => kind === 'r' && pages > LARGE_PAGES).map(({ name }) => name)),
  };
}
