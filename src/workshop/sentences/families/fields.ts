/** Fields: add, rename, remove, required, unique, default, bounds, choices. */
import type { Field } from '#kernel';
import type { SystemModel } from '#model';
import { nounType } from '../lexicon.ts';
import { camelOf, labelOf } from '../names.ts';
import { andChoices, newField, newFields, newName } from '../grammar/new-field.ts';
import { anyOwner, bareSingular, fieldName, type FieldRef, fieldRef, loneField, owner, thing } from '../grammar/nouns.ts';
import { fit, literal, number, money } from '../grammar/values.ts';
import type { FieldSpec, Literal, Owner, Request } from '../request.ts';
import { choiceSaid, fieldOf, fieldsOfKind, oneOf, referencesTo, rowOf } from '../resolve.ts';
import { saysSize } from '../bind.ts';
import { either, named, optional, phrase, Problem, type Rule } from '../rule.ts';
import { keptNames } from './things.ts';

const ref: Rule<FieldRef> = named('field named', () => either(fieldRef, loneField));

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
const found = (
  model: SystemModel,
  of: Owner,
  field: string,
  make: (r: FieldRef) => Request | Problem | undefined,
): Request | Problem | undefined =>
  fieldOf(model, of, field) === undefined ? new Problem(`${oneOf(model, of)} has no ${labelOf(field)}.`) : make({ owner: of, field });

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

const defaults: Rule<Request> = named('default', () =>
  either(
    phrase(
      '{ref} (is|are|starts as|starts at|should be|shall be) {value} by default',
      { ref, value: literal },
      ({ ref: r, value }, { lookup }) => defaulting(lookup.model, r, value),
    ),
    phrase('by default [,] {ref} (is|are|should be) {value}', { ref, value: literal }, ({ ref: r, value }, { lookup }) =>
      defaulting(lookup.model, r, value),
    ),
    phrase('{ref} (defaults|default|should default) to {value}', { ref, value: literal }, ({ ref: r, value }, { lookup }) =>
      defaulting(lookup.model, r, value),
    ),
    phrase(
      'the default [value] (of|for) {ref} (is|should be|shall be) [now] {value}',
      { ref, value: literal },
      ({ ref: r, value }, { lookup }) => defaulting(lookup.model, r, value),
    ),
    phrase('(set|change) the default [value] (of|for) {ref} to {value}', { ref, value: literal }, ({ ref: r, value }, { lookup }) =>
      defaulting(lookup.model, r, value),
    ),
    phrase(
      '(set|change) the default {field} (of|for) [all] [new] {owner} to {value}',
      { field: fieldName, owner, value: literal },
      ({ field, owner: of, value }, { lookup }) => found(lookup.model, of, field, (r) => defaulting(lookup.model, r, value)),
    ),
    phrase(
      'the [default] {field} (of|for) [a|all|every] new {owner} (is|should be|shall be) {value} [by default]',
      { field: fieldName, owner, value: literal },
      ({ field, owner: of, value }, { lookup }) => found(lookup.model, of, field, (r) => defaulting(lookup.model, r, value)),
    ),
    phrase(
      'the default {field} (of|for) {owner} (is|should be) {value}',
      { field: fieldName, owner, value: literal },
      ({ field, owner: of, value }, { lookup }) => found(lookup.model, of, field, (r) => defaulting(lookup.model, r, value)),
    ),
    phrase(
      `(if|when|where) (nothing|no value|nothing else|no other value) is (entered|given|filled in|provided|said) [,] {ref} (is|are|should be|shall be|is set to) {value}`,
      { ref, value: literal },
      ({ ref: r, value }, { lookup }) => defaulting(lookup.model, r, value),
    ),
    phrase(
      `{ref} (is|are|should be|shall be) {value} [,] (if|when|where) (nothing|no value|nothing else|no other value) is (entered|given|filled in|provided|said)`,
      { ref, value: literal },
      ({ ref: r, value }, { lookup }) => defaulting(lookup.model, r, value),
    ),
    phrase(
      `{ref} (is|are|should be|shall be) {value} unless (something else|another value) is (entered|given|filled in|provided|said)`,
      { ref, value: literal },
      ({ ref: r, value }, { lookup }) => defaulting(lookup.model, r, value),
    ),
    phrase(
      `unless (something else|another value) is (entered|given|filled in|provided|said) [,] {ref} (is|are|should be|shall be) {value}`,
      { ref, value: literal },
      ({ ref: r, value }, { lookup }) => defaulting(lookup.model, r, value),
    ),
    phrase(
      'new {owner} (get|gets|have|has|start with|starts with|begin with) [a|an] {field} [of] {value} [by default]',
      { owner, field: fieldName, value: literal },
      ({ owner: of, field, value }, { lookup }) => found(lookup.model, of, field, (r) => defaulting(lookup.model, r, value)),
    ),
    phrase(
      '{owner} (get|gets|have|has) [a|an] {field} of {value} by default',
      { owner, field: fieldName, value: literal },
      ({ owner: of, field, value }, { lookup }) => found(lookup.model, of, field, (r) => defaulting(lookup.model, r, value)),
    ),
    phrase(
      'by default [,] {owner} (get|gets|have|has) [a|an] {field} of {value}',
      { owner, field: fieldName, value: literal },
      ({ owner: of, field, value }, { lookup }) => found(lookup.model, of, field, (r) => defaulting(lookup.model, r, value)),
    ),
    phrase(
      '(a new {owner} is|new {owner} (are|is)|{owner} (are|is)) {value} by default',
      { owner, value: literal },
      ({ owner: of, value }, { lookup }) => stateDefault(lookup.model, of, value),
    ),
    phrase(
      '(a new {owner}|new {owner}) (is|are|starts as|start as|starts out as) {value}',
      { owner, value: literal },
      ({ owner: of, value }, { lookup }) => stateDefault(lookup.model, of, value),
    ),
  ),
);
function defaulting(model: SystemModel, r: FieldRef, value: Literal): Request | Problem {
  const field = fieldOf(model, r.owner, r.field);
  if (field === undefined) return new Problem(`${oneOf(model, r.owner)} has no ${labelOf(r.field)}.`);
  if (field.derived !== undefined)
    return new Problem(`The ${labelOf(r.field)} of ${oneOf(model, r.owner)} is calculated; a calculated field has no default.`);
  const fitted = fit(model, field, value);
  return fitted instanceof Problem ? fitted : { act: 'setDefault', owner: r.owner, field: r.field, value: fitted };
}
/** "A new order is open by default": the choice field that has the word. */
function stateDefault(model: SystemModel, of: Owner, value: Literal): Request | Problem | undefined {
  if (value.is !== 'text') return undefined;
  const fields = (rowOf(model, of)?.fields ?? []).filter((field) => choiceSaid(field, value.value) !== undefined);
  const only = fields[0];
  return only === undefined || fields.length > 1 ? undefined : defaulting(model, { owner: of, field: only.name }, value);
}

