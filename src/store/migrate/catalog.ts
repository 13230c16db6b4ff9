/** What is there in the schemas `e` and `v`: read once before DDL is derived. */
import type pg from 'pg';

export interface Catalog {
  /** Types of columns by table, of schema `e`. */
  readonly tables: ReadonlyMap<string, ReadonlyMap<string, string>>;
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
  /** Columns of sensitive fields that the workshop may read still, by view: a field may become sensitive while its view stays. */
  readonly exposed: ReadonlyMap<string, readonly string[]>;
  /** CHECK constraints by table, and whether all rows were seen to meet each. */
  readonly checks: ReadonlyMap<string, ReadonlyMap<string, boolean>>;
}
export const emptyCatalog: Catalog = {
  tables: new Map(),
  views: new Set(),
  indexes: new Set(),
  brokenIndexes: new Set(),
  large: new Set(),
  viewOwner: true,
  exposed: new Map(),
  checks: new Map(),
};

const LARGE_PAGES = 2_000;

interface Relation {
  readonly name: string;
  readonly kind: string;
  readonly valid: boolean | null;
  readonly pages: number;
}
interface Columns {
  readonly name: string;
  readonly columns: { readonly [name: string]: string };
}
interface Checks {
  readonly name: string;
  readonly checks: { readonly [name: string]: boolean };
}

/** `wanted`: names of tables, views and indexes that matter; columns are read of those tables alone. */
export async function readCatalog(
  client: pg.ClientBase,
  wanted: {
    readonly tables: readonly string[];
    readonly names: readonly string[];
    readonly secret: readonly { readonly view: string; readonly column: string }[];
  },
): Promise<Catalog> {
  const found = await client.query<{
    relations: readonly Relation[];
    columns: readonly Columns[];
    checks: readonly Checks[];
    member: boolean;
  }>(
    `select (select coalesce(json_agg(json_build_object('name', c.relname, 'kind', c.relkind, 'valid', i.indisvalid, 'pages', c.relpages)), '[]')
         from pg_class c join pg_namespace n on n.oid = c.relnamespace left join pg_index i on i.indexrelid = c.oid
         where n.nspname in ('e', 'v') and c.relname = any($1::text[])) as relations,
       (select coalesce(json_agg(json_build_object('name', name, 'columns', columns)), '[]')
         from (select c.relname as name, json_object_agg(a.attname, a.atttypid::regtype) as columns from pg_class c join pg_namespace n on n.oid = c.relnamespace
           join pg_attribute a on a.attrelid = c.oid and a.attnum > 0 and not a.attisdropped where n.nspname = 'e' and c.relkind = 'r' and c.relname = any($2::text[]) group by c.relname) t) as columns,
       (select coalesce(json_agg(json_build_object('name', name, 'checks', checks)), '[]')
         from (select c.relname as name, json_object_agg(k.conname, k.convalidated) as checks from pg_constraint k join pg_class c on c.oid = k.conrelid
           join pg_namespace n on n.oid = c.relnamespace where n.nspname = 'e' and k.contype = 'c' and c.relname = any($2::text[]) group by c.relname) t) as checks,
       coalesce((select pg_has_role(current_user, r.oid, 'member') and has_schema_privilege(r.oid, 'v', 'create') from pg_roles r where r.rolname = 'theseus_view'), false) as member`,
    [wanted.names, wanted.tables],
  );
  const { relations, columns, checks, member } = found.rows[0] ?? { relations: [], columns: [], checks: [], member: false };
  const views = new Set(relations.filter(({ kind }) => kind === 'v').map(({ name }) => name));
  const indexes = relations.filter(({ kind }) => kind === 'i');
  // in the trial database the workshop owns all there is
  const exposed =
    wanted.secret.length === 0
      ? { rows: [] }
      : await client.query<{ view: string; columns: string[] }>(
          `select t.view, array_agg(t.column) as columns from jsonb_to_recordset($1::jsonb) as t(view text, "column" text)
           join pg_class c on c.relname = t.view join pg_namespace n on n.oid = c.relnamespace and n.nspname = 'v'
           join pg_roles r on r.rolname = 'theseus_workshop' and r.oid <> c.relowner
           where has_column_privilege(r.oid, c.oid, t.column, 'select') group by t.view`,
          [JSON.stringify(wanted.secret)],
        );
  return {
    exposed: new Map(exposed.rows.map(({ view, columns: names }) => [view, names])),
    viewOwner: member,
    checks: new Map(checks.map(({ name, checks: states }) => [name, new Map(Object.entries(states))])),
    tables: new Map(columns.map(({ name, columns: types }) => [name, new Map(Object.entries(types))])),
    views,
    indexes: new Set(indexes.filter(({ valid }) => valid === true).map(({ name }) => name)),
    brokenIndexes: new Set(indexes.filter(({ valid }) => valid !== true).map(({ name }) => name)),
    large: new Set(relations.filter(({ kind, pages }) => kind === 'r' && pages > LARGE_PAGES).map(({ name }) => name)),
  };
}
