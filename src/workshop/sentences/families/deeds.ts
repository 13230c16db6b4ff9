/** What is done to rows unasked: "mark it as paid", "ship its order", "set its note to ...", "create an invoice for it with ...". */
import type { EntityContract, Field } from '#kernel';
import { entityById, entityNamed, fieldNamed, type SystemModel, transitionsOf } from '#model';
import { entry } from '../grammar/nouns.ts';
import { done, stateField, verb } from '../grammar/state-verbs.ts';
import { stateWord } from '../grammar/conditions.ts';
import type { StateWord } from '../grammar/raw.ts';
import { fit, literal } from '../grammar/values.ts';
import { labelOf, listed } from '../names.ts';
import type { Deed, Given, Literal } from '../request.ts';
import { oneOf, type Row, rowOf } from '../resolve.ts';
import { either, listOf, named, phrase, Problem, type Rule, said } from '../rule.ts';

/** The row itself, or a thing by name: what refers to it, or it itself. */
export type Target = 'it' | { readonly step: string } | { readonly thing: string };
type RawGiven = { readonly literal: Literal } | { readonly field: string } | 'today' | 'id';
export type RawDeed =
  | { readonly is: 'state'; readonly on: Target; readonly state: StateWord }
  | { readonly is: 'set'; readonly on: Target; readonly field: string; readonly value: RawGiven }
  | {
      readonly is: 'create';
      readonly entity: string;
      readonly for?: Target;
      readonly values: readonly { readonly field?: string; readonly value: RawGiven }[];
    };

const target: Rule<Target> = named('row meant', () =>
  either(
    said('(it|them|this|that one|the row)', 'it' as const),
    phrase('(its|their) {field}', { field: entry('field') }, ({ field }): Target => ({ step: field.name })),
    phrase('(the|that|this) {entity}', { entity: entry('entity') }, ({ entity }): Target | undefined =>
      entity.plural ? undefined : { thing: entity.entity },
    ),
    phrase('the {field} of (it|them|the {entity})', { field: entry('field'), entity: entry('entity') }, ({ field }): Target => ({
      step: field.name,
    })),
  ),
);
const given: Rule<RawGiven> = named('value given', () =>
  either(
    phrase('{value}', { value: literal }, ({ value }): RawGiven =>
      value.is === 'date' && value.value === 'today' ? 'today' : { literal: value },
    ),
    phrase("(its|their|the same|today 's) {field}", { field: entry('field') }, ({ field }): RawGiven => ({ field: field.name })),
    phrase('the {field} of (it|the {entity})', { field: entry('field'), entity: entry('entity') }, ({ field }): RawGiven => ({
      field: field.name,
    })),
    said('(its|their) id', 'id' as const),
    said("today 's date", 'today' as const),
  ),
);
/** "its total as total", "total 5", "the same total", "today as issue date". */
const valueOfNew: Rule<{ readonly field?: string; readonly value: RawGiven }> = named('value of a new row', () =>
  either(
    phrase('{value} as [its|the] {field}', { value: given, field: entry('field') }, ({ value, field }) => ({ field: field.name, value })),
    phrase('[its|the|a|an] {field} [of] {value}', { field: entry('field'), value: given }, ({ field, value }) => ({
      field: field.name,
      value,
    })),
    phrase('(its|the same) {field}', { field: entry('field') }, ({ field }) => ({
      field: field.name,
      value: { field: field.name } as RawGiven,
    })),
  ),
);
const stateReached: Rule<StateWord> = either(
  stateWord,
  phrase('{done}', { done }, ({ done: word }): StateWord => ({ word })),
);
/** `noun`: what can be meant besides the row itself. */
const deed: Rule<RawDeed> = named('deed', () =>
  either(
    phrase('{verb} {target}', { verb, target }, ({ verb: to, target: on }): RawDeed => ({ is: 'state', on, state: { word: to } })),
    phrase(
      '((mark|set|turn) {target} (as|to)|make {target}) {state}',
      { target, state: stateReached },
      ({ target: on, state }): RawDeed => ({
        is: 'state',
        on,
        state,
      }),
    ),
    phrase(
      '{target} (is|becomes|are|become|shall be|should be|must be|gets) [then|also] [marked as|set to] {state}',
      { target, state: stateReached },
      ({ target: on, state }): RawDeed => ({ is: 'state', on, state }),
    ),
    phrase('(set|change) (its|their) {field} to {value}', { field: entry('field'), value: given }, ({ field, value }): RawDeed => ({
      is: 'set',
      on: 'it',
      field: field.name,
      value,
    })),
    phrase(
      '(set|change) the {field} of {target} to {value}',
      { field: entry('field'), target, value: given },
      ({ field, target: on, value }): RawDeed => ({ is: 'set', on, field: field.name, value }),
    ),
    phrase(
      '(its|their) {field} (is set to|becomes|are set to|is then|shall be|should be|must be) {value}',
      { field: entry('field'), value: given },
      ({ field, value }): RawDeed => ({ is: 'set', on: 'it', field: field.name, value }),
    ),
    phrase(
      'the {field} of {target} (is set to|becomes|shall be|should be|must be) {value}',
      { field: entry('field'), target, value: given },
      ({ field, target: on, value }): RawDeed => ({ is: 'set', on, field: field.name, value }),
    ),
    phrase(
      '(create|make|add|issue|write|open) (a|an|a new|one) {entity} [for {target}] {values}',
      { entity: entry('entity'), target, values: valuesOfNew },
      ({ entity, target: on, values }): RawDeed | undefined =>
        entity.plural ? undefined : { is: 'create', entity: entity.entity, ...(on === undefined ? {} : { for: on }), values },
    ),
    phrase(
      '(a|an|a new|one) {entity} is (created|made|added|issued) [for {target}] {values}',
      { entity: entry('entity'), target, values: valuesOfNew },
      ({ entity, target: on, values }): RawDeed | undefined =>
        entity.plural ? undefined : { is: 'create', entity: entity.entity, ...(on === undefined ? {} : { for: on }), values },
    ),
  ),
);
const valuesOfNew: Rule<readonly { readonly field?: string; readonly value: RawGiven }[]> = named('values of a new row', () =>
  either(
    phrase('', {}, () => []),
    phrase('[,] with {list}', { list: listOf('values of new', valueOfNew, '[,] and') }, ({ list }) => list),
  ),
);
export const deeds: Rule<readonly RawDeed[]> = named('deeds', () => listOf('deed list', deed, '[,] and [then|also]'));

