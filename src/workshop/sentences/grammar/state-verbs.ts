/** Verbs, participles and roles: words that say to what state something is brought, and by whom. */
import type { EntityContract, Field } from '#kernel';
import type { SystemModel } from '#model';
import { baseOf, gerundOf, participlesOf } from '../inflection.ts';
import { labelOf } from '../names.ts';
import { oneOf } from '../resolve.ts';
import { listOf, look, named, phrase, Problem, type Rule } from '../rule.ts';
import { entry } from './nouns.ts';

/** "it", "them": the thing of the sentence before. */
export const pronoun: Rule<string> = look('pronoun', ({ lookup, tokens }, at) => {
  const word = tokens[at];
  return lookup.about !== undefined && word?.kind === 'word' && ['it', 'them', 'they'].includes(word.text)
    ? [{ end: at + 1, value: lookup.about }]
    : [];
});
/** A participle that is a value of some state: "cancelled". */
export const done: Rule<string> = named('state reached', () =>
  look('participle', ({ lookup, tokens }, at) =>
    [...new Map(lookup.find('choice', tokens, at).map(({ end, value }) => [value.choice, end])).entries()].map(([choice, end]) => ({
      end,
      value: choice,
    })),
  ),
);
/** A verb whose participle is a value of some state: "cancel", "cancelling". */
export const verb: Rule<string> = named('verb', () =>
  look('verb', ({ lookup, tokens }, at) => {
    const word = tokens[at];
    if (word?.kind !== 'word') return [];
    return lookup.model.entities
      .flatMap((entity) => entity.fields)
      .flatMap((field) => (field.type.kind === 'choice' ? field.type.choices : []))
      .filter((choice, index, all) => all.findIndex((other) => other.name === choice.name) === index && says(choice.name, word.text))
      .map((choice) => ({ end: at + 1, value: choice.name }));
  }),
);
const says = (choice: string, word: string): boolean => {
  const base = baseOf(labelOf(choice));
  return (
    base !== undefined &&
    (base === word || gerundOf(base) === word || (participlesOf(word).includes(labelOf(choice)) && word !== labelOf(choice)))
  );
};
export const roles: Rule<readonly string[]> = named('roles', () =>
  listOf(
    'role list',
    phrase('[a|an|the] {role}', { role: entry('role') }, ({ role }) => role.role),
    '[,] (and|or)',
  ),
);

/** The choice field that has a value, where exactly one has it. */
export function stateField(model: SystemModel, entity: EntityContract, choice: string): Field | Problem {
  const fields = entity.fields.filter((field) => field.type.kind === 'choice' && field.type.choices.some((each) => each.name === choice));
  const only = fields[0];
  if (only === undefined)
    return new Problem(
      `${oneOf(model, { entity: entity.name })} has no state "${labelOf(choice)}"; add it first ("... can also be ${labelOf(choice)}").`,
    );
  return fields.length > 1 ? new Problem(`"${labelOf(choice)}" is a value of several fields.`) : only;
}
