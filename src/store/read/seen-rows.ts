/**
 * Where a statement reads the rows of an entity from: its view, or those rows of the view that the asker may see. The condition
 * is compiled by the SQL back end; who asks is a parameter. So a row that is not to be seen is in no page, count, search or sum.
 */
import type { Call, PermanentId } from '#kernel';
import { type CallerMember, conditionOnViews } from '../physical/formula-on-views.ts';
import type { Prepared } from '../prepare/prepare-model.ts';
import type { Sight } from '../sight.ts';

/** Adds a value to a statement and answers its place: `$3::text`. */
export type Add = (value: string) => string;

export function seenRows(prepared: Prepared, entity: PermanentId, sight: Sight, call: Call, add: Add): string {
  const { view } = prepared.row(entity);
  const condition = sight.only.get(entity);
  if (condition === undefined) return view;
  const asked = new Map<string, string>();
  const caller = (member: CallerMember): string => {
    const known = asked.get(member) ?? add(call.caller[member]);
    asked.set(member, known);
    return known;
  };
  return `(select p.* from ${view} p where ${conditionOnViews(prepared, condition, 'p', caller)})`;
}
