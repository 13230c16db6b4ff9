/** Noun phrases over what the system knows: things, items of lists, fields of them. */
import { labelOf } from '../names.ts';
import type { Owner } from '../request.ts';
import { fieldOf, oneOf, rowOf } from '../resolve.ts';
import { either, look, named, optional, phrase, Problem, type Rule } from '../rule.ts';
import type { EntryKind, EntryOf } from '../vocabulary.ts';

export const entry = <K extends EntryKind>(kind: K): Rule<EntryOf<K>> =>
  named(kind, () => look(kind, ({ lookup, tokens }, at) => lookup.find(kind, tokens, at)));

/** Words that say "one, any, all of them": a rule holds for all alike. */
export const determiner: Rule<true> = phrase(
  '(a|an|the|each|every|any|all|our|your|all the|all our|all of the|all of our|each of our)',
  {},
  () => true as const,
);

/** The name of an entity, in singular or plural: "a customer", "our customers". */
export const thing: Rule<string> = named('thing', () =>
  phrase('[{det}] {entity}', { det: optional(determiner), entity: entry('entity') }, ({ entity }) => entity.entity),
);
export const barePlural: Rule<string> = named('plural thing', () =>
  phrase('{entity}', { entity: entry('entity') }, ({ entity }) => (entity.plural ? entity.entity : undefined)),
);
export const bareSingular: Rule<string> = named('singular thing', () =>
  phrase('{entity}', { entity: entry('entity') }, ({ entity }) => (entity.plural ? undefined : entity.entity)),
);

const item: Rule<Owner> = named('item', () =>
  either(
    phrase('[{det}] {item}', { det: optional(determiner), item: entry('item') }, ({ item: found }) => ({
      entity: found.entity,
      list: found.list,
    })),
    phrase('[{det}] {item} of {of}', { det: optional(determiner), item: entry('item'), of: thing }, ({ item: found, of }) =>
      found.entity === of && !found.full ? { entity: found.entity, list: found.list } : undefined,
    ),
    phrase("{of} ('s|') {item}", { of: thing, item: entry('item') }, ({ item: found, of }) =>
      found.entity === of && !found.full ? { entity: found.entity, list: found.list } : undefined,
    ),
  ),
);
/** What has fields: an entity, or the items of a list ("an order line", "the lines of an order"). */
export const owner: Rule<Owner> = named('owner', () =>
  either(
    phrase('{thing}', { thing }, ({ thing: entity }): Owner => ({ entity })),
    item,
  ),
);

/** The thing of the sentence before: "it", "each of them". */
export const aboutOwner: Rule<Owner> = named('thing meant', () =>
  phrase(
    '{word}',
    {
      word: look('pronoun', ({ lookup, tokens }, at): readonly { end: number; value: Owner }[] => {
        if (lookup.about === undefined) return [];
        const text = tokens.slice(at, at + 3).map((token) => token.text);
        const length = text.join(' ') === 'each of them' ? 3 : text[0] === 'it' || text[0] === 'they' || text[0] === 'each' ? 1 : 0;
        return length === 0 ? [] : [{ end: at + length, value: { entity: lookup.about } }];
      }),
    },
    ({ word }) => word,
  ),
);
export const anyOwner: Rule<Owner> = named('owner or pronoun', () => either(owner, aboutOwner));

export const fieldName: Rule<string> = named('field name', () => phrase('{field}', { field: entry('field') }, ({ field }) => field.name));

export interface FieldRef {
  readonly owner: Owner;
  readonly field: string;
}

/** "the email of a customer", "a customer's email", "the customer email", "customers' emails". */
export const fieldRef: Rule<FieldRef> = named('field of a thing', () =>
  either(
    phrase(
      '[the|any|each|every|all|all the] {field} [field] (of|on|for|in|from) {owner}',
      { field: fieldName, owner },
      ({ field, owner: of }, { lookup }) => {
        if (fieldOf(lookup.model, of, field) !== undefined) return { owner: of, field };
        return missing(lookup.model, of, field);
      },
    ),
    phrase("{owner} ('s|') {field}", { owner, field: fieldName }, ({ field, owner: of }, { lookup }) =>
      fieldOf(lookup.model, of, field) === undefined ? missing(lookup.model, of, field) : { owner: of, field },
    ),
    phrase('[the|a|an|each|every|our] {thing} {field}', { thing: bareSingular, field: fieldName }, ({ thing: entity, field }, { lookup }) =>
      fieldOf(lookup.model, { entity }, field) === undefined ? undefined : { owner: { entity }, field },
    ),
    phrase('(its|their) {field}', { field: fieldName }, ({ field }, { lookup }) =>
      lookup.about === undefined
        ? undefined
        : fieldOf(lookup.model, { entity: lookup.about }, field) === undefined
          ? missing(lookup.model, { entity: lookup.about }, field)
          : { owner: { entity: lookup.about }, field },
    ),
    phrase('(it|this field)', {}, (_, { lookup }) => lookup.aboutField),
    phrase('[the|a|an|each|every|our] {item} {field}', { item: entry('item'), field: fieldName }, ({ item: found, field }, { lookup }) => {
      const of = { entity: found.entity, list: found.list };
      return found.plural || fieldOf(lookup.model, of, field) === undefined ? undefined : { owner: of, field };
    }),
  ),
);

/** A field said without its thing, where only one thing has it. */
export const loneField: Rule<FieldRef> = named('field', () =>
  phrase('[the] {field} [field]', { field: fieldName }, ({ field }, { lookup }) => {
    if (lookup.model.entities.some((entity) => entity.name === field || entity.plural === field))
      return new Problem(`Say of what "${labelOf(field)}" is a field.`);
    const owners = ownersOf(lookup.model, field);
    return owners.length === 1 && owners[0] !== undefined
      ? { owner: owners[0], field }
      : new Problem(`"${labelOf(field)}" is a field of several things: say of which.`, {
          why: `Which ${labelOf(field)} is meant?`,
          instead: owners.map((of) => `the ${labelOf(field)} of ${oneOf(lookup.model, of)}`),
        });
  }),
);
function ownersOf(model: Parameters<typeof fieldOf>[0], field: string): readonly Owner[] {
  return model.entities.flatMap((entity) => [
    ...(entity.fields.some((each) => each.name === field) ? [{ entity: entity.name }] : []),
    ...entity.fields.flatMap((list) =>
      list.type.kind === 'list' && list.type.fields.some((each) => each.name === field) ? [{ entity: entity.name, list: list.name }] : [],
    ),
  ]);
}
const missing = (model: Parameters<typeof fieldOf>[0], of: Owner, field: string): Problem => {
  const has = rowOf(model, of)?.fields.map((each) => labelOf(each.name)) ?? [];
  return new Problem(`${oneOf(model, of)} has no ${labelOf(field)}; it has ${has.join(', ')}.`);
};
