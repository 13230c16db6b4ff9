/** Actions on a state: "An order can be cancelled while it is open; then its lines go back to stock", "Only a manager can cancel an order". */
import type { EntityContract, Field } from '#kernel';
import { entityById, entityNamed, fieldNamed, type SystemModel, transitionsOf } from '#model';
import { baseOf, gerundOf, participlesOf } from '../inflection.ts';
import { bindConditions } from '../bind.ts';
import { stateClause, stateWords } from '../grammar/conditions.ts';
import type { RawCondition, StateWord } from '../grammar/raw.ts';
import { determiner, entry } from '../grammar/nouns.ts';
import { fit, literal } from '../grammar/values.ts';
import { labelOf, listed } from '../names.ts';
import type { Effect, Literal, Request } from '../request.ts';
import { oneOf, rowOf } from '../resolve.ts';
import { either, listOf, look, named, optional, phrase, Problem, type Rule } from '../rule.ts';

type RawEffect =
  | { readonly is: 'stock'; readonly list: string; readonly field: string; readonly back: boolean }
  | { readonly is: 'set'; readonly field: string; readonly value: Literal };
interface Subject {
  readonly entity: string;
  readonly state: readonly StateWord[];
}

/** "it", "them": the thing of the sentence before. */
const pronoun: Rule<string> = look('pronoun', ({ lookup, tokens }, at) => {
  const word = tokens[at];
  return lookup.about !== undefined && word?.kind === 'word' && ['it', 'them', 'they'].includes(word.text)
    ? [{ end: at + 1, value: lookup.about }]
    : [];
});
const subject: Rule<Subject> = named('what can be acted on', () =>
  either(
    phrase('{pronoun}', { pronoun }, ({ pronoun: entity }): Subject => ({ entity, state: [] })),
    phrase('[{det}] {entity}', { det: optional(determiner), entity: entry('entity') }, ({ entity }): Subject => ({
      entity: entity.entity,
      state: [],
    })),
    phrase(
      '[{det}] {states} {entity}',
      { det: optional(determiner), states: stateWords, entity: entry('entity') },
      ({ states, entity }): Subject => ({ entity: entity.entity, state: states }),
    ),
    phrase(
      '[{det}] {entity} (that|which) (are|is|have been|has been) [still|already] {states}',
      { det: optional(determiner), entity: entry('entity'), states: stateWords },
      ({ entity, states }): Subject => ({ entity: entity.entity, state: states }),
    ),
  ),
);
/** A participle that is a value of some state: "cancelled". */
const done: Rule<string> = named('state reached', () =>
  look('participle', ({ lookup, tokens }, at) =>
    [...new Map(lookup.find('choice', tokens, at).map(({ end, value }) => [value.choice, end])).entries()].map(([choice, end]) => ({
      end,
      value: choice,
    })),
  ),
);
/** A verb whose participle is a value of some state: "cancel", "cancelling". */
const verb: Rule<string> = named('verb', () =>
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
const WHILE =
  '(while|when|if|as long as|only while|only when|only if|so long as|once|provided that|only as long as|but only while|but only if|only once|after)';
interface When {
  readonly condition: RawCondition;
  readonly until: boolean;
}
const when: Rule<When> = named('state needed', () =>
  either(
    phrase(`${WHILE} (it|they) (is|are|has been|have been) {state}`, { state: stateClause }, ({ state }): When => ({
      condition: state,
      until: false,
    })),
    phrase(`${WHILE} (its|their|the) {field} is {state}`, { field: entry('field'), state: stateClause }, ({ state }): When => ({
      condition: state,
      until: false,
    })),
    phrase(`${WHILE} {state}`, { state: stateClause }, ({ state }): When => ({ condition: state, until: false })),
    phrase(
      '(until|unless|as long as it is not|before) (it|they) (is|are|has been|have been) {state}',
      { state: stateClause },
      ({ state }): When => ({ condition: state, until: true }),
    ),
  ),
);

const effect: Rule<RawEffect> = named('effect', () =>
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
const effects: Rule<readonly RawEffect[]> = named('effects', () =>
  either(
    phrase('', {}, (): readonly RawEffect[] => []),
    phrase(
      '(; then|, then|and then|, and then|; and then|then|; in that case|; when that happens|; when this happens|when that happens|, and|;|and|, and in that case|; after that|, which|, in which case) [,] {list}',
      { list: listOf('effect list', effect, '[,] and [then]') },
      ({ list }) => list,
    ),
  ),
);

/** What says that something can be done, before its verb. */
const ABLE =
  '(let|allow|(it is|it must be|it should be|it shall be|make it) possible to|(we|i) (want to|would like to|need to|must|should|have to) be able to|there (should|must) be a (way|button) to|add a button to|provide a way to)';
const allow: Rule<Request> = named('allow', () =>
  either(
    phrase(
      '{subject} (can|may|could|is allowed to|are allowed to) [only] be {done} {when} {effects}',
      { subject, done, when, effects },
      ({ subject: s, done: to, when: w, effects: e }, { lookup }) => allowing(lookup.model, s, to, w, [], e),
    ),
    phrase(
      '{subject} (can|may|could) be {done} {effects}',
      { subject, done, effects },
      ({ subject: s, done: to, effects: e }, { lookup }) => allowing(lookup.model, s, to, undefined, [], e),
    ),
    phrase(
      '{subject} (can|may) be {done} by {roles} {when} {effects}',
      { subject, done, roles, when, effects },
      ({ subject: s, done: to, roles: by, when: w, effects: e }, { lookup }) => roleQuestion(lookup.model, s, to, w, by, e),
    ),
    phrase(
      '{subject} (can|may) only be {done} by {roles} [,] [and] [only] {when} {effects}',
      { subject, done, roles, when, effects },
      ({ subject: s, done: to, roles: by, when: w, effects: e }, { lookup }) => allowing(lookup.model, s, to, w, by, e),
    ),
    phrase(
      '{subject} (can|may) be {done} {when} [,] [but] only by {roles} {effects}',
      { subject, done, when, roles, effects },
      ({ subject: s, done: to, when: w, roles: by, effects: e }, { lookup }) => allowing(lookup.model, s, to, w, by, e),
    ),
    phrase(
      '{subject} (can|may) be {done} [,] [but] only by {roles} {effects}',
      { subject: stateSubject, done, roles, effects },
      ({ subject: s, done: to, roles: by, effects: e }, { lookup }) => allowing(lookup.model, s, to, undefined, by, e),
    ),
    phrase(
      '{subject} (can|may) be {done} [,] [but] only by {roles} {when} {effects}',
      { subject, done, when, roles, effects },
      ({ subject: s, done: to, when: w, roles: by, effects: e }, { lookup }) => allowing(lookup.model, s, to, w, by, e),
    ),
    phrase(
      '(allow|permit|let) {subject} [to] be {done} {effects}',
      { subject, done, effects },
      ({ subject: s, done: to, effects: e }, { lookup }) => allowing(lookup.model, s, to, undefined, [], e),
    ),
    phrase(
      '(allow|permit|let) {subject} [to] be {done} {when} {effects}',
      { subject, done, when, effects },
      ({ subject: s, done: to, when: w, effects: e }, { lookup }) => allowing(lookup.model, s, to, w, [], e),
    ),
    phrase(
      '{subject} (can|may) be {done} by {roles} only [,] {when} {effects}',
      { subject, done, roles, when, effects },
      ({ subject: s, done: to, roles: by, when: w, effects: e }, { lookup }) => allowing(lookup.model, s, to, w, by, e),
    ),
    phrase(
      '(allow|permit|support) {verb} {subject} {effects}',
      { verb, subject, effects },
      ({ verb: to, subject: s, effects: e }, { lookup }) => allowing(lookup.model, s, to, undefined, [], e),
    ),
    phrase(
      '(allow|permit|support) {verb} {subject} {when} {effects}',
      { verb, subject, when, effects },
      ({ verb: to, subject: s, when: w, effects: e }, { lookup }) => allowing(lookup.model, s, to, w, [], e),
    ),
    phrase(
      `${ABLE} [(us|people|users|everyone|anyone)] [to] {verb} {subject} {effects}`,
      { verb, subject, effects },
      ({ verb: to, subject: s, effects: e }, { lookup }) => allowing(lookup.model, s, to, undefined, [], e),
    ),
    phrase(
      `${ABLE} [(us|people|users|everyone|anyone)] [to] {verb} {subject} {when} {effects}`,
      { verb, subject, when, effects },
      ({ verb: to, subject: s, when: w, effects: e }, { lookup }) => allowing(lookup.model, s, to, w, [], e),
    ),
    phrase(
      '(we|people|users|everyone|anyone|you|one) (can|may|must be able to|should be able to) {verb} {subject} {effects}',
      { verb, subject, effects },
      ({ verb: to, subject: s, effects: e }, { lookup }) => allowing(lookup.model, s, to, undefined, [], e),
    ),
    phrase(
      '(we|people|users|everyone|anyone|you|one) (can|may|must be able to|should be able to) {verb} {subject} {when} {effects}',
      { verb, subject, when, effects },
      ({ verb: to, subject: s, when: w, effects: e }, { lookup }) => allowing(lookup.model, s, to, w, [], e),
    ),
    phrase(
      'only {roles} (can|may|is allowed to|are allowed to) {verb} {subject} {when} {effects}',
      { roles, verb, subject, when, effects },
      ({ roles: by, verb: to, subject: s, when: w, effects: e }, { lookup }) => allowing(lookup.model, s, to, w, by, e),
    ),
    phrase(
      'only {roles} (can|may|is allowed to|are allowed to) {verb} {subject} {effects}',
      { roles, verb, subject: stateSubject, effects },
      ({ roles: by, verb: to, subject: s, effects: e }, { lookup }) => allowing(lookup.model, s, to, undefined, by, e),
    ),
    phrase(
      '{roles} (can|may) {verb} {subject} {when} {effects}',
      { roles, verb, subject, when, effects },
      ({ roles: by, verb: to, subject: s, when: w, effects: e }, { lookup }) => roleQuestion(lookup.model, s, to, w, by, e),
    ),
    phrase(
      '{roles} (can|may) {verb} {subject} {effects}',
      { roles, verb, subject: stateSubject, effects },
      ({ roles: by, verb: to, subject: s, effects: e }, { lookup }) => roleQuestion(lookup.model, s, to, undefined, by, e),
    ),
    phrase(
      `{when} [,] (it|they) (can|may|could) [then] be {done} {effects}`,
      { when: whenSaid, done, effects },
      ({ when: { subject: s, when: w }, done: to, effects: e }, { lookup }) => allowing(lookup.model, s, to, w, [], e),
    ),
    phrase(
      'let {roles} {verb} {subject} {when} {effects}',
      { roles, verb, subject, when, effects },
      ({ roles: by, verb: to, subject: s, when: w, effects: e }, { lookup }) => roleQuestion(lookup.model, s, to, w, by, e),
    ),
    phrase(
      'let {roles} {verb} {subject} {effects}',
      { roles, verb, subject: stateSubject, effects },
      ({ roles: by, verb: to, subject: s, effects: e }, { lookup }) => roleQuestion(lookup.model, s, to, undefined, by, e),
    ),
    phrase(
      '(when|if) {subject} (is|are|gets) {done} [,] {list}',
      { subject, done, list: listOf('effect list', effect, '[,] and [then]') },
      ({ subject: s, done: to, list }, { lookup }) => addEffects(lookup.model, s, to, list),
    ),
  ),
);
/** "As long as an order is open": the thing and its state, before what can be done. */
const whenSaid: Rule<{ readonly subject: Subject; readonly when: When }> = named('state needed first', () =>
  phrase(
    `${WHILE} {subject} (is|are|has been|have been) {state}`,
    { subject: plainSubject, state: stateClause },
    ({ subject: s, state }) => ({ subject: s, when: { condition: state, until: false } }),
  ),
);
const stateSubject: Rule<Subject> = named('rows in a state', () =>
  phrase('{subject}', { subject }, ({ subject: s }) => (s.state.length > 0 ? s : undefined)),
);
const roles: Rule<readonly string[]> = named('roles', () =>
  listOf(
    'role list',
    phrase('[a|an|the] {role}', { role: entry('role') }, ({ role }) => role.role),
    '[,] (and|or)',
  ),
);

const restrict: Rule<Request> = named('restrict', () =>
  either(
    phrase(
      'only {roles} (can|may|is allowed to|are allowed to|shall) {verb} {subject}',
      { roles, verb, subject: plainSubject },
      ({ roles: by, verb: to, subject: s }, { lookup }) => restricting(lookup.model, s.entity, to, by),
    ),
    phrase(
      '{subject} (can|may|must|should) only be {done} by {roles}',
      { subject: plainSubject, done, roles },
      ({ subject: s, done: to, roles: by }, { lookup }) => restricting(lookup.model, s.entity, to, by),
    ),
    phrase(
      '{subject} (can|may) be {done} by {roles} only',
      { subject: plainSubject, done, roles },
      ({ subject: s, done: to, roles: by }, { lookup }) => restricting(lookup.model, s.entity, to, by),
    ),
    phrase(
      '{subject} (can|may) be {done} only by {roles}',
      { subject: plainSubject, done, roles },
      ({ subject: s, done: to, roles: by }, { lookup }) => restricting(lookup.model, s.entity, to, by),
    ),
    phrase(
      '(nobody|no one|none) (but|except|other than) {roles} (can|may|should|must|shall|is allowed to) {verb} {subject}',
      { roles, verb, subject: plainSubject },
      ({ roles: by, verb: to, subject: s }, { lookup }) => restricting(lookup.model, s.entity, to, by),
    ),
    phrase(
      '{verb} {subject} is (reserved for|restricted to|limited to) {roles}',
      { verb, subject: plainSubject, roles },
      ({ verb: to, subject: s, roles: by }, { lookup }) => restricting(lookup.model, s.entity, to, by),
    ),
  ),
);
const plainSubject: Rule<Subject> = named('any row', () =>
  phrase('{subject}', { subject }, ({ subject: s }) => (s.state.length === 0 ? s : undefined)),
);

/** The choice field that has a value, where exactly one has it. */
function stateField(model: SystemModel, entity: EntityContract, choice: string): Field | Problem {
  const fields = entity.fields.filter((field) => field.type.kind === 'choice' && field.type.choices.some((each) => each.name === choice));
  const only = fields[0];
  if (only === undefined)
    return new Problem(
      `${oneOf(model, { entity: entity.name })} has no state "${labelOf(choice)}"; add it first ("... can also be ${labelOf(choice)}").`,
    );
  return fields.length > 1 ? new Problem(`"${labelOf(choice)}" is a value of several fields.`) : only;
}
function allowing(
  model: SystemModel,
  s: Subject,
  to: string,
  w: When | undefined,
  by: readonly string[],
  raw: readonly RawEffect[],
): Request | Problem | undefined {
  const entity = entityNamed(model, s.entity);
  const row = rowOf(model, { entity: s.entity });
  if (entity === undefined || row === undefined) return undefined;
  const field = stateField(model, entity, to);
  if (field instanceof Problem) return field;
  if (field.type.kind !== 'choice') return undefined;
  const names = field.type.choices.map((choice) => choice.name);
  const froms: (readonly string[])[] = [];
  const narrow = (raws: RawCondition, until: boolean): Problem | undefined => {
    const bound = bindConditions(model, row, [raws]);
    if (bound instanceof Problem) return bound;
    const only = bound[0];
    if (only?.is !== 'choice' || only.path[0] !== field.name || bound.length > 1)
      return new Problem(`The state needed must be a value of the ${labelOf(field.name)}.`);
    froms.push((only.not === true) !== until ? names.filter((name) => !only.among.includes(name) && name !== to) : only.among);
    return undefined;
  };
  if (s.state.length > 0) {
    const problem = narrow({ raw: 'state', among: s.state, not: false }, false);
    if (problem !== undefined) return problem;
  }
  if (w !== undefined) {
    const problem = narrow(w.condition, w.until);
    if (problem !== undefined) return problem;
  }
  const effects_ = bindEffects(model, entity, raw);
  if (effects_ instanceof Problem) return effects_;
  const request = (from: readonly string[]): Request => ({
    act: 'allow',
    entity: entity.name,
    field: field.name,
    to,
    from,
    roles: by,
    effects: effects_,
  });
  if (froms.length === 0) {
    const others = names.filter((name) => name !== to);
    return new Problem('It does not say in which state.', {
      why: `In which state can ${oneOf(model, row.owner)} be ${labelOf(to)}?`,
      requests: [...others.map((name) => request([name])), ...(others.length > 1 ? [request(others)] : [])],
    });
  }
  const from = froms.reduce((left, right) => left.filter((name) => right.includes(name)));
  if (from.length === 0) return new Problem('There is no state in which that could be done.');
  if (from.includes(to)) return new Problem(`${oneOf(model, row.owner)} that is ${labelOf(to)} cannot be ${labelOf(to)} again.`);
  return request(from);
}
/** "A manager can cancel an order": alone, or as well as others? */
function roleQuestion(
  model: SystemModel,
  s: Subject,
  to: string,
  w: When | undefined,
  by: readonly string[],
  e: readonly RawEffect[],
): Request | Problem | undefined {
  const only = allowing(model, s, to, w, by, e);
  const all = allowing(model, s, to, w, [], e);
  if (only === undefined || all === undefined || only instanceof Problem || all instanceof Problem) return only;
  return new Problem('It does not say whether others may as well.', {
    why: `May only ${listed(by, 'or')} do it, or everyone who may change the row?`,
    requests: [only, all],
  });
}
function restricting(model: SystemModel, entity: string, to: string, by: readonly string[]): Request | Problem | undefined {
  const found = entityNamed(model, entity);
  if (found === undefined) return undefined;
  const field = stateField(model, found, to);
  if (field instanceof Problem) return field;
  const choice = field.type.kind === 'choice' ? field.type.choices.find((each) => each.name === to) : undefined;
  const operation = transitionsOf(model, found.id).find((each) => each.transition?.field === field.id && each.transition.to === choice?.id);
  if (operation !== undefined) return { act: 'restrict', entity, operation: operation.name, roles: by };
  return allowing(model, { entity, state: [] }, to, undefined, by, []);
}
function addEffects(model: SystemModel, s: Subject, to: string, raw: readonly RawEffect[]): Request | Problem | undefined {
  const entity = entityNamed(model, s.entity);
  if (entity === undefined) return undefined;
  const field = stateField(model, entity, to);
  if (field instanceof Problem) return field;
  const choice = field.type.kind === 'choice' ? field.type.choices.find((each) => each.name === to) : undefined;
  const operation = transitionsOf(model, entity.id).find(
    (each) => each.transition?.field === field.id && each.transition.to === choice?.id,
  );
  if (operation !== undefined)
    return new Problem(
      `What happens when ${oneOf(model, { entity: s.entity })} is ${labelOf(to)} is written in the operation "${labelOf(operation.name)}" already.`,
    );
  return allowing(model, s, to, undefined, [], raw);
}
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
function bindEffects(model: SystemModel, entity: EntityContract, raw: readonly RawEffect[]): readonly Effect[] | Problem {
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
export const actions: Rule<Request> = either(allow, restrict);
