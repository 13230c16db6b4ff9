/** Fields: add, rename, remove, required, unique. What they may hold stands in `field-values.ts`. */
import type { SystemModel } from '#model';
import { nounType } from '../lexicon.ts';
import { camelOf, labelOf } from '../names.ts';
import { andChoices, newField, newFields, newName } from '../grammar/new-field.ts';
import { anyOwner, bareSingular, fieldName, type FieldRef, fieldRef, owner, thing } from '../grammar/nouns.ts';
import { literal, number } from '../grammar/values.ts';
import type { FieldSpec, Literal, Owner, Request } from '../request.ts';
import { fieldOf, oneOf, referencesTo, rowOf } from '../resolve.ts';
import { either, named, phrase, Problem, type Rule } from '../rule.ts';
import { keptNames } from './things.ts';
import { ref, found } from './field-refs.ts';
import { fieldValues } from './field-values.ts';

const add: Rule<Request> = named('add fields', () =>
  either(
    phrase(
      '(add|introduce|put) [new] {fields} (to|on|for|onto) {owner}',
      { fields: newFields, owner },
      ({ fields, owner: to }, { lookup, tokens }, from, end) =>
        countedRows(
          lookup.model,
          to,
          fields.find((field) => field.name.startsWith('numberOf')),
          tokens.slice(from, end).some((token) => token.kind === 'quoted'),
        ) ?? adding(lookup.model, to, fields),
    ),
    phrase('(give|let) {owner} [have] [also] {fields}', { owner, fields: newFields }, ({ owner: to, fields }, { lookup }) =>
      adding(lookup.model, to, fields),
    ),
    phrase(
      '{owner} [(also|now|should|should also|can|may|shall|will|now also|can also|are to|will also)] (have|has|get|gets|receive|receives) [also|now] {fields}',
      { owner, fields: newFields },
      ({ owner: to, fields }, { lookup }) => adding(lookup.model, to, fields),
    ),
    phrase(
      '{owner} (must|have to|has to|need to|needs to|must always|should always) (have|has|be given) {fields}',
      { owner, fields: newFields },
      ({ owner: to, fields }, { lookup }) =>
        adding(
          lookup.model,
          to,
          fields.map((field) => ({ ...field, required: true })),
        ),
    ),
    phrase('{owner} (need|needs) {fields}', { owner, fields: newFields }, ({ owner: to, fields }, { lookup }) =>
      needs(lookup.model, to, fields),
    ),
    phrase(
      '(track|record|store|keep|save|note down|note|capture|remember|enter|register|fill in|specify) {fields} (of|for|on|with|about) {owner}',
      { fields: newFields, owner },
      ({ fields, owner: to }, { lookup }) => adding(lookup.model, to, fields),
    ),
    phrase('(see|have|show|display) {fields} on {owner}', { fields: newFields, owner }, ({ fields, owner: to }, { lookup }) =>
      fields.some((field) => field.name.startsWith('numberOf')) ? undefined : adding(lookup.model, to, fields),
    ),
    phrase(
      '{owner} (belongs|belong) to [a|an|one|exactly one|a certain] {thing}',
      { owner: anyOwner, thing: bareSingular },
      ({ owner: to, thing: target }, { lookup }) => adding(lookup.model, to, [{ name: target, type: { kind: 'reference', to: target } }]),
    ),
    phrase(
      '{owner} (must always belong|must belong|always belongs|has to belong) to [a|an|one|exactly one] {thing}',
      { owner: anyOwner, thing: bareSingular },
      ({ owner: to, thing: target }, { lookup }) =>
        adding(lookup.model, to, [{ name: target, type: { kind: 'reference', to: target }, required: true }]),
    ),
    phrase(
      'for {owner} [,] [we] (want to|need to|would like to|should|must|have to) (track|record|store|keep|save|enter|register|note down|know) {fields}',
      { owner, fields: newFields },
      ({ owner: to, fields }, { lookup }) => adding(lookup.model, to, fields),
    ),
    phrase(
      'for {owner} [,] [also] [we] [also] (track|record|store|keep|save) {fields}',
      { owner, fields: newFields },
      ({ owner: to, fields }, { lookup }) => adding(lookup.model, to, fields),
    ),
    phrase(
      '(we need|there is|there should be|we have) {fields} (on|for|in) {owner}',
      { fields: newFields, owner },
      ({ fields, owner: to }, { lookup }) => adding(lookup.model, to, fields),
    ),
    phrase(
      '(a|an) [new] {name} [field] (should be|shall be|must be|is to be|needs to be) added to {owner}',
      { name: newName, owner },
      ({ name, owner: to }, { lookup }) => {
        const kind = nounType(name.words);
        return kind === undefined ? undefined : adding(lookup.model, to, [{ name: camelOf(name.words), type: { kind } }]);
      },
    ),
    phrase('{owner} (should be|shall be|are to be) given {fields}', { owner, fields: newFields }, ({ owner: to, fields }, { lookup }) =>
      adding(lookup.model, to, fields),
    ),
    phrase('(extend|expand) {owner} (with|by) {fields}', { owner, fields: newFields }, ({ owner: to, fields }, { lookup }) =>
      adding(lookup.model, to, fields),
    ),
    phrase('add {field} to {owner} [,] (optional|as an optional field)', { field: newField, owner }, ({ field, owner: to }, { lookup }) =>
      field.required === undefined ? adding(lookup.model, to, [field]) : undefined,
    ),
    phrase(
      'add {field} to {owner} [,] (required|mandatory|as a required field|which is required|that is required|and make it (required|mandatory))',
      { field: newField, owner },
      ({ field, owner: to }, { lookup }) =>
        field.required === undefined ? adding(lookup.model, to, [{ ...field, required: true }]) : undefined,
    ),
    phrase(
      'add {field} to {owner} [,] (unique|which (is|must be) unique|that (is|must be) unique|and make it unique)',
      { field: newField, owner },
      ({ field, owner: to }, { lookup }) =>
        field.unique === undefined ? adding(lookup.model, to, [{ ...field, unique: true }]) : undefined,
    ),
    phrase(
      'add {field} to {owner} [,] (by default {value}|{value} by default|with [a|the] default [of] {value}|which defaults to {value}|that defaults to {value})',
      { field: newField, owner, value: literal },
      ({ field, owner: to, value }, { lookup }) =>
        withDefault(field, value) === undefined ? undefined : adding(lookup.model, to, [withDefault(field, value) ?? field]),
    ),
    phrase('add to {owner} {fields}', { owner, fields: newFields }, ({ owner: to, fields }, { lookup }) =>
      adding(lookup.model, to, fields),
    ),
    phrase(
      'add {field} to {owner} (:|,) {suffix}',
      { field: bareField, owner, suffix: orSuffix },
      ({ field, owner: to, suffix }, { lookup }) => withChoices(lookup.model, to, field, suffix),
    ),
    phrase(
      'add {field} to {owner} [,] (that|which) (can be|is|is one of|can be one of|is either|can have the values) {suffix}',
      { field: bareField, owner, suffix: orSuffix },
      ({ field, owner: to, suffix }, { lookup }) => withChoices(lookup.model, to, field, suffix),
    ),
    phrase(
      'add {field} to {owner} [,] with [the] (values|choices|options|states) {suffix}',
      { field: bareField, owner, suffix: orSuffix },
      ({ field, owner: to, suffix }, { lookup }) => withChoices(lookup.model, to, field, suffix),
    ),
    phrase(
      'add {field} to {owner} [,] {range}',
      { field: bareField, owner, range: rangeSuffix },
      ({ field, owner: to, range }, { lookup }) =>
        Number(range.min) < Number(range.max)
          ? adding(lookup.model, to, [{ name: field, type: { kind: 'integer', min: range.min, max: range.max } }])
          : new Problem('The lower bound comes first.'),
    ),
  ),
);
const bareField: Rule<string> = phrase('[a|an|the|new|a new] {name} [field]', { name: newName }, ({ name }) => camelOf(name.words));
const orSuffix: Rule<readonly string[]> = named('choices behind', () =>
  phrase('{names}', { names: andChoices }, ({ names }) => (names.length > 1 ? names : undefined)),
);
const rangeSuffix: Rule<{ readonly min: string; readonly max: string }> = named('range behind', () =>
  phrase('(from {min} to {max}|between {min} and {max})', { min: number, max: number }, ({ min, max }) => ({ min, max })),
);
const withChoices = (model: SystemModel, to: Owner, name: string, choices: readonly string[]): Request | Problem | undefined =>
  new Set(choices).size < choices.length
    ? new Problem('A value stands twice among the choices.')
    : adding(model, to, [{ name, type: { kind: 'choice', choices }, default: { is: 'choice', value: choices[0] ?? '' } }]);

