/** A row as the API must show it under a meaning: every field of the generation, and no other. */
import { type FieldMeaning, type LineValue, type Meaning, type Sight, type StoredRow, type Value } from './meaning.ts';

export const moneyJson = (minor: number): { readonly amount: string; readonly currency: string } => ({
  amount: (minor / 100).toFixed(2),
  currency: 'EUR',
});

export function shownRow(row: StoredRow, meaning: Meaning, sight: Sight): { readonly [name: string]: unknown } {
  const fields = Object.entries(meaning.things[row.thing]?.fields ?? {});
  return { id: row.id, ...Object.fromEntries(fields.map(([name, field]) => [name, shownValue(field, sight.value(row, name))])) };
}
/** Items of a list without their ids. */
function shownValue(field: FieldMeaning, value: Value): unknown {
  if (field.kind === 'lines')
    return ((value ?? []) as readonly LineValue[]).map(({ product, quantity, unitPrice }) => ({
      product,
      quantity,
      unitPrice: moneyJson(unitPrice),
    }));
  return field.kind === 'money' && typeof value === 'number' ? moneyJson(value) : value;
}