/** `singled`: the deed that a job begins with names its rows itself, so that "it" is one of these. */
export function bindDeeds(model: SystemModel, row: Row, raws: readonly RawDeed[]): readonly Deed[] | Problem {
  const made: Deed[] = [];
  for (const raw of raws) {
    const bound = bindDeed(model, row, raw);
    if (bound instanceof Problem) return bound;
    if (made.some((each) => JSON.stringify(each) === JSON.stringify(bound))) return new Problem('The same is said twice.');
    made.push(bound);
  }
  return made;
}
interface Aimed {
  readonly on: readonly string[];
  readonly entity: EntityContract;
  readonly row: Row;
}
function aimed(model: SystemModel, row: Row, on: Target): Aimed | Problem {
  if (on === 'it') return { on: [], entity: row.entity, row };
  if ('thing' in on && on.thing === row.entity.name) return { on: [], entity: row.entity, row };
  const references = row.fields.filter((field) => {
    if (field.type.kind !== 'reference') return false;
    return 'step' in on ? field.name === on.step : entityById(model, field.type.to)?.name === on.thing;
  });
  const [only, second] = references;
  const to = only?.type.kind === 'reference' ? entityById(model, only.type.to) : undefined;
  const inside = to === undefined ? undefined : rowOf(model, { entity: to.name });
  if (only === undefined || to === undefined || inside === undefined)
    return new Problem(`${oneOf(model, row.owner)} has no ${labelOf('step' in on ? on.step : on.thing)} that something could be done to.`);
  if (second !== undefined)
    return new Problem(`${oneOf(model, row.owner)} refers to ${oneOf(model, { entity: to.name })} in more than one way.`);
  return { on: [only.name], entity: to, row: inside };
}
function bindDeed(model: SystemModel, row: Row, raw: RawDeed): Deed | Problem {
  if (raw.is === 'create') return bindCreate(model, row, raw);
  const at = aimed(model, row, raw.on);
  if (at instanceof Problem) return at;
  const { on, entity } = at;
  if (raw.is === 'set') {
    const field = fieldNamed(entity.fields, raw.field);
    if (field === undefined || field.derived !== undefined || field.type.kind === 'list')
      return new Problem(`${oneOf(model, at.row.owner)} has no ${labelOf(raw.field)} that could be set.`);
    const value = bindGiven(model, row, field, raw.value);
    if (value instanceof Problem) return value;
    if (field.type.kind === 'choice' && typeof value === 'object' && 'literal' in value && value.literal.is === 'choice')
      return brought(model, at, field, value.literal.value);
    return { is: 'set', on, field: field.name, value };
  }
  if (raw.state.flag !== undefined) {
    const flag = fieldNamed(entity.fields, raw.state.flag.field);
    if (flag?.type.kind !== 'boolean' || flag.derived !== undefined)
      return new Problem(`${oneOf(model, at.row.owner)} cannot be made ${labelOf(raw.state.word)}.`);
    return { is: 'set', on, field: flag.name, value: { literal: { is: raw.state.flag.value ? 'yes' : 'no' } } };
  }
  const field = stateField(model, entity, raw.state.word);
  return field instanceof Problem ? field : brought(model, at, field, raw.state.word);
}
/** Where an operation alone may bring it there, that operation is called. */
function brought(model: SystemModel, { on, entity, row }: Aimed, field: Field, to: string): Deed | Problem {
  const choice = field.type.kind === 'choice' ? field.type.choices.find((each) => each.name === to) : undefined;
  const operation = transitionsOf(model, entity.id).find(
    (each) => each.transition?.field === field.id && each.transition.to === choice?.id,
  );
  const waits = model.rules.find((rule) => rule.form === 'approval' && rule.on === entity.id && rule.before === field.id);
  if (waits !== undefined)
    return new Problem(
      `The ${labelOf(field.name)} of ${labelOf(entity.plural)} waits for an approval by a ${labelOf(waits.form === 'approval' ? waits.role : '')}, which nothing that runs by itself can give.`,
      undefined,
      true,
    );
  if (operation === undefined) return { is: 'set', on, field: field.name, value: { literal: { is: 'choice', value: to } } };
  if (operation.roles.length > 0)
    return new Problem(
      `Only ${listed(operation.roles.map(labelOf), 'or')} may do "${labelOf(operation.name)}", and what runs by itself has no role.`,
      undefined,
      true,
    );
  return operation.input.some((each) => each.required)
    ? new Problem(`"${labelOf(operation.name)}" wants to be told more than what runs by itself knows about ${oneOf(model, row.owner)}.`)
    : { is: 'call', on, operation: operation.name };
}
function bindGiven(model: SystemModel, row: Row, field: Field, value: RawGiven): Given | Problem {
  const kind = field.type.kind;
  const wrong = new Problem(`The ${labelOf(field.name)} is of another kind than that value.`);
  if (value === 'id') return kind === 'text' ? 'id' : wrong;
  if (value === 'today') return kind === 'date' ? 'today' : wrong;
  if ('literal' in value) {
    const fitted = fit(model, field, value.literal);
    return fitted instanceof Problem ? fitted : fitted.is === 'date' && fitted.value === 'today' ? 'today' : { literal: fitted };
  }
  const from = fieldNamed(row.fields, value.field);
  if (from === undefined) return new Problem(`${oneOf(model, row.owner)} has no ${labelOf(value.field)}.`);
  const same =
    from.type.kind === kind &&
    (from.type.kind !== 'reference' || (field.type.kind === 'reference' && field.type.to === from.type.to)) &&
    (from.type.kind !== 'choice' || from.id === field.id) &&
    from.type.kind !== 'list';
  if (!same) return wrong;
  if (field.required && !from.required && from.derived === undefined)
    return new Problem(
      `The ${labelOf(field.name)} must always be given, and the ${labelOf(from.name)} of ${oneOf(model, row.owner)} may be missing.`,
    );
  return { field: from.name };
}
function bindCreate(model: SystemModel, row: Row, raw: Extract<RawDeed, { is: 'create' }>): Deed | Problem {
  const entity = entityNamed(model, raw.entity);
  if (entity === undefined) return new Problem('There is no such thing.');
  if (raw.for !== undefined && raw.for !== 'it' && !('thing' in raw.for && raw.for.thing === row.entity.name))
    return new Problem(`A new ${labelOf(entity.name)} is for ${oneOf(model, row.owner)} itself.`);
  const ways = entity.fields.filter((field) => field.type.kind === 'reference' && field.type.to === row.entity.id);
  const via = raw.for === undefined ? undefined : ways[0];
  if (raw.for !== undefined && (via === undefined || ways.length > 1))
    return new Problem(
      `${oneOf(model, { entity: entity.name })} ${via === undefined ? 'refers to no' : 'refers in several ways to'} ${labelOf(row.entity.name)}.`,
    );
  const values: { readonly field: string; readonly value: Given }[] = [];
  for (const each of raw.values) {
    const field = fieldNamed(entity.fields, each.field ?? '');
    if (field === undefined || field.derived !== undefined || field.type.kind === 'list' || field.name === via?.name)
      return new Problem(`${oneOf(model, { entity: entity.name })} has no ${labelOf(each.field ?? '')} that could be given.`);
    if (values.some((other) => other.field === field.name)) return new Problem(`The ${labelOf(field.name)} is given twice.`);
    const value = bindGiven(model, row, field, each.value);
    if (value instanceof Problem) return value;
    values.push({ field: field.name, value });
  }
  const missing = entity.fields.filter(
    (field) =>
      field.required &&
      field.derived === undefined &&
      field.default === undefined &&
      field.name !== via?.name &&
      !values.some((each) => each.field === field.name),
  );
  if (missing.length > 0)
    return new Problem(
      `${oneOf(model, { entity: entity.name })} needs ${listed(missing.map((field) => labelOf(field.name)))}. Say what it is: "with its id as number", "with today as issue date", "with its total as total".`,
    );
  return {
    is: 'create',
    entity: entity.name,
    ...(via === undefined ? {} : { via: via.name }),
    values: values.toSorted((a, b) => (a.field < b.field ? -1 : 1)),
  };
}
