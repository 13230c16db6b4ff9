/** Whether a view that is asked for is there under another name: the same rows, columns and order. Two conditions are the same where they agree on every row that is tried. */
import { canonicalJson, type EntityContract, type Expression, type ViewContract } from '#kernel';
import type { SystemModel } from '#model';
import { evaluate } from '#rules';

/** `columns`: whether the request names them; otherwise those of the view are as good as any. */
export function sameView(wanted: ViewContract, model: SystemModel, columns: boolean): ViewContract | undefined {
  const always = alwaysThere(model.entities.find(({ id }) => id === wanted.from));
  return model.views.find((known) => isSame(wanted, known, always, columns));
}
/** Whether two formulas over one row agree, where fields that a row always has are there. */
export const sameFormula = (one: Expression, other: Expression, entity: EntityContract): boolean => agree(one, other, alwaysThere(entity));

/** Required, calculated, or filled in where nothing is said. */
const alwaysThere = (entity: EntityContract | undefined): ReadonlySet<string> =>
  new Set(
    (entity?.fields ?? []).flatMap(({ name, required, default: given, derived }) =>
      required || given !== undefined || derived !== undefined ? [name] : [],
    ),
  );

function isSame(wanted: ViewContract, known: ViewContract, always: ReadonlySet<string>, named: boolean): boolean {
  if (wanted.from !== known.from || wanted.limit !== known.limit || wanted.show !== known.show) return false;
  if (!agree(wanted.where, known.where, always)) return false;
  // What is asked for is among what is shown; groups are the same ones, however they are labelled.
  const shown = (column: ViewContract['columns'][number]): string =>
    column.aggregate === 'count' ? 'count' : `${column.aggregate ?? ''} ${valueOf(column.value)}`;
  const there = new Set(known.columns.map((column) => shown(column)));
  const grouped = wanted.columns.some((column) => column.aggregate !== undefined);
  if ((named || grouped) && !wanted.columns.every((column) => there.has(shown(column)))) return false;
  const groups = (view: ViewContract): string =>
    view.columns.some((column) => column.aggregate !== undefined)
      ? JSON.stringify(
          [...new Set(view.columns.filter((column) => column.aggregate === undefined).map((column) => valueOf(column.value)))].sort(),
        )
      : '';
  if (groups(wanted) !== groups(known)) return false;
  const order = (view: ViewContract): string =>
    JSON.stringify(
      view.order.map(({ column, direction }) => {
        const of = view.columns.find(({ name }) => name === column);
        return [direction, of === undefined ? column : shown(of)];
      }),
    );
  return wanted.order.length === 0 || order(wanted) === order(known);
}

/** A reference is shown by the row's title: `customer` and `customer.name` are one column to a reader. */
function valueOf(expression: Expression): string {
  const path: string[] = [];
  let at: Expression = expression;
  for (;;) {
    if (at.node === 'field') {
      path.unshift(at.field);
      at = at.of;
    } else if (at.node === 'follow' || at.node === 'coalesce') at = at.of;
    else if (at.node === 'input') break;
    else return canonicalJson(expression as never);
  }
  const joined = path.join('.');
  return joined.endsWith('.name') || joined.endsWith('.number') ? joined.replace(/\.(?:name|number)$/, '') : joined;
}

interface Inner {
  readonly path: string;
  readonly type: string;
}
const MOST_ROWS = 4_096;
/** Agreement on all rows made of the values that either condition speaks of, and of those beside them. */
function agree(one: Expression | undefined, other: Expression | undefined, always: ReadonlySet<string>): boolean {
  if (one === undefined || other === undefined) return one === other;
  if (canonicalJson(one as never) === canonicalJson(other as never)) return true;
  const fields = new Map<string, Inner>();
  const values = new Set<unknown>([null, true, false, 0, 1, 7]);
  if (![one, other].every((each) => plain(each, fields, values))) return false;
  const paths = [...fields.values()];
  const domains = paths.map(({ path, type }) => [...values].filter((value) => fits(type, value) && (value !== null || !always.has(path))));
  if (domains.reduce((product, domain) => product * domain.length, 1) > MOST_ROWS) return false;
  return rowsOf(
    paths.map(({ path }) => path),
    domains,
  ).every((row) => meaning(one, row) === meaning(other, row));
}
const fits = (type: string, value: unknown): boolean =>
  value === null ||
  (type === 'boolean'
    ? typeof value === 'boolean'
    : type === 'number' || type === 'date'
      ? typeof value === 'number'
      : typeof value === 'string');
function meaning(expression: Expression, row: { readonly [name: string]: unknown }): unknown {
  const value = evaluate(expression, { row }, { today: 20_000, follow: () => row } as never);
  return typeof value === 'bigint' ? Number(value) : value;
}
/** Reads only fields of the row itself; anything else is not compared. */
function plain(at: Expression, fields: Map<string, Inner>, values: Set<unknown>): boolean {
  if (at.node === 'field' && at.of.node === 'input') {
    fields.set(at.field, { path: at.field, type: at.type.kind });
    return true;
  }
  if (at.node === 'constant') {
    values.add(at.value);
    if (typeof at.value === 'number') for (const near of [at.value - 1, at.value + 1]) values.add(near);
    if (typeof at.value === 'string') values.add(`${at.value}?`);
    return true;
  }
  if (at.node === 'binary') return plain(at.left, fields, values) && plain(at.right, fields, values);
  if (at.node === 'not' || at.node === 'absent') return plain(at.of, fields, values);
  if (at.node === 'coalesce') return plain(at.of, fields, values) && plain(at.otherwise, fields, values);
  return false;
}
function rowsOf(paths: readonly string[], domains: readonly (readonly unknown[])[]): readonly { readonly [name: string]: unknown }[] {
  return paths.reduce<readonly { readonly [name: string]: unknown }[]>(
    (rows, path, at) => rows.flatMap((row) => (domains[at] ?? []).map((value) => ({ ...row, [path]: value }))),
    [{}],
  );
}
