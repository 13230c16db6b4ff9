/** Things: "Track suppliers with a name, an email and a rating from 1 to 5", "Stop tracking suppliers". */
import { isPlural, pluralOf, singularOf } from '../inflection.ts';
import { camelOf, LONGEST_NAME } from '../names.ts';
import { closeMark, type NewName, newFields, newName, openMark } from '../grammar/new-field.ts';
import { barePlural, thing } from '../grammar/nouns.ts';
import type { FieldSpec, Request, RequestOf } from '../request.ts';
import { either, look, named, phrase, Problem, type Rule } from '../rule.ts';
import type { Lookup } from '../vocabulary.ts';

const TRACK =
  '(track|record|manage|store|keep|keep track of|keep records of|keep a record of|keep a list of|register|maintain|administer|collect|note down|keep a register of|(set up|create|start|introduce|open|make) a (list|register|record|table|catalogue|directory) of|(we|i) (need|want) a (list|register|record|table|catalogue|directory) of|start (tracking|recording|managing|registering|keeping|storing|keeping track of))';
/** What only says that there is such a thing. */
const THERE = '(introduce|set up|there should be|there must be|there shall be|start using)';
const MAKE =
  '(add|create|make|introduce|define|set up) [a|an|the] [new] (thing|entity|kind of thing|kind of record|type of thing|type of record|record type|table) [called|named|for]';
const WITH =
  '([,] with|[,] each with|[,] having|(that|which|who) have|, which have|, who have|, they have|:|: each has|: each with|; each has|, each has|[,] each having|: each of them has|with their|with the following fields :|with the fields)';

const dash = look('-', ({ tokens }, at) => (tokens[at]?.kind === 'mark' && tokens[at].text === '-' ? [{ end: at + 1, value: true }] : []));

export const track: Rule<Request> = named('track', () =>
  either(
    phrase(
      `(${TRACK}|${THERE}) [a|an|all|our|new] {name} {open} {fields} {close}`,
      { name: newName, open: openMark, fields: newFields, close: closeMark },
      ({ name, fields }) => make(name, fields),
    ),
    phrase(
      `(${TRACK}|${THERE}) [a|an|all|our|new] {name} {dash} {fields}`,
      { name: newName, dash, fields: newFields },
      ({ name, fields }) => make(name, fields),
    ),
    phrase(
      `(${TRACK}|${THERE}) [a|an|all|our|new] {name} [,] with {fields} for (each|each of them|each one)`,
      { name: newName, fields: newFields },
      ({ name, fields }) => make(name, fields),
    ),
    phrase(`${THERE} [a|an|new] {name} ${WITH} {fields}`, { name: newName, fields: newFields }, ({ name, fields }) => make(name, fields)),
    phrase(
      '{name} (should|must|shall|are to|need to|have to|can|will) be (recorded|tracked|stored|registered|managed|kept|collected) [in the system] [,] [each] (with|:|with the fields|with the following fields :|with their) {fields}',
      { name: newName, fields: newFields },
      ({ name, fields }) => (isPlural(name.words) ? make(name, fields) : undefined),
    ),
    phrase(
      `(we need|we want|we also need|we also have|there should be|there must be) {name} in the system ${WITH} {fields}`,
      { name: newName, fields: newFields },
      ({ name, fields }) => (isPlural(name.words) ? make(name, fields) : undefined),
    ),
    phrase(`${THERE} [new] {name} [in the system]`, { name: newName }, ({ name }) =>
      isPlural(name.words)
        ? new Problem(`Say what to keep of ${name.words}, for example their name.`, {
            why: `What is kept of ${name.words}?`,
            instead: [`track ${name.words} with a name`],
          })
        : undefined,
    ),
    phrase(
      '(add|create) [a|an] [new] (thing|entity) [called|named] {name} with the (fields|columns) {fields}',
      { name: newName, fields: newFields },
      ({ name, fields }) => make(name, fields),
    ),
    phrase(`${TRACK} [a|an|all|our|new] {name} ${WITH} {fields}`, { name: newName, fields: newFields }, ({ name, fields }) =>
      make(name, fields),
    ),
    phrase(`${MAKE} {name} ${WITH} {fields}`, { name: newName, fields: newFields }, ({ name, fields }) => make(name, fields)),
    phrase(`(add|create|introduce|define) [a|an|new] {name} ${WITH} {fields}`, { name: newName, fields: newFields }, ({ name, fields }) =>
      make(name, fields),
    ),
    phrase(
      '[for] (each|every|all|our) {name} [,] (we (track|keep|store|record)|(track|keep|store|record)) {fields}',
      { name: newName, fields: newFields },
      ({ name, fields }) => make(name, fields),
    ),
    phrase('(there are|we have|we work with) {name} with {fields}', { name: newName, fields: newFields }, ({ name, fields }) =>
      make(name, fields),
    ),
    phrase(`${TRACK} [our|all] {name}`, { name: newName }, ({ name }) =>
      isPlural(name.words)
        ? new Problem(`Say what to keep of ${name.words}, for example their name.`, {
            why: `What is kept of ${name.words}?`,
            instead: [`track ${name.words} with a name`],
          })
        : undefined,
    ),
    phrase(
      '[a|an|the|each|every|our|all] {name} (has|have) {fields}',
      { name: newName, fields: newFields },
      ({ name, fields }, { lookup }) => {
        const request = make(name, fields);
        if (request instanceof Problem || known(lookup, name)) return undefined;
        return new Problem(`There are no ${pluralOf(singularOf(name.words))} in this system yet.`, {
          why: `The system does not know ${pluralOf(singularOf(name.words))} yet. Shall it track them?`,
          requests: [request],
        });
      },
    ),
  ),
);
const known = (lookup: Lookup, name: NewName): boolean => {
  const camel = camelOf(name.words);
  return lookup.model.entities.some((entity) => entity.name === camel || entity.plural === camel);
};

