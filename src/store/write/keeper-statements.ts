/** What is asked of the database about promises of rows elsewhere: one statement for all rows that a path leads back to, by indexes of references. */
import type { PermanentId } from '#kernel';
import type { Statement } from '../connection/statement.ts';
import { formulaOnViews } from '../physical/formula-on-views.ts';
import { quoted } from '../physical/names.ts';
import type { Prepared } from '../prepare/prepare-model.ts';
import type { Keeper } from './keepers.ts';

const keyOf = ({ plan, invariant, path }: Keeper): string =>
  `${plan.contract.id} ${invariant.name} ${path.map((step) => `${step.kind} ${step.in} ${step.via}`).join(' ')}`;

/** Rows whose promise reads the written row: $1 where the way back begins, $2 the written row, $3 how many at most. */
export const promisingStatement = (prepared: Prepared, keeper: Keeper): Statement =>
  prepared.statement(`promising ${keyOf(keeper)}`, () => {
    const holds = formulaOnViews(prepared, keeper.invariant.holds, 'k');
    return `select k.id, (${holds}) is false ${rowsBack(prepared, keeper)} and ${counts(prepared, keeper)} limit $3::bigint`;
  });

/** One of them that breaks it: $1 and $2 as above, $3 rows that it is asked of as well, $4 rows that it is not asked of, $5 whether of all. */
export const breakingStatement = (prepared: Prepared, keeper: Keeper): Statement =>
  prepared.statement(`breaking ${keyOf(keeper)}`, () => {
    const holds = formulaOnViews(prepared, keeper.invariant.holds, 'k');
    const meant = `($5::boolean or k.id = any($3::uuid[]) or ${counts(prepared, keeper)})`;
    return `select k.id ${rowsBack(prepared, keeper)} and k.id <> all($4::uuid[]) and ${meant} and (${holds}) is false limit 1`;
  });

/** From the written row backwards; the first way back from rows that refer is what they refer to, which $1 holds. */
function rowsBack(prepared: Prepared, { plan, path }: Keeper): string {
  const column = (of: PermanentId, field: PermanentId): string =>
    prepared.row(of).shown.find((shown) => shown.field.id === field)?.column ?? quoted('');
  const back = path.reduceRight((ids, step, at) => {
    const from = `${prepared.row(step.in).view} t`;
    switch (step.kind) {
      case 'follow':
        return `in (select t.id from ${from} where t.${column(step.in, step.via)} ${ids})`;
      case 'items':
        return `in (select t.parent from ${from} where t.id ${ids})`;
      case 'related':
        return at === path.length - 1 ? ids : `in (select t.${column(step.in, step.via)} from ${from} where t.id ${ids})`;
    }
  }, '= any($1::uuid[])');
  return `from ${plan.row.view} k where k.id ${back} and k.id <> $2::uuid`;
}

/** Whether the written row counts for a promise of row `k`. */
function counts(prepared: Prepared, { path, counts: counting }: Keeper): string {
  const of = path.at(-1)?.in;
  if (counting === null || of === undefined) return 'true';
  const any = counting.map(({ item, when }) => formulaOnViews(prepared, when, 'k', new Set(), { [item]: 'w' }));
  return `exists (select from ${prepared.row(of).view} w where w.id = $2::uuid and (${any.map((text) => `(${text})`).join(' or ')}))`;
}