type Bound = {
  readonly min?: { readonly value: string; readonly strict: boolean };
  readonly max?: { readonly value: string; readonly strict: boolean };
};
const figure: Rule<string> = named('figure', () => either(number, money));
const least = (value: string, strict = false): Bound => ({ min: { value, strict } });
const most = (value: string, strict = false): Bound => ({ max: { value, strict } });
const BE =
  '(is|are|must be|should be|has to be|have to be|shall be|must always be|is always|are always|must stay|must lie|lies|may be|can be|must go|goes|ranges)';
const bound: Rule<Bound> = named('bound', () =>
  either(
    phrase(`${BE} (at least|no less than|not less than|no lower than|not below|not under) {n}`, { n: figure }, ({ n }) => least(n)),
    phrase(`${BE} (at most|no more than|not more than|no higher than|not above|not over|up to) {n}`, { n: figure }, ({ n }) => most(n)),
    phrase(`${BE} {n} or (more|higher|above|greater)`, { n: figure }, ({ n }) => least(n)),
    phrase(`${BE} {n} or (less|lower|below|fewer)`, { n: figure }, ({ n }) => most(n)),
    phrase(`${BE} (over|above|more than|greater than|higher than|larger than) {n}`, { n: figure }, ({ n }) => least(n, true)),
    phrase(`${BE} (under|below|less than|lower than|smaller than) {n}`, { n: figure }, ({ n }) => most(n, true)),
    phrase(`${BE} [somewhere] (between|from) {low} (and|to) {high}`, { low: figure, high: figure }, ({ low, high }): Bound => ({
      min: { value: low, strict: false },
      max: { value: high, strict: false },
    })),
    phrase(
      `${BE} at least {low} and [is] (at most|no more than|not more than|up to) {high}`,
      { low: figure, high: figure },
      ({ low, high }): Bound => ({ min: { value: low, strict: false }, max: { value: high, strict: false } }),
    ),
    phrase(`${BE} positive`, {}, () => least('0', true)),
    phrase('(can|may|must|should|shall|is|are) (not|never) [be|become] negative', {}, () => least('0')),
    phrase(
      '(can|may|must|should|shall|is|are|will) (not|never) [be|go|fall|become|get|drop] (below|under|less than|lower than|smaller than) {n}',
      { n: figure },
      ({ n }) => least(n),
    ),
    phrase(
      '(can|may|must|should|shall|is|are|will) (not|never) [be|go|rise|become|get] (over|above|more than|greater than|higher than|larger than|bigger than) {n}',
      { n: figure },
      ({ n }) => most(n),
    ),
    phrase('(can|may|must|should|shall|will) (not|never) exceed {n}', { n: figure }, ({ n }) => most(n)),
    phrase('never exceeds {n}', { n: figure }, ({ n }) => most(n)),
    phrase('(has|have|gets) a (maximum|limit|cap) of {n}', { n: figure }, ({ n }) => most(n)),
    phrase('(has|have|gets) a minimum of {n}', { n: figure }, ({ n }) => least(n)),
    phrase('(is|are|should be|must be) (limited to|capped at|restricted to) {n}', { n: figure }, ({ n }) => most(n)),
  ),
);
const bounds: Rule<Request> = named('bounds', () =>
  either(
    phrase('{ref} {bound}', { ref, bound }, ({ ref: r, bound: b }, { lookup }) => bounding(lookup.model, r, b)),
    phrase(
      '{owner} (must|should|may|can|has to|have to) (cost|be worth) at least {low} and (at most|no more than|not more than|up to) {high}',
      { owner, low: figure, high: figure },
      ({ owner: of, low, high }, { lookup }) =>
        priced(lookup.model, of, (r) =>
          bounding(lookup.model, r, { min: { value: low, strict: false }, max: { value: high, strict: false } }),
        ),
    ),
    phrase(
      '{owner} (must|should|has to|have to) (cost|be worth) at least {low}',
      { owner, low: figure },
      ({ owner: of, low }, { lookup }) => priced(lookup.model, of, (r) => bounding(lookup.model, r, least(low))),
    ),
    phrase(
      '{owner} (must|should|may|can|has to|have to) (cost|be worth) (at most|no more than|not more than|up to) {high}',
      { owner, high: figure },
      ({ owner: of, high }, { lookup }) => priced(lookup.model, of, (r) => bounding(lookup.model, r, most(high))),
    ),
    phrase(
      '[a|an] {ref} (below|under|less than) {n} (is|are) not (allowed|possible|accepted)',
      { ref: fieldRef, n: figure },
      ({ ref: r, n }, { lookup }) => bounding(lookup.model, r, least(n)),
    ),
    phrase(
      '[a|an] {ref} (above|over|more than) {n} (is|are) not (allowed|possible|accepted)',
      { ref: fieldRef, n: figure },
      ({ ref: r, n }, { lookup }) => bounding(lookup.model, r, most(n)),
    ),
    phrase('the (maximum|highest|largest) {ref} (is|should be|must be) {n}', { ref: innerRef, n: figure }, ({ ref: r, n }, { lookup }) =>
      bounding(lookup.model, r, most(n)),
    ),
    phrase('the (minimum|lowest|smallest) {ref} (is|should be|must be) {n}', { ref: innerRef, n: figure }, ({ ref: r, n }, { lookup }) =>
      bounding(lookup.model, r, least(n)),
    ),
    phrase('(limit|restrict|cap) {ref} (to|at) [at most|a maximum of] {n}', { ref, n: figure }, ({ ref: r, n }, { lookup }) =>
      bounding(lookup.model, r, most(n)),
    ),
    phrase('limit {ref} to between {low} and {high}', { ref, low: figure, high: figure }, ({ ref: r, low, high }, { lookup }) =>
      bounding(lookup.model, r, { min: { value: low, strict: false }, max: { value: high, strict: false } }),
    ),
    phrase(
      '{owner} (can|may|must|should) (not|never) have [a|an] {field} (over|above|of more than|more than|higher than|greater than) {n}',
      { owner, field: fieldName, n: figure },
      ({ owner: of, field, n }, { lookup }) => found(lookup.model, of, field, (r) => bounding(lookup.model, r, most(n))),
    ),
    phrase(
      '{owner} (can|may|must|should) (not|never) have [a|an] {field} (under|below|of less than|less than|lower than) {n}',
      { owner, field: fieldName, n: figure },
      ({ owner: of, field, n }, { lookup }) => found(lookup.model, of, field, (r) => bounding(lookup.model, r, least(n))),
    ),
    phrase(
      '{owner} (must|have to|has to|should) have [a|an] {field} of at least {n}',
      { owner, field: fieldName, n: figure },
      ({ owner: of, field, n }, { lookup }) => found(lookup.model, of, field, (r) => bounding(lookup.model, r, least(n))),
    ),
    phrase(
      '{owner} (must|have to|has to|should|can|may) have [a|an] {field} of (at most|no more than) {n}',
      { owner, field: fieldName, n: figure },
      ({ owner: of, field, n }, { lookup }) => found(lookup.model, of, field, (r) => bounding(lookup.model, r, most(n))),
    ),
    phrase(
      '(nobody|no one|no {owner}) [can|may|must|should] (have|has) [a|an] {field} (over|above|of more than|more than) {n}',
      { owner: innerOwner, field: fieldName, n: figure },
      ({ owner: of, field, n }, { lookup }) =>
        of === undefined ? undefined : found(lookup.model, of, field, (r) => bounding(lookup.model, r, most(n))),
    ),
  ),
);
/** What a thing costs: its only amount, where that is one that tells its size and that people fill in. */
function priced(model: SystemModel, of: Owner, make: (r: FieldRef) => Request | Problem | undefined): Request | Problem | undefined {
  const row = rowOf(model, of);
  const amounts = row === undefined ? [] : fieldsOfKind(model, row, 'money');
  const only = amounts[0];
  return only === undefined || amounts.length > 1 || !saysSize(only.name) || only.derived !== undefined
    ? undefined
    : make({ owner: of, field: only.name });
}
const innerOwner: Rule<Owner | undefined> = optional(owner);
const innerRef: Rule<FieldRef> = named('field without article', () => fieldRef);
function bounding(model: SystemModel, r: FieldRef, b: Bound): Request | Problem | undefined {
  const field = fieldOf(model, r.owner, r.field);
  if (field === undefined) return new Problem(`${oneOf(model, r.owner)} has no ${labelOf(r.field)}.`);
  if (field.derived !== undefined) return undefined;
  const min = b.min === undefined ? undefined : inclusive(model, field, b.min.value, b.min.strict, 1);
  const max = b.max === undefined ? undefined : inclusive(model, field, b.max.value, b.max.strict, -1);
  if (min instanceof Problem) return min;
  if (max instanceof Problem) return max;
  if (min !== undefined && max !== undefined && Number(min) > Number(max))
    return new Problem(`No ${labelOf(r.field)} is both at least ${min} and at most ${max}.`);
  return { act: 'setBounds', owner: r.owner, field: r.field, ...(min === undefined ? {} : { min }), ...(max === undefined ? {} : { max }) };
}
/** "More than 0" of a whole number is "at least 1", of an amount "at least 0.01". */
function inclusive(model: SystemModel, field: Field, value: string, strict: boolean, direction: 1 | -1): string | Problem {
  const kind = field.type.kind;
  const scale =
    kind === 'integer'
      ? 0
      : kind === 'money'
        ? model.settings.currency.digits
        : kind === 'decimal' || kind === 'quantity'
          ? field.type.scale
          : undefined;
  if (scale === undefined) return new Problem(`The ${labelOf(field.name)} is no number or amount, so it has no bounds.`);
  const [whole = '0', part = ''] = value.split('.');
  if (part.length > scale) return new Problem(`The ${labelOf(field.name)} has ${scale} digits after the point.`);
  const scaled = BigInt(`${whole}${part.padEnd(scale, '0')}`) + (strict ? BigInt(direction) : 0n);
  const digits = (scaled < 0n ? -scaled : scaled).toString().padStart(scale + 1, '0');
  const text = scale === 0 ? digits : `${digits.slice(0, -scale)}.${digits.slice(-scale)}`;
  return `${scaled < 0n ? '-' : ''}${scale === 0 ? text : text.replace(/\.?0+$/, '')}`;
}

