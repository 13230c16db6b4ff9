/** For a refusal: sentences about the same things that share most words with what was asked, in the system's own vocabulary. */
import type { EntityContract, Field } from '#kernel';
import type { SystemModel } from '#model';
import { articleFor, pluralOf, singularOf } from './inflection.ts';
import type { Token } from './lexer.ts';
import { labelOf } from './names.ts';
import { wordTable } from './word-table.ts';

/** Words that say nothing of what is meant. */
const LIGHT = new Set('a an the of to is are be in on for with and or by we our it its their they'.split(' '));
/** Words that mean the family of a sentence though the sentence itself has others. */
const HINTS: { readonly [word: string]: string } = wordTable({
  discount: 'off',
  rebate: 'off',
  cheaper: 'off',
  approve: 'approval',
  approved: 'approval',
  permission: 'approval',
  list: 'show',
  display: 'show',
  see: 'show',
  report: 'show',
  which: 'show',
  overview: 'show',
  calculate: 'sum',
  total: 'sum',
  mandatory: 'required',
  compulsory: 'required',
  must: 'required',
  delete: 'remove',
  drop: 'remove',
  call: 'rename',
  called: 'rename',
  record: 'track',
  manage: 'track',
  store: 'track',
  keep: 'track',
  maximum: 'most',
  limit: 'most',
  minimum: 'least',
  never: 'cannot',
  forbid: 'cannot',
  allow: 'can',
  may: 'can',
  could: 'can',
  due: 'days',
  after: 'days',
  until: 'while',
  when: 'while',
  unless: 'while',
});

export function specimens(model: SystemModel, tokens: readonly Token[]): readonly string[] {
  if (model.entities.length === 0) return ['Track customers with a name, an email and a phone.'];
  const said = new Set<string>();
  const hinted = new Set<string>();
  for (const token of tokens) {
    const word = token.kind === 'percent' ? '%' : token.text.toLowerCase();
    if (LIGHT.has(word)) continue;
    const hint = HINTS[word];
    if (hint !== undefined) hinted.add(hint);
    for (const each of [word, singularOf(word), hint ?? word]) said.add(each);
  }
  const score = (sentence: string): number => {
    const words = new Set(
      sentence
        .toLowerCase()
        .replaceAll('%', ' %')
        .split(/[^\p{L}\d%]+/u)
        .map((word) => (LIGHT.has(word) ? '' : singularOf(word))),
    );
    words.delete('');
    const shared = [...words].reduce((sum, word) => sum + (hinted.has(word) ? 2 : said.has(word) ? 1 : 0), 0);
    return shared / (4 + words.size);
  };
  const mentioned = model.entities.filter((each) =>
    [each.name, each.plural].some((name) =>
      labelOf(name)
        .split(' ')
        .every((word) => said.has(word)),
    ),
  );
  return (
    (mentioned.length > 0 ? mentioned : model.entities.slice(0, 1))
      .flatMap((entity) => about(model, entity, said))
      // Nobody is led to take something away who did not speak of it.
      .filter((sentence) => (!sentence.startsWith('Remove') || said.has('remove')) && (!sentence.startsWith('Stop') || said.has('stop')))
      .map((sentence) => ({ sentence, worth: score(sentence) }))
      .toSorted((a, b) => b.worth - a.worth)
      .map((each) => each.sentence)
  );
}

/** One sentence of each kind that makes sense for the thing. */
function about(model: SystemModel, entity: EntityContract, said: ReadonlySet<string>): readonly string[] {
  const name = labelOf(entity.name);
  const many = labelOf(entity.plural);
  const one = `${articleFor(name)} ${name}`;
  const named = (fits: (field: Field) => boolean): Field | undefined => {
    const fields = entity.fields.filter(fits);
    return (
      fields.find((field) =>
        labelOf(field.name)
          .split(' ')
          .every((word) => said.has(word)),
      ) ?? fields[0]
    );
  };
  const plain = named((field) => field.derived === undefined && field.type.kind !== 'list');
  const words = plain === undefined ? 'name' : labelOf(plain.name);
  const number = named((field) => field.derived === undefined && (field.type.kind === 'integer' || field.type.kind === 'money'));
  const date = named((field) => field.type.kind === 'date');
  const total = named((field) => field.derived !== undefined && field.type.kind === 'money');
  const state = named((field) => field.type.kind === 'choice');
  const choices = state?.type.kind === 'choice' ? state.type.choices.map((choice) => labelOf(choice.name)) : [];
  const list = named((field) => field.type.kind === 'list');
  const found = [
    `Add a phone to ${many}.`,
    `Show ${many} with ${words}.`,
    `Rename the ${words} of ${one} to label.`,
    `Remove the ${words} of ${one}.`,
    `The ${words} of ${one} is required.`,
    `The ${words} of ${one} is unique.`,
    `Track suppliers with a name, an email and a rating from 1 to 5.`,
    `Stop tracking ${many}.`,
  ];
  if (number !== undefined)
    found.push(
      `The ${labelOf(number.name)} of ${one} is at most 100.`,
      `The ${labelOf(number.name)} of ${one} is at least 1.`,
      `The ${labelOf(number.name)} of ${one} is 10 by default.`,
      `Show ${many} whose ${labelOf(number.name)} is below 5.`,
    );
  if (date !== undefined) found.push(`Add a due date to ${many}, 30 days after the ${labelOf(date.name)}.`);
  if (total !== undefined)
    found.push(
      `${many.charAt(0).toUpperCase()}${many.slice(1)} over 500 get 10% off.`,
      `${many.charAt(0).toUpperCase()}${many.slice(1)} over 10,000 need approval by a manager.`,
      `${one.charAt(0).toUpperCase()}${one.slice(1)} cannot be over 5,000.`,
    );
  if (state !== undefined && choices.length > 0) {
    found.push(
      `The ${labelOf(state.name)} of ${one} can also be "${choices.includes('new') ? 'other' : 'new'}".`,
      `Show ${choices[0]} ${many}.`,
    );
    const done =
      choices.findLast((choice) => said.has(choice) && choice !== choices[0]) ?? choices.findLast((choice) => choice.endsWith('ed'));
    if (done !== undefined && done !== choices[0])
      found.push(
        `${one.charAt(0).toUpperCase()}${one.slice(1)} can be ${done} while it is ${choices.find((choice) => said.has(choice) && choice !== done) ?? choices[0]}.`,
      );
  }
  const role = model.settings.roles.find((each) => said.has(each.name));
  if (choices[0] !== undefined && role !== undefined) {
    const only = choices.find((choice) => said.has(choice)) ?? choices[0];
    const who = pluralOf(labelOf(role.name));
    found.push(`${who.charAt(0).toUpperCase()}${who.slice(1)} may only see ${only} ${many}.`);
  }
  if (list?.type.kind === 'list')
    found.push(`${one.charAt(0).toUpperCase()}${one.slice(1)} must have at least one ${labelOf(list.type.item)}.`);
  for (const other of model.entities) {
    const via = other.fields.filter((field) => field.type.kind === 'reference' && field.type.to === entity.id);
    if (via.length === 1) {
      found.push(`The number of ${labelOf(other.plural)} of ${one} is the number of their ${labelOf(other.plural)}.`);
      const amount = other.fields.find((field) => field.type.kind === 'money');
      if (amount !== undefined)
        found.push(
          `The balance of ${one} is the sum of the ${labelOf(amount.name)} of their ${labelOf(other.plural)}.`,
          `Show ${labelOf(other.plural)} by ${name} with their ${labelOf(amount.name)}, largest first.`,
        );
    }
  }
  return found;
}
