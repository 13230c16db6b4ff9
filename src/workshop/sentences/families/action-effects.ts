/** What follows when something is done: lines that go back to stock, fields that are set. */
import { type EntityContract, type Field } from '#kernel';
import { entityById, fieldNamed, type SystemModel } from '#model';
import { entry } from '../grammar/nouns.ts';
import { fit, literal } from '../grammar/values.ts';
import { labelOf } from '../names.ts';
import type { Effect, Literal } from '../request.ts';
import { oneOf } from '../resolve.ts';
import { either, listOf, named, phrase, Problem, type Rule } from '../rule.ts';

export type RawEffect =
  | { readonly is: 'stock'; readonly list: string; readonly field: string; readonly back: boolean }
  | { readonly is: 'set'; readonly field: string; readonly value: Literal };

export const effect: Rule<RawEffect> = named('effect', () =>
  either(
    phrase(
      '(its|their|the) {item} [then|also] (go|return|come|are [then] (put|added|returned|moved|taken)) back (to|into|in|in to) [the] {field}',
      { item: entry('item'), field: entry('field') },
      ({ item, field }): RawEffect => ({ is: 'stock', list: item.list, field: field.name, back: true }),
    ),
    phrase(
      '(its|their|the) {item} [then|also] (are returned|return) to [the] {field}',
      { item: entry('item'), field: entry('field') },
      ({ item, field }): RawEffect => ({ is: 'stock', list: item.list, field: field.name, back: true }),
    ),
    phrase(
      '(its|their|the) {item} [then|also] (are [then] (taken|removed|subtracted)|come|go) (from|out of|off) [the] {field}',
      { item: entry('item'), field: entry('field') },
      ({ item, field }): RawEffect => ({ is: 'stock', list: item.list, field: field.name, back: false }),
    ),
    phrase(
      'the {quantity} of (its|their|the) {item} (go|goes|are|is) [added|put|returned|booked] back (to|into) [the] {field} [of (its|their|the|each) {thing}]',
      { quantity: entry('field'), item: entry('item'), field: entry('field'), thing: entry('entity') },
      ({ quantity, item, field }, { lookup }) => stockEffect(lookup.model, item.list, quantity.name, field.name),
    ),
    phrase(
      'the {quantity} of (its|their|the) {item} (is|are) (added to|returned to) [the] {field} [of (its|their|the|each) {thing}]',
      { quantity: entry('field'), item: entry('item'), field: entry('field'), thing: entry('entity') },
      ({ quantity, item, field }, { lookup }) => stockEffect(lookup.model, item.list, quantity.name, field.name),
    ),
    phrase(
      'the {quantity} of (each|every) [of its|of the] {item} (goes back|is added|is put back|is returned|is added back|returns) to the {field} of (its|the) {thing}',
      { quantity: entry('field'), item: entry('item'), field: entry('field'), thing: entry('entity') },
      ({ item, field }): RawEffect => ({ is: 'stock', list: item.list, field: field.name, back: true }),
    ),
    phrase('(the|its|their) {field} (goes back|is returned|is put back|is restored)', { field: entry('field') }, ({ field }, { lookup }) =>
      onlyList(lookup.model, field.name),
    ),
    phrase(
      '(returns|return|puts|put) (its|their|the) {item} [back] to [the] {field}',
      { item: entry('item'), field: entry('field') },
      ({ item, field }): RawEffect => ({ is: 'stock', list: item.list, field: field.name, back: true }),
    ),
    phrase(
      '(its|their|the) {field} (is|becomes|is set to) {value}',
      { field: entry('field'), value: literal },
      ({ field, value }): RawEffect => ({ is: 'set', field: field.name, value }),
    ),
  ),
);
/** The quantity that is said must be the one that is meant. */
const stockEffect = (model: SystemModel, list: string, quantity: string, field: string): RawEffect | undefined => {
  const found = model.entities.flatMap((entity) => entity.fields).find((each) => each.name === list && each.type.kind === 'list');
  return found !== undefined && stockOf(model, found, field)?.quantity === quantity ? { is: 'stock', list, field, back: true } : undefined;
};
const onlyList = (model: SystemModel, field: string): RawEffect | undefined => {
  const lists = model.entities.flatMap((entity) =>
    entity.fields.filter((each) => each.type.kind === 'list' && stockOf(model, each, field) !== undefined),
  );
  const only = lists[0];
  return only === undefined || lists.length > 1 ? undefined : { is: 'stock', list: only.name, field, back: true };
};
export const effects: Rule<readonly RawEffect[]> = named('effects', () =>
  either(
    phrase('', {}, (): readonly RawEffect[] => []),
    phrase(
      '(; then|, then|and then|, and then|; and then|then|; in that case|; when that happens|; when this happens|when that happens|, and|;|and|, and in that case|; after that|, which|, in which case) [,] {list}',
      { list: listOf('effect list', effect, '[,] and [then]') },
      ({ list }) => list,
    ),
  ),
);

/** The reference of a list's items whose target has a number of this name, and the items' own number. */
function stockOf(model: SystemModel, list: Field, field: string): { readonly reference: string; readonly quantity: string } | undefined {
  if (list.type.kind !== 'list') return undefined;
  const references = list.type.fields.filter(
    (each) => each.type.kind === 'reference' && fieldNamed(entityById(model, each.type.to)?.fields ?? [], field)?.type.kind === 'integer',
  );
  const quantities = list.type.fields.filter((each) => each.type.kind === 'integer');
  const [reference, quantity] = [references[0], quantities[0]];
  return reference === undefined || quantity === undefined || references.length > 1 || quantities.length > 1
    ? undefined
    : { reference: reference.name, quantity: quantity.name };
}
export function bindEffects(model: SystemModel, entity: EntityContract, raw: readonly RawEffect[]): readonly Effect[] | Problem {
  const made: Effect[] = [];
  for (const each of raw) {
    if (each.is === 'set') {
      const field = fieldNamed(entity.fields, each.field);
      if (field === undefined || field.derived !== undefined)
        return new Problem(`${oneOf(model, { entity: entity.name })} has no ${labelOf(each.field)} that could be set.`);
      const value = fit(model, field, each.value);
      if (value instanceof Problem) return value;
      made.push({ is: 'set', field: field.name, value });
      continue;
    }
    const list = fieldNamed(entity.fields, each.list);
    const stock = list === undefined ? undefined : stockOf(model, list, each.field);
    if (list === undefined || stock === undefined) return new Problem(`It is not clear whose ${labelOf(each.field)} changes by how much.`);
    made.push({ is: 'stock', list: list.name, quantity: stock.quantity, reference: stock.reference, field: each.field, back: each.back });
  }
  return made;
}
