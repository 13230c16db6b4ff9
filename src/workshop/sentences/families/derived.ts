/** Derived fields: "The total of an order is the sum of quantity times unit price of its lines". */
import type { SystemModel } from '#model';
import { pluralOf } from '../inflection.ts';
import { nounType } from '../lexicon.ts';
import { camelOf, labelOf } from '../names.ts';
import { bindConditions, bindFormula } from '../bind.ts';
import { typeOfFormula } from '../formula-type.ts';
import { whenClauses } from '../grammar/conditions.ts';
import { formula, rows } from '../grammar/formulas.ts';
import type { RawCondition, RawFormula } from '../grammar/raw.ts';
import { closeMark, type NewName, newName, openMark } from '../grammar/new-field.ts';
import { owner } from '../grammar/nouns.ts';
import type { Formula, Owner, Request } from '../request.ts';
import { fieldOf, oneOf, rowOf } from '../resolve.ts';
import { either, named, phrase, Problem, type Rule } from '../rule.ts';
import { keptNames } from './things.ts';

const IS =
  '(is|are|equals|is equal to|is calculated as|is computed as|is always|should be|shall be|must be|is the result of|is worked out as|is given by|is defined as|(is|should be|shall be|must be) (calculated|computed|worked out) (as|from|by)|amounts to|comes to)';
const name: Rule<NewName> = named('field or new name', () =>
  either(
    phrase('[a|an|the|each|every|its|their|also a|also an|a new|the new] {name} [field]', { name: newName }, ({ name: found }) => found),
    phrase('[a|the|a new|another] [calculated|derived] field [called|named] {name}', { name: newName }, ({ name: found }) => found),
  ),
);
const AS =
  '(,|:|as|which is|that is|, which is|, that is|being|, being|of|equal to|calculated as|, calculated as|, computed as|set to|that equals|which equals|, which equals|which amounts to|, which amounts to|that amounts to|calculated from|, calculated from)';

const HAVE =
  '(have|has|get|gets|should have|should get|should show|shall have|will have|must have|also have|also has|also get|also gets|show|shows)';

