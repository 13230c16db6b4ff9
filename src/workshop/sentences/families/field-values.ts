/** What a field may hold: its default, its bounds, its choices. */
import type { Field } from '#kernel';
import type { SystemModel } from '#model';
import { labelOf } from '../names.ts';
import { andChoices } from '../grammar/new-field.ts';
import { fieldName, type FieldRef, fieldRef, owner } from '../grammar/nouns.ts';
import { fit, literal, number, money } from '../grammar/values.ts';
import type { Literal, Owner, Request } from '../request.ts';
import { choiceSaid, fieldOf, fieldsOfKind, oneOf, rowOf } from '../resolve.ts';
import { saysSize } from '../bind.ts';
import { either, named, optional, phrase, Problem, type Rule } from '../rule.ts';
import { ref, found } from './field-refs.ts';

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
export const fieldValues: Rule<Request> = either(defaults, bounds, choices);