/** Paths and variables of our own, and words that JavaScript keeps for itself. */
const TAKEN = new Set(['view', 'approve', 'search', 'api']);
const UNSAFE = new Set([
  'constructor',
  'prototype',
  'proto',
  'toString',
  'valueOf',
  'hasOwnProperty',
  'id',
  'version',
  'isPrototypeOf',
  'propertyIsEnumerable',
  'toLocaleString',
  'then',
]);

function make(name: NewName, fields: readonly FieldSpec[]): RequestOf<'track'> | Problem {
  const single = singularOf(name.words);
  const singular = camelOf(single);
  const plural = camelOf(pluralOf(single));
  if (plural.length > LONGEST_NAME) return new Problem(`"${name.words}" is too long for a name: ${LONGEST_NAME} letters are the most.`);
  if (TAKEN.has(singular)) return new Problem(`A thing cannot be called "${name.words}": its address would be one of the system's own.`);
  const unsafe = UNSAFE.has(singular) || UNSAFE.has(plural) ? singular : undefined;
  if (unsafe !== undefined) return new Problem(`A thing cannot be called "${name.words}": the name is kept for the system itself.`);
  if (singularOf(pluralOf(single)) !== single || pluralOf(single) === single)
    return new Problem(`The plural of "${name.words}" is not clear. Choose a longer name.`);
  return {
    act: 'track',
    name: singular,
    plural,
    fields: fields.map((field) => (field.name === 'name' && field.required === undefined ? { ...field, required: true } : field)),
  };
}
export const keptNames: ReadonlySet<string> = UNSAFE;

export const stopTracking: Rule<Request> = named('stop tracking', () =>
  either(
    phrase(
      '(stop|quit) (tracking|recording|managing|keeping|storing|keeping track of|registering|maintaining) {thing}',
      { thing },
      ({ thing: entity }): Request => ({ act: 'stopTracking', entity }),
    ),
    phrase(
      '(we|you) (no longer|do not|need not|no longer want to|no longer need to|do not want to|do not need to) (track|manage|record|store|keep track of|register) {thing} [any more|anymore|any longer]',
      { thing },
      ({ thing: entity }): Request => ({ act: 'stopTracking', entity }),
    ),
    phrase(
      '(hide|remove|stop tracking|drop|get rid of) [all|the|all the|our] {thing} [,|;] [and] we (no longer (use|need|want|track) them|do not (use|need|want|track) them (any more|anymore|any longer))',
      { thing: barePlural },
      ({ thing: entity }): Request => ({ act: 'stopTracking', entity }),
    ),
    phrase(
      'we (no longer (use|need|want|track)|do not (use|need|want|track)) [the|our] {thing} [any more|anymore|any longer] (,|;|so|, so) [you can|please] (hide|remove|stop tracking|drop|get rid of) them',
      { thing: barePlural },
      ({ thing: entity }): Request => ({ act: 'stopTracking', entity }),
    ),
    phrase('[(we|you)] no longer (track|manage|record|store|keep track of) {thing}', { thing }, ({ thing: entity }): Request => ({
      act: 'stopTracking',
      entity,
    })),
    phrase('(remove|delete|drop) [the] (thing|entity) {thing}', { thing: barePlural }, ({ thing: entity }): Request => ({
      act: 'stopTracking',
      entity,
    })),
    phrase(
      '(remove|delete|drop|get rid of) [all|the|all the|all of the|our] {thing}',
      { thing: barePlural },
      ({ thing: entity }) =>
        new Problem('Rows are not deleted by a change of the system.', {
          why: `Shall the system no longer track ${entity}s? Rows that exist are hidden then, not deleted.`,
          requests: [{ act: 'stopTracking', entity }],
        }),
    ),
  ),
);
export const things: Rule<Request> = either(track, stopTracking);