const define: Rule<Request> = named('derive', () =>
  either(
    phrase(`{name} (of|on|for) {owner} ${IS} {formula}`, { name, owner, formula }, ({ name: n, owner: of, formula: f }, { lookup }) =>
      deriving(lookup.model, of, n, f),
    ),
    phrase(`{owner} ('s|') {name} ${IS} {formula}`, { owner, name, formula }, ({ owner: of, name: n, formula: f }, { lookup }) =>
      deriving(lookup.model, of, n, f),
    ),
    phrase(`add {name} to {owner} ${AS} {formula}`, { name, owner, formula }, ({ name: n, owner: of, formula: f }, { lookup }) =>
      deriving(lookup.model, of, n, f),
    ),
    phrase('add {name} to {owner} {formula}', { name, owner, formula }, ({ name: n, owner: of, formula: f }, { lookup }) =>
      f.is === 'shift' ? deriving(lookup.model, of, n, f) : undefined,
    ),
    phrase(
      `(add|give|calculate|compute|show|see|display|track|work out) {name} (of|for) {owner} ${AS} {formula}`,
      { name, owner, formula },
      ({ name: n, owner: of, formula: f }, { lookup }) => deriving(lookup.model, of, n, f),
    ),
    phrase(`(give|let) {owner} [have] {name} ${AS} {formula}`, { owner, name, formula }, ({ owner: of, name: n, formula: f }, { lookup }) =>
      deriving(lookup.model, of, n, f),
    ),
    phrase(`{owner} ${HAVE} {name} ${AS} {formula}`, { owner, name, formula }, ({ owner: of, name: n, formula: f }, { lookup }) =>
      deriving(lookup.model, of, n, f),
    ),
    phrase(`{owner} ${HAVE} {name} {formula}`, { owner, name, formula }, ({ owner: of, name: n, formula: f }, { lookup }) =>
      f.is === 'shift' ? deriving(lookup.model, of, n, f) : undefined,
    ),
    phrase(
      '(calculate|compute|work out) {name} (of|for) {owner} (as|by|from) {formula}',
      { name, owner, formula },
      ({ name: n, owner: of, formula: f }, { lookup }) => deriving(lookup.model, of, n, f),
    ),
    phrase(
      `{owner} ${HAVE} {name} {open} {formula} {close}`,
      { owner, name, open: openMark, formula, close: closeMark },
      ({ owner: of, name: n, formula: f }, { lookup }) => deriving(lookup.model, of, n, f),
    ),
    phrase(
      'add {name} {open} {formula} {close} to {owner}',
      { name, open: openMark, formula, close: closeMark, owner },
      ({ name: n, formula: f, owner: of }, { lookup }) => deriving(lookup.model, of, n, f),
    ),
    phrase(
      `for {owner} [,] (calculate|compute|show|work out|we want to see|we want to know) {name} ${AS} {formula}`,
      { owner, name, formula },
      ({ owner: of, name: n, formula: f }, { lookup }) => deriving(lookup.model, of, n, f),
    ),
    phrase(
      '{owner} (should show|shows|show|must show|should have) how many {over} (they have|it has)',
      { owner, over: rows },
      ({ owner: of, over }, { lookup }) =>
        over.where.length > 0
          ? undefined
          : deriving(lookup.model, of, { words: `number of ${pluralOf(labelOf(over.name))}` }, { is: 'aggregate', op: 'count', over }),
    ),
    phrase('{owner} (is|are) due {formula}', { owner, formula }, ({ owner: of, formula: f }, { lookup }) =>
      f.is === 'shift' ? deriving(lookup.model, of, { words: 'due date' }, f) : undefined,
    ),
  ),
);
const byDefault: Rule<Request> = named('default formula', () =>
  either(
    phrase(
      '{owner} (have|has|get|gets|should have) {name} [,] [which is|that is|being] by default [,] {formula}',
      { owner, name, formula },
      ({ owner: of, name: n, formula: f }, { lookup }) => defaulting(lookup.model, of, n, f),
    ),
    phrase(
      'add {name} to {owner} [,] [which is|that is|being] by default [,] {formula}',
      { name, owner, formula },
      ({ name: n, owner: of, formula: f }, { lookup }) => defaulting(lookup.model, of, n, f),
    ),
    phrase(
      'add {name} to {owner} [,] [which is|that is] {formula} by default',
      { name, owner, formula },
      ({ name: n, owner: of, formula: f }, { lookup }) => defaulting(lookup.model, of, n, f),
    ),
    phrase(
      'add {name} to {owner} [,] (that defaults to|which defaults to|defaulting to) {formula}',
      { name, owner, formula },
      ({ name: n, owner: of, formula: f }, { lookup }) => defaulting(lookup.model, of, n, f),
    ),
    phrase(
      '{owner} (have|has|get|gets|should have) {name} (that|which) defaults to {formula}',
      { owner, name, formula },
      ({ owner: of, name: n, formula: f }, { lookup }) => defaulting(lookup.model, of, n, f),
    ),
    phrase(
      '{owner} (have|has|get|gets|should have) {name} [,] [which is|that is|of] {formula} by default',
      { owner, name, formula },
      ({ owner: of, name: n, formula: f }, { lookup }) => defaulting(lookup.model, of, n, f),
    ),
    phrase(
      '{name} (of|on|for) {owner} (is|should be|shall be) by default [,] {formula}',
      { name, owner, formula },
      ({ name: n, owner: of, formula: f }, { lookup }) => defaulting(lookup.model, of, n, f),
    ),
    phrase(
      '{name} (of|on|for) {owner} (is|should be|shall be) {formula} by default',
      { name, owner, formula },
      ({ name: n, owner: of, formula: f }, { lookup }) => defaulting(lookup.model, of, n, f),
    ),
    phrase(
      '{name} (of|on|for) {owner} (defaults|should default) to {formula}',
      { name, owner, formula },
      ({ name: n, owner: of, formula: f }, { lookup }) => defaulting(lookup.model, of, n, f),
    ),
    phrase(
      'by default [,] {name} (of|on|for) {owner} is {formula}',
      { name, owner, formula },
      ({ name: n, owner: of, formula: f }, { lookup }) => defaulting(lookup.model, of, n, f),
    ),
  ),
);
const flag: Rule<Request> = named('derive a yes/no', () =>
  either(
    phrase(
      '{owner} (is|are|counts as|count as|is called|are called) {name} (when|if|as soon as|once) {when}',
      { owner, name: newName, when: whenClauses },
      ({ owner: of, name: n, when }, { lookup }) => flagging(lookup.model, of, n, when),
    ),
    phrase(
      '(mark|flag) {owner} as {name} (when|if|as soon as|once) {when}',
      { owner, name: newName, when: whenClauses },
      ({ owner: of, name: n, when }, { lookup }) => flagging(lookup.model, of, n, when),
    ),
  ),
);