const choices: Rule<Request> = named('choices', () =>
  either(
    phrase(
      '{ref} (can|may|could|should) [now] also (be|have the value|take the value) {names}',
      { ref, names: andChoices },
      ({ ref: r, names }, { lookup }) => adds(lookup.model, r, names),
    ),
    phrase('{ref} (can|may|could) be {names} (too|as well)', { ref, names: andChoices }, ({ ref: r, names }, { lookup }) =>
      adds(lookup.model, r, names),
    ),
    phrase('{owner} (can|may|could) [now] also be {names}', { owner, names: andChoices }, ({ owner: of, names }, { lookup }) =>
      onlyChoice(lookup.model, of, (r) => adds(lookup.model, r, names)),
    ),
    phrase(
      '{owner} (can|may|could) [now] also be of [the] {field} {names}',
      { owner, field: fieldName, names: andChoices },
      ({ owner: of, field, names }, { lookup }) => found(lookup.model, of, field, (r) => adds(lookup.model, r, names)),
    ),
    phrase(
      '{names} (is|are|should be|shall be) no longer (available|possible|allowed|offered) as [a|the|an] {field} (of|for) {owner}',
      { names: andChoices, field: fieldName, owner },
      ({ names, field, owner: of }, { lookup }) => found(lookup.model, of, field, (r) => dropChoice(lookup.model, r, names)),
    ),
    phrase(
      '{names} (should|shall|may|can) no longer be (available|possible|allowed|offered|used) as [a|the|an] {field} (of|for) {owner}',
      { names: andChoices, field: fieldName, owner },
      ({ names, field, owner: of }, { lookup }) => found(lookup.model, of, field, (r) => dropChoice(lookup.model, r, names)),
    ),
    phrase(
      '{names} (should|shall|must|can) [now] also be (available|possible|allowed|offered) as [a|the|an] {field} (of|for) {owner}',
      { names: andChoices, field: fieldName, owner },
      ({ names, field, owner: of }, { lookup }) => found(lookup.model, of, field, (r) => adds(lookup.model, r, names)),
    ),
    phrase(
      'add {names} (to|as a choice for|as a choice of|as an option for|as a value for) {ref}',
      { names: andChoices, ref },
      ({ names, ref: r }, { lookup }) => adds(lookup.model, r, names),
    ),
    phrase('{owner} (can|may) be {names} (too|as well)', { owner, names: andChoices }, ({ owner: of, names }, { lookup }) =>
      onlyChoice(lookup.model, of, (r) => adds(lookup.model, r, names)),
    ),
    phrase(
      'add {names} as a [new|further] {field} (for|to|of) {owner}',
      { names: andChoices, field: fieldName, owner },
      ({ names, field, owner: of }, { lookup }) => found(lookup.model, of, field, (r) => adds(lookup.model, r, names)),
    ),
    phrase(
      'add {names} to the (choices|options|values|possible values) (of|for) {ref}',
      { names: andChoices, ref },
      ({ names, ref: r }, { lookup }) => adds(lookup.model, r, names),
    ),
    phrase(
      '(add|introduce) [a|the] [new] {field} {names} (to|for|of) {owner}',
      { field: fieldName, names: andChoices, owner },
      ({ field, names, owner: of }, { lookup }) => found(lookup.model, of, field, (r) => adds(lookup.model, r, names)),
    ),
    phrase(
      '(add|introduce) [a|the] [new] {names} {field} (to|for|of) {owner}',
      { names: andChoices, field: fieldName, owner },
      ({ field, names, owner: of }, { lookup }) =>
        fieldOf(lookup.model, of, field)?.type.kind === 'choice' ? adds(lookup.model, { owner: of, field }, names) : undefined,
    ),
    phrase(
      '{owner} (can|may|could) [now] also have the {field} {names}',
      { owner, field: fieldName, names: andChoices },
      ({ owner: of, field, names }, { lookup }) => found(lookup.model, of, field, (r) => adds(lookup.model, r, names)),
    ),
    phrase(
      '{owner} should also be able to have the {field} {names}',
      { owner, field: fieldName, names: andChoices },
      ({ owner: of, field, names }, { lookup }) => found(lookup.model, of, field, (r) => adds(lookup.model, r, names)),
    ),
    phrase(
      'there should also be (a|another) [new] {field} {names} for {owner}',
      { field: fieldName, names: andChoices, owner },
      ({ field, names, owner: of }, { lookup }) => found(lookup.model, of, field, (r) => adds(lookup.model, r, names)),
    ),
    phrase(
      'there is (a|another) [new] {field} {names} for {owner}',
      { field: fieldName, names: andChoices, owner },
      ({ field, names, owner: of }, { lookup }) => found(lookup.model, of, field, (r) => adds(lookup.model, r, names)),
    ),
    phrase(
      '{ref} (can|may|should|must|shall) (no longer|not|never) be {names} [any more|anymore|any longer]',
      { ref, names: andChoices },
      ({ ref: r, names }, { lookup }) => dropChoice(lookup.model, r, names),
    ),
    phrase('{owner} (can|may) no longer be {names}', { owner, names: andChoices }, ({ owner: of, names }, { lookup }) =>
      choiceWith(lookup.model, of, names[0] ?? '', (r) => dropChoice(lookup.model, r, names)),
    ),
    phrase(
      '(remove|delete|drop) {names} from [the (choices|options|values|possible values) of] {ref}',
      { names: andChoices, ref },
      ({ names, ref: r }, { lookup }) => dropChoice(lookup.model, r, names),
    ),
    phrase(
      '(remove|delete|drop) the {field} {names} (from|of|for) {owner}',
      { field: fieldName, names: andChoices, owner },
      ({ field, names, owner: of }, { lookup }) => found(lookup.model, of, field, (r) => dropChoice(lookup.model, r, names)),
    ),
    phrase(
      '(remove|delete|drop) the {names} {field} (from|of|for) {owner}',
      { names: andChoices, field: fieldName, owner },
      ({ field, names, owner: of }, { lookup }) =>
        fieldOf(lookup.model, of, field)?.type.kind === 'choice' ? dropChoice(lookup.model, { owner: of, field }, names) : undefined,
    ),
  ),
);
function adds(model: SystemModel, r: FieldRef, names: readonly string[]): Request | Problem {
  const field = fieldOf(model, r.owner, r.field);
  if (field?.type.kind !== 'choice') return new Problem(`The ${labelOf(r.field)} of ${oneOf(model, r.owner)} is no choice between values.`);
  if (new Set(names).size < names.length) return new Problem('A value stands twice.');
  return { act: 'addChoices', owner: r.owner, field: r.field, choices: names.map((name) => choiceSaid(field, name) ?? name) };
}
function dropChoice(model: SystemModel, r: FieldRef, names: readonly string[]): Request | Problem {
  const field = fieldOf(model, r.owner, r.field);
  if (field?.type.kind !== 'choice') return new Problem(`The ${labelOf(r.field)} of ${oneOf(model, r.owner)} is no choice between values.`);
  const name = names[0];
  return name === undefined || names.length > 1
    ? new Problem('Take away one value at a time.')
    : { act: 'removeChoice', owner: r.owner, field: r.field, choice: choiceSaid(field, name) ?? name };
}
function onlyChoice(model: SystemModel, of: Owner, make: (r: FieldRef) => Request | Problem): Request | Problem {
  const fields = (rowOf(model, of)?.fields ?? []).filter((field) => field.type.kind === 'choice');
  const only = fields[0];
  if (only !== undefined && fields.length === 1) return make({ owner: of, field: only.name });
  return new Problem(`${oneOf(model, of)} has ${fields.length === 0 ? 'no' : 'more than one'} field with a choice of values; say which.`);
}
function choiceWith(model: SystemModel, of: Owner, name: string, make: (r: FieldRef) => Request | Problem): Request | Problem {
  const fields = (rowOf(model, of)?.fields ?? []).filter((field) => choiceSaid(field, name) !== undefined);
  const only = fields[0];
  return only !== undefined && fields.length === 1
    ? make({ owner: of, field: only.name })
    : new Problem(`${oneOf(model, of)} cannot be ${labelOf(name)} now.`);
}

export const fields: Rule<Request> = either(add, rename, remove, required, unique, defaults, bounds, choices);
