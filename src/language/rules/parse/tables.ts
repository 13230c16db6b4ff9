/**
 * Tables that stand in a formula as plain data: `const rates = [{ zone: 'home', upTo: 1000, cost: money('4.50') }, ...]`, read by
 * `rates.find((rate) => ...)?.cost`, and records, read by a choice: `{ gold: 20, basic: 0 }[member.tier]`. They are no values of their own:
 * each place that reads one becomes the conditions and values that it stands for, so that all back ends know them.
 */
import type { Expression, ValueType } from '#kernel';
import { booleanType, optionally } from '../value-type.ts';
import { nodesOf } from '../walk.ts';
import { argumentsOf, filtersOf } from './arguments.ts';
import { asCondition, conditionOf } from './conditions.ts';
import type { Data, Parsing, Place } from './parsing.ts';
import { knowing, needPresent, presentWhen } from './parsing.ts';
import type { Syntax } from './syntax.ts';
import { identifierName, isSyntax, listOf, needsContext, partOf, stop, textIn, unwrapped } from './syntax.ts';

const leaf = (at: Syntax): Data => ({ at });
const isLeaf = (data: Data): data is Extract<Data, { readonly at: Syntax }> => data !== null && 'at' in data;

/** The data that a name, a literal, a member of data or a search in it stands for; undefined for everything else. */
export function dataAt(parsing: Parsing, written: Syntax, place: Place): Data | undefined {
  const at = unwrapped(written);
  switch (at.type) {
    case 'ArrayExpression':
    case 'ObjectExpression':
      return leaf(at);
    case 'Identifier':
      return place.data.get(identifierName(at) ?? '');
    case 'MemberExpression': {
      const of = dataAt(parsing, partOf(at, 'object'), place);
      return of === undefined ? undefined : memberOf(parsing, at, of, place);
    }
    case 'ConditionalExpression': {
      // texts that are not known yet to be choices: `const size = grams < 500 ? 'small' : 'large'`
      if (!needsContext(at)) return undefined;
      const when = asCondition(parsing.parse(partOf(at, 'test'), place, booleanType));
      if (when.type.kind !== 'boolean') return undefined;
      const [yes, no] = [dataAt(parsing, partOf(at, 'consequent'), place), dataAt(parsing, partOf(at, 'alternate'), place)];
      return { when, yes: yes ?? leaf(partOf(at, 'consequent')), no: no ?? leaf(partOf(at, 'alternate')) };
    }
    case 'CallExpression': {
      const callee = unwrapped(partOf(at, 'callee'));
      if (callee.type !== 'MemberExpression' || nameIn(callee) !== 'find') return undefined;
      const { list, filters } = filtersOf(partOf(callee, 'object'));
      const of = dataAt(parsing, list, place);
      const [test] = argumentsOf(at, 1, 'Write `table.find((row) => ...)`.');
      return of === undefined || test === undefined
        ? undefined
        : overLeaves(of, place, (array, inside) => firstOf(parsing, rowsOf(array), [...filters, test], inside));
    }
    default:
      return undefined;
  }
}

/** What stands there is no table or row, but values of it: these have a type, and are kept as any other. */
export function isValue(data: Data): boolean {
  if (data === null) return false;
  if (!isLeaf(data)) return isValue(data.yes) || isValue(data.no);
  const { type } = unwrapped(data.at);
  return type !== 'ObjectExpression' && type !== 'ArrayExpression';
}

/** Texts that become choices where they meet some. */
export const isOfTexts = (data: Data): boolean =>
  data !== null && (isLeaf(data) ? needsContext(data.at) : isOfTexts(data.yes) && isOfTexts(data.no));

/** What a table gives where it is read. */
export function valueOfData(parsing: Parsing, at: Syntax, data: Data, place: Place, expected?: ValueType): Expression {
  if (data === null)
    return expected === undefined
      ? stop(at, 'This is found in no row of the table.')
      : { node: 'constant', type: optionally(expected), value: null };
  if (isLeaf(data)) {
    parsing.spend(at, 1);
    const inner = unwrapped(data.at);
    return inner.type === 'ObjectExpression' || inner.type === 'ArrayExpression'
      ? stop(at, 'A row of a table is no value: read one of its members, as in `table.find((row) => ...)?.cost`.')
      : parsing.parse(inner, place, expected);
  }
  parsing.spend(at, [...nodesOf(data.when)].length);
  const [yes, no] = [knowing(place, presentWhen(data.when, true)), knowing(place, presentWhen(data.when, false))];
  const needs = expected ?? typeOf(parsing, at, data, place);
  return conditionOf(at, data.when, valueOfData(parsing, at, data.yes, yes, needs), valueOfData(parsing, at, data.no, no, needs));
}

