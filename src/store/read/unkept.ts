/**
 * Rows that do not meet what a definition newly asks of a value: how many, and the titles of a few. One statement, over the rows as the
 * generation has them that they were written in; whoever asks it is the system itself, so that no row is hidden from it.
 */
import { type Call, type EntityContract, Fault, type Field } from '#kernel';
import type { Demand } from '#model';
import { scaled, unseenCharacters } from '#schema';
import { statement } from '../connection/statement.ts';
import { literal, quoted } from '../physical/names.ts';
import type { RowPlan } from '../physical/row-plan.ts';
import type { Prepared } from '../prepare/prepare-model.ts';
import type { RunStatement } from './running.ts';

export interface Unkept {
  readonly count: number;
  /** Of a few of them. */
  readonly titles: readonly string[];
}
const TITLES = 3;

/** `titled`: whether titles may be told. */
export async function readUnkept(
  run: RunStatement,
  call: Call,
  prepared: Prepared,
  { id, title }: EntityContract,
  demand: Demand,
  titled: boolean,
): Promise<Unkept> {
  const plan = prepared.row(id);
  const named = titled ? plan.shown.find(({ field }) => field.name === title) : undefined;
  const text = `select count(*) over (), ${named === undefined ? 'null' : `o.${named.column}::text`} from ${rowsThatBreak(prepared, plan, demand)} order by o.id limit ${TITLES}`;
  const { rows } = await run(call, statement(text), []);
  return { count: Number(rows[0]?.[0] ?? 0), titles: rows.flatMap(([, name]) => (typeof name === 'string' && name !== '' ? [name] : [])) };
}

function rowsThatBreak(prepared: Prepared, plan: RowPlan, { was, list, asks }: Demand): string {
  const { digits } = prepared.model.settings.currency;
  const items = list?.type.kind === 'list' ? prepared.row(list.type.itemId) : undefined;
  const column = (items ?? plan).shown.find(({ field }) => field.id === was.id)?.column;
  if (column === undefined) throw new Fault('bug', `No rows have ${was.name}.`);
  if (asks.kind === 'different')
    return `${plan.view} o where o.${column} in (select s.${column} from ${plan.view} s where s.${column} is not null group by s.${column} having count(*) > 1)`;
  return items === undefined
    ? `${plan.view} o where ${broken(asks, `o.${column}`, was, digits)}`
    : `${plan.view} o where exists (select from ${items.view} i where i.${quoted('parent')} = o.id and ${broken(asks, `i.${column}`, was, digits)})`;
}

function broken(asks: Demand['asks'], column: string, { type }: Field, digits: number): string {
  switch (asks.kind) {
    case 'present':
      return asks.seen ? `(${column} is null or ${column} !~ ${literal(`[^${unseenCharacters}]`)})` : `${column} is null`;
    case 'least':
    case 'most': {
      const by = asks.kind === 'least' ? '<' : '>';
      const bound = type.kind === 'money' ? String(scaled(asks.bound, digits) ?? '') : asks.bound;
      return `${asks.of === 'characters' ? `char_length(${column})` : column} ${by} ${literal(bound)}`;
    }
    case 'among':
      return `${column} <> all (array[${asks.choices.map(literal).join(', ')}]::text[])`;
    case 'different':
    case 'shape':
      throw new Fault('bug', 'Rows are not asked so.');
  }
}
