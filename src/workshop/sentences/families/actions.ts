/** Actions on a state: "An order can be cancelled while it is open; then its lines go back to stock", "Only a manager can cancel an order". */
import { stateClause, stateWords } from '../grammar/conditions.ts';
import { determiner, entry } from '../grammar/nouns.ts';
import { done, pronoun, roles, verb } from '../grammar/state-verbs.ts';
import type { Request } from '../request.ts';
import { either, listOf, named, optional, phrase, type Rule } from '../rule.ts';
import { effect, effects } from './action-effects.ts';
import { addEffects, allowing, restricting, roleQuestion, type Subject, type When } from './allowing.ts';

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
const WHILE =
  '(while|when|if|as long as|only while|only when|only if|so long as|once|provided that|only as long as|but only while|but only if|only once|after)';
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

export const actions: Rule<Request> = either(allow, restrict);