/** "Add the number of open orders to customers": calculated, or filled in? */
function countedRows(model: SystemModel, to: Owner, field: FieldSpec | undefined, quoted: boolean): Problem | undefined {
  const row = rowOf(model, to);
  if (field === undefined || row === undefined || to.list !== undefined || !/^numberOf[A-Z]/.test(field.name) || quoted) return undefined;
  const rest = labelOf(field.name).replace(/^number of /, '');
  const plural = model.entities.find((entity) => rest.endsWith(labelOf(entity.plural)) && referencesTo(entity, row.entity).length > 0);
  if (plural === undefined) return undefined;
  const name = labelOf(field.name);
  return new Problem(`Is the ${name} calculated or filled in?`, {
    why: `Is the ${name} calculated, or do people fill it in?`,
    instead: [
      `the "${name}" of ${oneOf(model, to)} is the number of their ${rest}`,
      `add a number called "${name}" to ${labelOf(row.entity.plural)}`,
    ],
  });
}
/** A literal default for a field that has none yet. */
function withDefault(field: FieldSpec, value: Literal): FieldSpec | undefined {
  if (field.type.kind === 'choice') {
    const said = value.is === 'text' ? field.type.choices.find((choice) => choice.toLowerCase() === value.value.toLowerCase()) : undefined;
    return said === undefined ? undefined : { ...field, default: { is: 'choice', value: said } };
  }
  return field.default === undefined ? { ...field, default: value } : undefined;
}
function adding(model: SystemModel, to: Owner, fields: readonly FieldSpec[]): Request | Problem | undefined {
  const kept = fields.find((field) => keptNames.has(field.name));
  if (kept !== undefined) return new Problem(`A field cannot be called "${labelOf(kept.name)}": the name is kept for the system itself.`);
  if (to.list !== undefined && fields.some((field) => field.type.kind === 'list'))
    return new Problem('An item of a list has no lists of its own.');
  const only = fields[0];
  const existing = only === undefined ? undefined : fieldOf(model, to, only.name);
  if (only !== undefined && existing !== undefined && fields.length === 1 && existing.type.kind === only.type.kind) {
    if (only.required === true && only.unique === undefined) return { act: 'setRequired', owner: to, field: only.name, required: true };
    if (only.unique === true && only.required === true) {
      const [required, unique]: readonly Request[] = [
        { act: 'setRequired', owner: to, field: only.name, required: true },
        { act: 'setUnique', owner: to, field: only.name, unique: true },
      ];
      if (required !== undefined && unique !== undefined)
        return new Problem('"Must" can go with "have" or with "unique".', {
          why: 'Must it be given and be unique, or only be unique where it is given?',
          sequences: [[required, unique], [unique]],
        });
    }
    if (only.unique === true && only.required === undefined) return { act: 'setUnique', owner: to, field: only.name, unique: true };
  }
  return { act: 'addFields', owner: to, fields };
}
function needs(model: SystemModel, to: Owner, fields: readonly FieldSpec[]): Request | Problem | undefined {
  const optional_ = adding(model, to, fields);
  const required = adding(
    model,
    to,
    fields.map((field) => ({ ...field, required: true })),
  );
  if (optional_ === undefined || required === undefined || optional_ instanceof Problem) return optional_;
  if (required instanceof Problem) return required;
  return new Problem('"Need" can mean two things here.', {
    why: 'Must it always be given, or may it be left out?',
    requests: [required, optional_],
  });
}

