/**
 * For how many of the rows that are there a condition holds: one statement, over the newest rows where there are very many. Counts alone
 * leave it, and all rows count, whoever may see them.
 */
import type { Call, Expression, PermanentId } from '#kernel';
import { statement } from '../connection/statement.ts';
import { compilerOnViews } from '../physical/formula-on-views.ts';
import type { Prepared } from '../prepare/prepare-model.ts';
import type { RunStatement } from './running.ts';

export interface Covered {
  readonly rows: number;
  /** Looked at. */
  readonly of: number;
  /** There are more, and these are the newest. */
  readonly newest: boolean;
}
/** Bounds what a count costs: rows are looked at by their ids, newest first. */
export const mostCovered = 2_000;

export async function readCovered(
  run: RunStatement,
  call: Call,
  prepared: Prepared,
  entity: PermanentId,
  holds: Expression,
): Promise<Covered> {
  const condition = compilerOnViews(prepared, 'o', {}).filter(holds);
  const rows = `select * from ${prepared.row(entity).view} order by id desc limit ${mostCovered}`;
  const more = `exists (select from ${prepared.row(entity).view} order by id desc offset ${mostCovered})`;
  const text = `select count(*), count(*) filter (where ${condition}), ${more} from (${rows}) o`;
  const [found = []] = (await run(call, statement(text), [])).rows;
  return { rows: Number(found[1] ?? 0), of: Number(found[0] ?? 0), newest: found[2] === true || found[2] === 't' };
}
