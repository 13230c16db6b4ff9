/**
 * The schema `now`: the rows of the routed generation under plain names, with labels and amounts, for people who look with SQL.
 * Nothing of the product reads it. Its views are the only ones that are ever replaced; they lock nothing but themselves.
 */
import pg from 'pg';
import { Fault } from '#kernel';
import type { SystemModel } from '#model';
import { literal, quoted } from '../physical/names.ts';
import type { RowPlan, ShownField } from '../physical/row-plan.ts';
import { prepareModel } from '../prepare/prepare-model.ts';

/** Texts of the views by name: one for each entity by its plural, one for each list as `orders_lines`. */
export function nowViews(model: SystemModel): ReadonlyMap<string, string> {
  const prepared = prepareModel(model);
  const views = new Map<string, string>();
  for (const entity of model.entities) {
    const plan = prepared.entity(entity.id);
    views.set(entity.plural, nowView(plan.row, model));
    for (const list of plan.lists) views.set(`${entity.plural}_${list.field.name}`, nowView(list.row, model));
  }
  return views;
}

function nowView(plan: RowPlan, model: SystemModel): string {
  const own = plan.list ? ['id', 'parent', 'position'] : ['id', 'version'];
  const columns = [...own.map((name) => `o.${name}`), ...plan.shown.map((shown) => `${valueOf(shown, model)} as ${shown.column}`)];
  return `select ${columns.join(', ')} from (${plan.viewText}) o`;
}
function valueOf({ field, column }: ShownField, model: SystemModel): string {
  const { type } = field;
  if (type.kind === 'choice')
    return `case o.${column} ${type.choices.map((choice) => `when ${literal(choice.id)} then ${literal(choice.name)}`).join(' ')} end`;
  const { digits } = model.settings.currency;
  return type.kind === 'money' ? `round(o.${column}::numeric / ${10 ** digits}, ${digits})` : `o.${column}`;
}

/** With the owner's login, after an activation. Safe to repeat; several at once follow one another. */
export async function showNow(ownerUrl: string, model: SystemModel): Promise<void> {
  const client = new pg.Client({ connectionString: ownerUrl, application_name: 'theseus now' });
  try {
    await client.connect();
    await client.query("begin; set local lock_timeout = '1s'; select pg_advisory_xact_lock(7405002)");
    const there = await client.query<{ name: string }>(
      "select c.relname as name from pg_class c join pg_namespace n on n.oid = c.relnamespace where n.nspname = 'now' and c.relkind = 'v'",
    );
    const views = nowViews(model);
    const statements = [
      ...there.rows.map(({ name }) => `drop view now.${quoted(name)}`),
      ...[...views].map(([name, text]) => `create view now.${quoted(name)} as ${text}`),
    ];
    if (statements.length > 0) await client.query(statements.join('; '));
    await client.query('commit');
  } catch (cause) {
    throw new Fault('setup', `The views for people could not be made: ${cause instanceof Error ? cause.message : String(cause)}`, cause);
  } finally {
    await client.end().catch(() => undefined);
  }
}