const rename: Rule<Request> = named('rename', () =>
  either(
    phrase('(rename|relabel) {ref} (to|into|as) {name}', { ref, name: newName }, ({ ref: { owner: of, field }, name }) =>
      renaming(of, field, name.words),
    ),
    phrase(
      '(rename|relabel) {field} (to|into|as) {name} (on|for|in|of) {owner}',
      { field: fieldName, name: newName, owner },
      ({ field, name, owner: of }, { lookup }) =>
        fieldOf(lookup.model, of, field) === undefined ? undefined : renaming(of, field, name.words),
    ),
    phrase('call {ref} [now] {name} [instead]', { ref: fieldRef, name: newName }, ({ ref: { owner: of, field }, name }) =>
      renaming(of, field, name.words),
    ),
    phrase(
      '{ref} (is|are|should be|shall be|must be|will be) [now] (called|named|renamed|renamed to) {name} [instead|now]',
      { ref: fieldRef, name: newName },
      ({ ref: { owner: of, field }, name }) => renaming(of, field, name.words),
    ),
    phrase('change the name of {ref} to {name}', { ref, name: newName }, ({ ref: { owner: of, field }, name }) =>
      renaming(of, field, name.words),
    ),
    phrase(
      'rename {thing} to {name}',
      { thing, name: newName },
      ({ thing: entity }) =>
        new Problem(`Whole things cannot be renamed by a sentence yet: programs use the address of ${labelOf(entity)}. Fields can.`),
    ),
  ),
);
const renaming = (of: Owner, field: string, words: string): Request | Problem => {
  const to = camelOf(words);
  return keptNames.has(to)
    ? new Problem(`A field cannot be called "${words}": the name is kept for the system itself.`)
    : { act: 'renameField', owner: of, field, to };
};

