/** A row as a person reads it: names of fields, amounts with their digits, dates as dates. Only what the claim reads is shown. */
import type { Field, Json, PermanentId } from '#kernel';
import { textOfDays } from '../calendar.ts';
import { textOf } from '../fixed-point.ts';
import type { Encoded } from './claim.ts';
import type { Row } from './value.ts';
import type { World } from './world.ts';

export function witnessOf(encoded: Encoded, world: World): { readonly [name: string]: Json } {
  const shown = rowShown(encoded, world, encoded.row, 3);
  const { other } = encoded;
  const changed = [...(other?.instead ?? [])].flatMap(([id, value]): [string, Json][] => {
    const field = other?.shape.fields.find((one) => one.id === id);
    if (field === undefined || encoded.row.instead?.get(id) === value) return [];
    return [[field.name, valueShown(field, world.rowOf(other ?? encoded.row)[field.name], encoded.row.version.currencyDigits)]];
  });
  const readsToday = encoded.roots.some(({ of }) => JSON.stringify(of).includes('"node":"today"'));
  return {
    ...shown,
    ...(changed.length === 0 ? {} : { 'the other row': Object.fromEntries(changed) }),
    ...(readsToday ? { today: textOfDays(world.today) } : {}),
  };
}

function rowShown(encoded: Encoded, world: World, row: Row, depth: number): { readonly [name: string]: Json } {
  const stored = world.storedIn(row);
  const found: { [name: string]: Json } = {};
  for (const field of row.shape.fields) {
    const { type } = field;
    if (type.kind === 'list') {
      const items = world.itemsOf(row, field.id);
      const read = [...encoded.encoder.rows.lists.values()].some((list) => 'field' in list.at && list.at.field.id === field.id);
      if (read) found[field.name] = items.map((item) => rowShown(encoded, world, item, depth - 1));
      continue;
    }
    if (!stored.has(field.id) || row.instead?.has(field.id) === true) continue;
    if (field.derived !== undefined) continue;
    const value = stored.get(field.id);
    const to = type.kind === 'reference' && typeof value === 'string' && depth > 0 ? followed(encoded, world, type.to, value) : undefined;
    found[field.name] = to === undefined ? valueShown(field, value, row.version.currencyDigits) : rowShown(encoded, world, to, depth - 1);
  }
  return found;
}

/** The row that a reference leads to, where anything of it is read. */
function followed(encoded: Encoded, world: World, entity: PermanentId, id: string): Row | undefined {
  for (const [base, known] of encoded.encoder.rows.known) {
    if (known.shape.id !== entity || known.generic || known.slots.size === 0) continue;
    if (String(world.numbers.number(known.id)) !== id || base === encoded.row.base) continue;
    return { shape: known.shape, version: encoded.row.version, id: known.id, base, tag: base };
  }
  return undefined;
}

export function valueShown(field: Field, value: unknown, currencyDigits: number): Json {
  const { type } = field;
  if (value === null || value === undefined) return null;
  if (typeof value === 'number') {
    if (type.kind === 'money') return textOf({ value, scale: currencyDigits });
    if (type.kind === 'decimal' || type.kind === 'quantity') return textOf({ value, scale: type.scale });
    if (type.kind === 'date') return textOfDays(value);
    if (type.kind === 'instant') return Math.abs(value) <= 8.64e15 ? new Date(value).toISOString() : value;
    return value;
  }
  if (type.kind === 'choice') return type.choices.find((choice) => choice.id === value)?.name ?? String(value);
  return typeof value === 'boolean' ? value : String(value);
}
