/**
 * The select list of a row with its lists, and the way back from the wire to the plain form. Lists come as JSON in the same
 * statement. Sensitive fields are left out of the text where the caller may not see them: what is not read cannot leak.
 */
import type { EntityPlan, ListPlan } from '../prepare/entity-plan.ts';
import type { ShownField } from '../physical/row-plan.ts';
import type { PlainRow } from '../row.ts';
import { isSeen, type Sight } from '../sight.ts';

export interface SelectList {
  /** Over the view under the name `o`. */
  readonly text: string;
  /** How many columns it has. */
  readonly width: number;
  decode(wire: readonly unknown[]): PlainRow;
  /** Where the value of a field stands on the wire, when it is there as PostgreSQL writes it. */
  placeOf(field: ShownField): number | undefined;
}

/** Types whose values come off the wire without losing anything, and whose texts PostgreSQL reads again. */
const EXACT = new Set(['text', 'bigint', 'uuid', 'date', 'numeric']);

export function selectList(plan: EntityPlan, sight: Sight): SelectList {
  const visible = plan.row.shown.filter(({ field }) => isSeen(sight, field));
  const lists = plan.lists.filter(({ field }) => isSeen(sight, field)).map((list) => listSelect(list, sight));
  const text = ['o.id', 'o.version', ...visible.map(({ column }) => `o.${column}`), ...lists.map((list) => list.text)].join(', ');
  return {
    text,
    width: 2 + visible.length + lists.length,
    decode: (wire) => {
      const row: { [field: string]: unknown } = { id: wire[0], version: wire[1] };
      for (const [index, { field, decode }] of visible.entries()) put(row, field.name, decode(wire[index + 2]));
      for (const [index, list] of lists.entries()) put(row, list.name, list.decode(wire[index + 2 + visible.length]));
      return row as PlainRow;
    },
    placeOf: (field) => {
      const index = EXACT.has(field.type) ? visible.indexOf(field) : -1;
      return index < 0 ? undefined : index + 2;
    },
  };
}

function listSelect(
  { field, row }: ListPlan,
  sight: Sight,
): { readonly name: string; readonly text: string; decode(wire: unknown): readonly PlainRow[] } {
  const visible = row.shown.filter((shown) => isSeen(sight, shown.field));
  const members = ['l.id', ...visible.map(member)].join(', ');
  return {
    name: field.name,
    text: `(select coalesce(json_agg(json_build_array(${members}) order by l.position), '[]'::json) from ${row.view} l where l.parent = o.id)`,
    decode: (wire) =>
      (wire as readonly (readonly unknown[])[]).map((values) => {
        const item: { [field: string]: unknown } = { id: values[0] };
        for (const [index, shown] of visible.entries()) put(item, shown.field.name, shown.decode(values[index + 1]));
        return item as PlainRow;
      }),
  };
}

/** Digits after the point would be lost where JSON reads a `numeric`. */
const member = ({ column, type }: ShownField): string => (type === 'numeric' ? `l.${column}::text` : `l.${column}`);

/** Sets an own member whatever its name. */
function put(target: { [field: string]: unknown }, name: string, value: unknown): void {
  if (name === '__proto__') Object.defineProperty(target, name, { value, enumerable: true, configurable: true, writable: true });
  else target[name] = value;
}