const MORE = '[any more|anymore|any longer]';
const remove: Rule<Request> = named('remove', () =>
  either(
    phrase('(remove|delete|drop|take away|get rid of|hide) {ref}', { ref }, ({ ref: { owner: of, field } }): Request => ({
      act: 'removeField',
      owner: of,
      field,
    })),
    phrase(
      `{owner} (no longer (have|has|need|needs)|do not have|does not have|should not have|should no longer have|have no|has no|need no|needs no) [a|an|the|any] {field} [field] ${MORE}`,
      { owner, field: fieldName },
      ({ owner: of, field }, { lookup }) =>
        fieldOf(lookup.model, of, field) === undefined
          ? new Problem(`${oneOf(lookup.model, of)} has no ${labelOf(field)}.`)
          : ({ act: 'removeField', owner: of, field } as Request),
    ),
    phrase(
      `(we|you) (no longer need|do not need|no longer want|do not want|no longer (track|store|record|keep)|do not (track|store|record|keep)) {ref} ${MORE}`,
      { ref: fieldRef },
      ({ ref: { owner: of, field } }): Request => ({ act: 'removeField', owner: of, field }),
    ),
    phrase(
      '{ref} (should be|shall be|must be|is to be|are to be) (removed|dropped|hidden|deleted|taken away)',
      { ref: fieldRef },
      ({ ref: { owner: of, field } }): Request => ({ act: 'removeField', owner: of, field }),
    ),
    phrase(
      'the {field} [field] (should be|shall be|must be|is to be) (removed|dropped|hidden|deleted|taken away) from {owner}',
      { field: fieldName, owner },
      ({ field, owner: of }, { lookup }) =>
        found(lookup.model, of, field, ({ owner: at, field: name }): Request => ({ act: 'removeField', owner: at, field: name })),
    ),
    phrase('stop (tracking|recording|storing|keeping) {ref}', { ref: fieldRef }, ({ ref: { owner: of, field } }): Request => ({
      act: 'removeField',
      owner: of,
      field,
    })),
  ),
);