function deriving(model: SystemModel, of: Owner, n: NewName, raw: RawFormula): Request | Problem | undefined {
  const row = rowOf(model, of);
  const field = camelOf(n.words);
  if (row === undefined) return undefined;
  if (raw.is === 'literal' || raw.is === 'today') return undefined;
  if (keptNames.has(field)) return new Problem(`A field cannot be called "${n.words}": the name is kept for the system itself.`);
  const existing = fieldOf(model, of, field);
  const bound = bindFormula(model, row, raw);
  if (bound instanceof Problem) return bound;
  const type = typeOfFormula(model, row, bound);
  if (type instanceof Problem) return type;
  const noun = existing === undefined ? nounType(n.words) : existing.type.kind;
  const number = (kind: string): boolean => kind === 'integer' || kind === 'decimal';
  if (
    noun !== undefined &&
    noun !== type &&
    !(number(noun) && number(type)) &&
    !(noun === 'text' && existing === undefined && /(number|count)$/.test(n.words))
  ) {
    return new Problem(
      `${oneOf(model, of)}'s ${labelOf(field)} is ${noun === 'money' ? 'an amount of money' : `a ${noun}`}, and the formula gives ${type === 'money' ? 'an amount of money' : `a ${type}`}.`,
    );
  }
  if (type === 'text' || type === 'choice' || type === 'reference' || type === 'boolean')
    return new Problem('A calculated field is a number, an amount of money or a date.');
  if (bound.is === 'field' && bound.path.length === 1 && bound.path[0] === field)
    return new Problem('A field cannot be calculated from itself.');
  return { act: 'derive', owner: of, field, formula: bound };
}
function defaulting(model: SystemModel, of: Owner, n: NewName, raw: RawFormula): Request | Problem | undefined {
  if (raw.is === 'literal' || raw.is === 'today') return undefined;
  const made = deriving(model, of, n, raw);
  if (made === undefined || made instanceof Problem || made.act !== 'derive') return made;
  if (hasRows(made.formula)) return new Problem('A default is calculated from the row alone, not from other rows.');
  return { ...made, act: 'defaultFormula' };
}
const hasRows = (of: Formula): boolean =>
  of.is === 'aggregate' ||
  (of.is === 'arithmetic' && (hasRows(of.left) || hasRows(of.right))) ||
  ((of.is === 'percent' || of.is === 'shift') && hasRows(of.of)) ||
  (of.is === 'days' && (hasRows(of.from) || hasRows(of.to)));

function flagging(model: SystemModel, of: Owner, n: NewName, raw: readonly RawCondition[]): Request | Problem | undefined {
  const row = rowOf(model, of);
  if (row === undefined) return undefined;
  const field = camelOf(n.words);
  const stateOf = row.fields.find(
    (each) => each.type.kind === 'choice' && each.type.choices.some((choice) => labelOf(choice.name) === n.words),
  );
  if (stateOf !== undefined)
    return new Problem(`"${n.words}" is a value of the ${labelOf(stateOf.name)} of ${oneOf(model, of)}; it is set, not calculated.`);
  const when = bindConditions(model, row, raw);
  return when instanceof Problem ? when : { act: 'deriveFlag', owner: of, field, when };
}
export const derived: Rule<Request> = either(define, byDefault, flag);
