/**
 * Rows by the definition of their fields, made in the database itself: as many as asked, the same ones for the same seed. How many
 * different values a field has, and how often it has none, follows the shape that is given; where none is, values are spread
 * evenly over what the field allows, and what need not be there is absent in a tenth of the rows. They meet types and choices, and
 * not rules over several fields: they are there to be read and counted, never to be judged.
 */
import type { Field, PermanentId } from '#kernel';
import { currencyColumn, literal, quoted } from '../physical/names.ts';
import type { RowPlan } from '../physical/row-plan.ts';

/** What is known of a field's values without knowing one of them. */
export interface FieldShape {
  /** Share of rows without a value, 0 to 1. */
  readonly absent: number;
  /** Different values; absent: as many as there are rows. */
  readonly distinct?: number;
  /** Of a choice: the share of each, by permanent id. */
  readonly shares?: ReadonlyMap<PermanentId, number>;
  /** Of a boolean: the share that is so. */
  readonly yes?: number;
}
export interface Fill {
  readonly plan: RowPlan;
  readonly rows: number;
  /** Number of the first row; 1 where nothing is said. */
  readonly first?: number;
  /** Rows of the parents, where these are the items of a list. */
  readonly parents?: { readonly id: PermanentId; readonly rows: number };
  /** Rows of an entity, for references to it. */
  readonly rowsOf: (entity: PermanentId) => number;
  readonly shapes?: ReadonlyMap<PermanentId, FieldShape>;
  readonly seed: number;
}

/** The statement that fills a table; `i` counts its rows. */
export function fillStatement({ plan, rows, first = 1, parents, rowsOf, shapes, seed }: Fill): string {
  const columns: string[] = ['id', ...(plan.list ? ['parent', 'position'] : ['version'])];
  const values: string[] = [rowId(plan.id, 'i')];
  if (parents === undefined) values.push('1');
  else values.push(rowId(parents.id, `(1 + (i - 1) % ${Math.max(1, parents.rows)})`), `((i - 1) / ${Math.max(1, parents.rows)})`);
  for (const { field } of [...plan.stored, ...plan.fixed]) {
    const shape = shapes?.get(field.id);
    const value = generated(field, rowsOf, seed, field.unique ? undefined : shape);
    const absent = field.required || field.unique || plan.list ? 0 : (shape?.absent ?? 0.1);
    const money = field.type.kind === 'money';
    columns.push(quoted(field.id), ...(money ? [quoted(currencyColumn(field.id))] : []));
    values.push(
      absent === 0
        ? value
        : `case when ${chanceOf(`${field.id} absent`, 'i', seed)} < ${Math.round(absent * MOST)} then null else ${value} end`,
      ...(money ? [literal(plan.currency)] : []),
    );
  }
  return `insert into ${plan.table} (${columns.join(', ')}) select ${values.join(', ')} from generate_series(${first}, ${first + rows - 1}) i`;
}

/** Ids in the order of their making, as the broker gives them. */
export const rowId = (of: PermanentId, at: string): string => {
  const chance = `md5(${literal(of)} || ${at})`;
  return `(lpad(to_hex(1704067200000 + ${at}::bigint * 60000), 12, '0') || '7' || substr(${chance}, 1, 3) || '8' || substr(${chance}, 4, 15))::uuid`;
};

const MOST = 2 ** 28;
/** A number from 0 to 2^28 - 1 that follows from seed, name and what stands in `of`. */
const chanceOf = (name: string, of: string, seed: number): string =>
  `('x' || substr(md5(${literal(`${seed} ${name} `)} || ${of}), 1, 7))::bit(28)::int`;

function generated(field: Field, rowsOf: (entity: PermanentId) => number, seed: number, shape: FieldShape | undefined): string {
  const { type } = field;
  /** What a value follows from: the row, or which of the different values it is. */
  const of = shape?.distinct === undefined ? 'i' : `(${chanceOf(`${field.id} which`, 'i', seed)} % ${Math.max(1, shape.distinct)})`;
  const chance = chanceOf(field.id, of, seed);
  switch (type.kind) {
    case 'text':
    case 'email':
    case 'url': {
      const letters = `md5(${literal(`${seed} ${field.id}`)} || ${of})`;
      if (type.kind === 'email') return `${of} || '.' || substr(${letters}, 1, 7) || '@example.org'`;
      if (type.kind === 'url') return `'https://example.org/' || ${of} || substr(${letters}, 1, 7)`;
      return `left(${field.unique ? "i || ' ' || " : ''}substr(${letters}, 1, 7) || ' ' || substr(${letters}, 9, 5), ${type.max ?? 60})`;
    }
    case 'integer':
    case 'duration': {
      const least = type.min ?? 0;
      if (field.unique) return `i + ${least}`;
      return `${least} + ${chance} % ${Math.max(1, Math.min((type.max ?? least + 999) - least + 1, 100_000_000))}`;
    }
    case 'money':
      return field.unique ? 'i' : `${chance} % 1000000`;
    case 'decimal':
    case 'quantity':
      return field.unique ? 'i' : `round((${chance} % 1000000)::numeric / 1000, ${type.scale})`;
    case 'boolean':
      return `${chanceOf(field.id, 'i', seed)} < ${Math.round((shape?.yes ?? 0.5) * MOST)}`;
    case 'date':
      return `date '2024-01-01' + ${chance} % 730`;
    case 'instant':
      return `timestamptz '2024-01-01' + (${chance} % 63072000) * interval '1 second'`;
    case 'choice':
      return chosen(type.choices, chanceOf(field.id, 'i', seed), shape);
    case 'reference': {
      const rows = Math.min(rowsOf(type.to), shape?.distinct ?? Infinity);
      return rows < 1 ? 'null::uuid' : rowId(type.to, `(1 + ${field.unique ? 'i - 1' : chanceOf(field.id, 'i', seed)} % ${rows})`);
    }
    case 'json':
      return `'{}'::jsonb`;
    case 'list':
      return 'null';
  }
}

/** Each choice in its share; where none is known all are as frequent. */
function chosen(choices: readonly { readonly id: PermanentId }[], chance: string, shape: FieldShape | undefined): string {
  const shares = choices.map(({ id }) => shape?.shares?.get(id) ?? (shape?.shares === undefined ? 1 : 0));
  const total = shares.reduce((sum, share) => sum + share, 0);
  if (total === 0) return 'null::text';
  let below = 0;
  const cases = choices.map(({ id }, at) => {
    below += (shares[at] ?? 0) / total;
    return `when ${chance} < ${Math.ceil(below * MOST)} then ${literal(id)}`;
  });
  return `case ${cases.join(' ')} end`;
}