const IS = '(is|are|must be|should be|shall be|has to be|have to be|will be|needs to be|need to be)';
const REQUIRED = '(required|mandatory|compulsory|obligatory|filled in|filled|given|provided|entered)';
const required: Rule<Request> = named('required', () =>
  either(
    phrase(`for {owner} [,] the {field} ${IS} [always|now] ${REQUIRED}`, { owner, field: fieldName }, ({ owner: of, field }, { lookup }) =>
      found(lookup.model, of, field, (r) => set(r, true)),
    ),
    phrase(`{ref} ${IS} [always|now] ${REQUIRED}`, { ref }, ({ ref: r }) => set(r, true)),
    phrase('{ref} (can|may|must|should) not be (empty|blank|missing|left out|left empty|left blank|omitted)', { ref }, ({ ref: r }) =>
      set(r, true),
    ),
    phrase('{ref} (can|may|must|should) never be (empty|blank|missing|left out|left empty|left blank|omitted)', { ref }, ({ ref: r }) =>
      set(r, true),
    ),
    phrase('make {ref} [a] (required|mandatory|compulsory|obligatory) [field]', { ref }, ({ ref: r }) => set(r, true)),
    phrase(
      'make {field} (required|mandatory|compulsory) (for|on) {owner}',
      { field: fieldName, owner },
      ({ field, owner: of }, { lookup }) => found(lookup.model, of, field, (r) => set(r, true)),
    ),
    phrase('require [a|an|the] {field} (for|on|of|from) {owner}', { field: fieldName, owner }, ({ field, owner: of }, { lookup }) =>
      found(lookup.model, of, field, (r) => set(r, true)),
    ),
    phrase(`[a|an|the] {field} ${IS} ${REQUIRED} (for|on) {owner}`, { field: fieldName, owner }, ({ field, owner: of }, { lookup }) =>
      found(lookup.model, of, field, (r) => set(r, true)),
    ),
    phrase(
      '(no {owner}|{owner} can not|{owner} must not|{owner} may not) [may|can|must] (exist|be (created|saved|stored|added)|exists) without [a|an|its|their] {field}',
      { owner, field: fieldName },
      ({ owner: of, field }, { lookup }) => found(lookup.model, of, field, (r) => set(r, true)),
    ),
    phrase('no {owner} without [a|an|its|their] {field}', { owner, field: fieldName }, ({ owner: of, field }, { lookup }) =>
      found(lookup.model, of, field, (r) => set(r, true)),
    ),
    phrase(
      'it is (no longer|not) (necessary|required|mandatory|compulsory) to (give|enter|fill in|provide|know) {ref}',
      { ref },
      ({ ref: r }) => set(r, false),
    ),
    phrase('it is (necessary|required|mandatory|compulsory) to (give|enter|fill in|provide) {ref}', { ref }, ({ ref: r }) => set(r, true)),
    phrase(
      `{ref} (is|are|should be|can be|shall be) (optional|left out|left empty|left blank|empty|blank) [now|again]`,
      { ref },
      ({ ref: r }) => set(r, false),
    ),
    phrase('{ref} (is|are) (not|no longer) (required|mandatory|compulsory|obligatory) [any more|anymore]', { ref }, ({ ref: r }) =>
      set(r, false),
    ),
    phrase(
      '{ref} (need not|does not have to|do not have to|does not need to|do not need to|must no longer|no longer has to|no longer needs to) be (given|filled in|provided|entered) [any more|anymore]',
      { ref },
      ({ ref: r }) => set(r, false),
    ),
    phrase('make {ref} optional [again]', { ref }, ({ ref: r }) => set(r, false)),
    phrase(
      '{owner} (do not have to|does not have to|need not|no longer have to|no longer has to|no longer need to|no longer needs to|do not need to|does not need to) have [a|an|the] {field} [any more|anymore]',
      { owner, field: fieldName },
      ({ owner: of, field }, { lookup }) => found(lookup.model, of, field, (r) => set(r, false)),
    ),
  ),
);
const set = (r: FieldRef, value: boolean): Request => ({ act: 'setRequired', owner: r.owner, field: r.field, required: value });
const unique: Rule<Request> = named('unique', () =>
  either(
    phrase(`{ref} ${IS} unique`, { ref }, ({ ref: r }) => uniqueness(r, true)),
    phrase('make {ref} unique', { ref }, ({ ref: r }) => uniqueness(r, true)),
    phrase(
      'no two {thing} [may|can|must|should|shall] (have|share) (the same|a|an|one) {field}',
      { thing, field: fieldName },
      ({ thing: entity, field }, { lookup }) => found(lookup.model, { entity }, field, (r) => uniqueness(r, true)),
    ),
    phrase(
      '(two|several|different) {thing} (can|may|must|should) (not|never) (have|share) (the same|a|an|one) {field}',
      { thing, field: fieldName },
      ({ thing: entity, field }, { lookup }) => found(lookup.model, { entity }, field, (r) => uniqueness(r, true)),
    ),
    phrase('{owner} (have|has) (a|an|their own|its own) unique {field}', { owner, field: fieldName }, ({ owner: of, field }, { lookup }) =>
      found(lookup.model, of, field, (r) => uniqueness(r, true)),
    ),
    phrase('{ref} (is|are) (not|no longer) unique [any more|anymore]', { ref }, ({ ref: r }) => uniqueness(r, false)),
    phrase(
      '{ref} (need not be|does not have to be|do not have to be|no longer has to be|no longer have to be|no longer needs to be) unique [any more|anymore]',
      { ref },
      ({ ref: r }) => uniqueness(r, false),
    ),
    phrase(
      '(two|several) {thing} (can|may) (have|share) the same {field}',
      { thing, field: fieldName },
      ({ thing: entity, field }, { lookup }) => found(lookup.model, { entity }, field, (r) => uniqueness(r, false)),
    ),
  ),
);
const uniqueness = (r: FieldRef, value: boolean): Request => ({ act: 'setUnique', owner: r.owner, field: r.field, unique: value });
export const fields: Rule<Request> = either(add, rename, remove, required, unique, fieldValues);