/** Of the first value that knows its type. */
function typeOf(parsing: Parsing, at: Syntax, data: Data, place: Place): ValueType | undefined {
  if (data === null) return undefined;
  if (!isLeaf(data)) return typeOf(parsing, at, data.yes, place) ?? typeOf(parsing, at, data.no, place);
  return identifierName(unwrapped(data.at)) === 'undefined' ? undefined : valueOfData(parsing, at, data, place).type;
}

/** What stands in the table where there is only one row that can be meant: a text can then become a choice. */
export function seenThrough(parsing: Parsing, at: Syntax, place: Place): Syntax {
  if (place.data.size === 0) return at;
  const data = dataAt(parsing, at, place);
  return data !== undefined && isLeaf(data) && data.at !== unwrapped(at) ? seenThrough(parsing, data.at, place) : at;
}

export function isTextsOfTable(parsing: Parsing, at: Syntax, place: Place): boolean {
  if (place.data.size === 0 || unwrapped(at).type === 'ConditionalExpression') return false;
  const data = dataAt(parsing, at, place);
  return data !== undefined && isOfTexts(data);
}

/** For each array that may be meant, what is made of its rows that pass the filters. */
export function overTable(
  parsing: Parsing,
  at: Syntax,
  data: Data,
  place: Place,
  filters: readonly Syntax[],
  make: (rows: readonly Counted[], place: Place) => Expression,
): Expression {
  if (data === null) return stop(at, 'This is found in no row of the table.');
  if (isLeaf(data)) {
    const rows = rowsOf(data.at).map((row): Counted => {
      const when = filters.reduce<Expression | undefined>((before, filter) => both(before, testOf(parsing, filter, row, place)), undefined);
      parsing.spend(at, when === undefined ? 1 : [...nodesOf(when)].length);
      return { row, ...(when === undefined ? {} : { when }) };
    });
    return make(rows, place);
  }
  const [yes, no] = [knowing(place, presentWhen(data.when, true)), knowing(place, presentWhen(data.when, false))];
  const [then, otherwise] = [overTable(parsing, at, data.yes, yes, filters, make), overTable(parsing, at, data.no, no, filters, make)];
  return conditionOf(at, data.when, then, otherwise);
}
export interface Counted {
  readonly row: Syntax;
  /** Absent: always. */
  readonly when?: Expression;
}
/** What a function of one row gives for it. */
export function ofRow(parsing: Parsing, arrow: Syntax, row: Syntax, place: Place, expected?: ValueType): Expression {
  return parsing.body(arrow, withRow(arrow, row, place), expected);
}

function overLeaves(data: Data, place: Place, make: (at: Syntax, place: Place) => Data): Data {
  if (data === null) return null;
  if (isLeaf(data)) return make(data.at, place);
  const { when } = data;
  return {
    when,
    yes: overLeaves(data.yes, knowing(place, presentWhen(when, true)), make),
    no: overLeaves(data.no, knowing(place, presentWhen(when, false)), make),
  };
}
const mayBeAbsent = (data: Data): boolean => data === null || (!isLeaf(data) && (mayBeAbsent(data.yes) || mayBeAbsent(data.no)));

/** `row.cost`, or `rates[parcel.zone]`. */
function memberOf(parsing: Parsing, at: Syntax, of: Data, place: Place): Data {
  const name = nameIn(at);
  if (mayBeAbsent(of) && at['optional'] !== true && !isInChain(at))
    return stop(at, `There may be no such row in the table: write \`?.${name ?? '[...]'}\`, and \`??\` for what counts then.`);
  if (name === undefined) return overLeaves(of, place, (record, inside) => byKey(parsing, record, partOf(at, 'property'), inside));
  return overLeaves(of, place, (record) => {
    const object = unwrapped(record);
    if (object.type !== 'ObjectExpression') return stop(at, `\`.${name}\` cannot be read of this: it is no row of a table.`);
    const found = membersOf(object).get(name);
    return found === undefined
      ? stop(object, `This row of the table has no \`${name}\`: write it, or \`${name}: undefined\`.`)
      : leaf(found);
  });
}
/** In `a?.b.c` all is absent where `a` is. */
const isInChain = (at: Syntax): boolean => {
  const object = partOf(at, 'object');
  return object.type === 'MemberExpression' && (object['optional'] === true || isInChain(object));
};
const nameIn = (at: Syntax): string | undefined => (at['computed'] === true ? undefined : identifierName(partOf(at, 'property')));

/** Of a record by the choices that it has members for; where all have one, something is always found. */
function byKey(parsing: Parsing, record: Syntax, keyAt: Syntax, place: Place): Data {
  const object = unwrapped(record);
  if (object.type !== 'ObjectExpression')
    return stop(keyAt, 'Rows of a table are found by what they hold: write `table.find((row) => ...)`.');
  const members = [...membersOf(object)];
  const said = dataAt(parsing, keyAt, place);
  if (said !== undefined && isOfTexts(said))
    return overLeaves(said, place, (text) => {
      const found = members.find(([name]) => name === unwrapped(text)['value']);
      return found === undefined ? null : leaf(found[1]);
    });
  const key = needPresent(parsing.parse(keyAt, place), keyAt);
  if (key.type.kind !== 'choice') {
    const [only] = members.filter(([name]) => key.node === 'constant' && key.value === name);
    return only === undefined
      ? stop(keyAt, 'A record is read by a choice: write a table and `table.find((row) => ...)` for all else.')
      : leaf(only[1]);
  }
  const choices = parsing.scope.choices(key.type.field);
  for (const [name, value] of members)
    if (!choices.some((choice) => choice.name === name))
      return stop(value, `'${name}' is none of its choices: ${choices.map((choice) => `'${choice.name}'`).join(', ')}.`);
  const all = choices.every((choice) => members.some(([name]) => name === choice.name));
  const { type } = key;
  return members.reduceRight<Data>((otherwise, [name, value], index) => {
    if (all && index === members.length - 1) return leaf(value);
    const right: Expression = { node: 'constant', type, value: choices.find((choice) => choice.name === name)?.id ?? '' };
    return { when: { node: 'binary', op: 'equal', left: key, right, type: booleanType }, yes: leaf(value), no: otherwise };
  }, null);
}

/** The first row that all tests hold of. */
function firstOf(parsing: Parsing, rows: readonly Syntax[], tests: readonly Syntax[], place: Place): Data {
  const [row, ...rest] = rows;
  if (row === undefined) return null;
  const when = tests.reduce<Expression | undefined>((before, test) => both(before, testOf(parsing, test, row, place)), undefined);
  if (when === undefined) return leaf(row);
  parsing.spend(row, [...nodesOf(when)].length);
  if (when.node === 'constant') return when.value === true ? leaf(row) : firstOf(parsing, rest, tests, place);
  return { when, yes: leaf(row), no: firstOf(parsing, rest, tests, place) };
}
function testOf(parsing: Parsing, test: Syntax, row: Syntax, place: Place): Expression {
  const condition = ofRow(parsing, test, row, place, booleanType);
  return condition.type.kind === 'boolean' ? asCondition(condition) : stop(test, 'A condition is needed here: `(row) => ...`.');
}
const both = (one: Expression | undefined, other: Expression): Expression =>
  one === undefined ? other : { node: 'binary', op: 'and', left: one, right: other, type: booleanType };

function withRow(arrow: Syntax, row: Syntax, place: Place): Place {
  if (arrow.type !== 'ArrowFunctionExpression') return stop(arrow, 'Write a function here: `(row) => ...`.');
  const [parameter, second] = listOf(arrow, 'params');
  const name = parameter === undefined ? undefined : identifierName(parameter);
  if (name === undefined || second !== undefined) return stop(arrow, 'The function takes one named row: `(row) => ...`.');
  const names = new Map(place.names);
  names.delete(name);
  return { ...place, names, data: new Map(place.data).set(name, leaf(row)) };
}

export function rowsOf(at: Syntax): readonly Syntax[] {
  const array = unwrapped(at);
  if (array.type !== 'ArrayExpression') return stop(at, 'This is no table: write `[{ ... }, { ... }]`.');
  const rows = array['elements'];
  if (!Array.isArray(rows) || !rows.every(isSyntax)) return stop(array, 'A table has no empty places.');
  for (const row of rows as readonly Syntax[]) if (row.type === 'SpreadElement') stop(row, '`...` cannot be used in a formula.');
  return rows as readonly Syntax[];
}
function membersOf(object: Syntax): ReadonlyMap<string, Syntax> {
  const members = new Map<string, Syntax>();
  for (const property of listOf(object, 'properties')) {
    if (property.type !== 'Property' || property['computed'] === true || property['method'] === true || textIn(property, 'kind') !== 'init')
      return stop(property, 'A row of a table has plain members: `{ upTo: 1000, cost: ... }`.');
    const key = partOf(property, 'key');
    const written = identifierName(key) ?? (key.type === 'Literal' && typeof key['value'] === 'string' ? key['value'] : undefined);
    if (written === undefined) return stop(key, 'A member of a table is named by a word: `{ upTo: 1000 }`.');
    members.set(written, partOf(property, 'value'));
  }
  return members;
}
