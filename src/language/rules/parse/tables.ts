/**
 * Tables that stand in a formula as plain data: `const rates = [{ zone: 'home', upTo: 1000, cost: money('4.50') }, ...]`, read by
 * `rates.find((rate) => ...)?.cost`, and records, read by a choice: `{ gold: 20, basic: 0 }[member.tier]`. They are no values of their own:
 * each place that reads one becomes the conditions and values that it stands for, so that all back ends know them. What stands in them is
 * read with the names of the place where it was written, as JavaScript reads it there.
 */
import type { Expression, ValueType } from '#kernel';
import { booleanType, optionally } from '../value-type.ts';
import { nodesOf } from '../walk.ts';
import { argumentsOf, filtersOf } from './arguments.ts';
import { asCondition, conditionOf } from './conditions.ts';
import { atKey, atText } from './keys.ts';
import type { Data, Parsing, Place, Written } from './parsing.ts';
import { knowing, presentWhen, readingOf, standingFor } from './parsing.ts';
import type { Syntax } from './syntax.ts';
import { identifierName, listOf, needsContext, partOf, stop, unwrapped } from './syntax.ts';
import { membersIn, rowsIn } from './written.ts';

const written = (at: Syntax, from: Place): Written => ({ at: unwrapped(at), from });
const isWritten = (data: Data): data is Written => data !== null && 'at' in data;
/** What something stands for, a value in its place included. */
const meantBy = (parsing: Parsing, at: Syntax, from: Place): Data => dataAt(parsing, at, from) ?? written(at, from);

/** The data that a name, a literal, a member of data or a search in it stands for; undefined for everything else. */
export function dataAt(parsing: Parsing, source: Syntax, place: Place): Data | undefined {
  const at = unwrapped(source);
  switch (at.type) {
    case 'ArrayExpression':
    case 'ObjectExpression':
      return written(at, place);
    case 'Identifier':
      return place.data.get(identifierName(at) ?? '');
    case 'MemberExpression': {
      const first = firstOfFiltered(at);
      if (first !== undefined) return dataAt(parsing, first, place);
      const of = dataAt(parsing, partOf(at, 'object'), place);
      return of === undefined || (isOfRows(of) && nameIn(at) === 'length') ? undefined : memberOf(parsing, at, of, place);
    }
    case 'ConditionalExpression': {
      // texts that are not known yet to be choices, `const size = grams < 500 ? 'small' : 'large'`, or one of two tables
      const ways = [partOf(at, 'consequent'), partOf(at, 'alternate')] as const;
      if (!needsContext(at) && !ways.every((way) => isTable(way, place))) return undefined;
      const when = asCondition(parsing.parse(partOf(at, 'test'), place, booleanType));
      if (when.type.kind !== 'boolean') return undefined;
      return { when, yes: meantBy(parsing, ways[0], place), no: meantBy(parsing, ways[1], place) };
    }
    case 'CallExpression': {
      const callee = unwrapped(partOf(at, 'callee'));
      if (callee.type !== 'MemberExpression' || nameIn(callee) !== 'find') return undefined;
      const { list, filters } = filtersOf(partOf(callee, 'object'));
      const of = dataAt(parsing, list, place);
      const [test] = argumentsOf(at, 1, 'Write `table.find((row) => ...)`.');
      if (of !== undefined && (filters.length > 0 || callee['optional'] !== true) && mayBeAbsentAt(parsing, list, of, place))
        return stop(list, 'There may be no such table: write `?.find(...)`, and `??` for what counts then.');
      return of === undefined || test === undefined
        ? undefined
        : overWritten(of, place, (table, inside) => firstOf(parsing, rowsOf(parsing, table, inside), [...filters, test], inside));
    }
    default:
      return undefined;
  }
}

/** `table.filter(f)[0]` is `table.find(f)`. */
function firstOfFiltered(at: Syntax): Syntax | undefined {
  const object = unwrapped(partOf(at, 'object'));
  if (at['computed'] !== true || partOf(at, 'property')['value'] !== 0 || object.type !== 'CallExpression') return undefined;
  const callee = unwrapped(partOf(object, 'callee'));
  if (callee.type !== 'MemberExpression' || nameIn(callee) !== 'filter') return undefined;
  const { start, end } = object;
  return { ...object, callee: { ...callee, property: { type: 'Identifier', start, end, name: 'find' } } };
}

/** A table or a record itself, or the name of one. */
function isTable(source: Syntax, place: Place): boolean {
  const at = unwrapped(source);
  const named = place.data.get(identifierName(at) ?? '');
  return named === undefined || named === null ? at.type === 'ArrayExpression' || at.type === 'ObjectExpression' : !isValue(named);
}

/** What stands there is no table or row, but values of it: these have a type, and are kept as any other. */
export function isValue(data: Data): boolean {
  if (data === null) return false;
  if (!isWritten(data)) return isValue(data.yes) || isValue(data.no);
  return data.at.type !== 'ObjectExpression' && data.at.type !== 'ArrayExpression';
}
/** All that may be meant are tables with rows. */
export const isOfRows = (data: Data): boolean =>
  data !== null && (isWritten(data) ? data.at.type === 'ArrayExpression' : isOfRows(data.yes) && isOfRows(data.no));

/** Texts that become choices where they meet some. */
export const isOfTexts = (data: Data): boolean =>
  data !== null && (isWritten(data) ? needsContext(data.at) : isOfTexts(data.yes) && isOfTexts(data.no));

/** What a table gives where it is read. */
export function valueOfData(parsing: Parsing, at: Syntax, data: Data, place: Place, expected?: ValueType): Expression {
  if (data === null)
    return expected === undefined
      ? stop(at, 'This is found in no row of the table.')
      : { node: 'constant', type: optionally(expected), value: null };
  if (isWritten(data)) {
    parsing.spend(at, 1);
    return isValue(data)
      ? parsing.parse(data.at, readingOf(data, place), expected)
      : stop(at, 'A row of a table is no value: read one of its members, as in `table.find((row) => ...)?.cost`.');
  }
  parsing.spend(at, [...nodesOf(data.when)].length);
  const [yes, no] = [knowing(place, presentWhen(data.when, true)), knowing(place, presentWhen(data.when, false))];
  const needs = expected ?? typeOf(parsing, at, data, place);
  return conditionOf(at, data.when, valueOfData(parsing, at, data.yes, yes, needs), valueOfData(parsing, at, data.no, no, needs));
}

/** Of the first value that knows its type. */
function typeOf(parsing: Parsing, at: Syntax, data: Data, place: Place): ValueType | undefined {
  if (data === null) return undefined;
  if (!isWritten(data)) return typeOf(parsing, at, data.yes, place) ?? typeOf(parsing, at, data.no, place);
  return identifierName(data.at) === 'undefined' ? undefined : valueOfData(parsing, at, data, place).type;
}

/** What stands in the table where there is only one row that can be meant: a text can then become a choice. */
export function seenThrough(parsing: Parsing, at: Syntax, place: Place): Syntax {
  if (place.data.size === 0) return at;
  const data = dataAt(parsing, at, place);
  if (data === undefined || !isWritten(data)) return at;
  return data.at.type === 'Literal' || identifierName(data.at) === 'undefined' ? data.at : at;
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
  if (isWritten(data)) {
    const rows = rowsOf(parsing, data, place).map((row): Counted => {
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
  readonly row: Data;
  /** Absent: always. */
  readonly when?: Expression;
}
/** What a function of one row gives for it. */
export function ofRow(parsing: Parsing, arrow: Syntax, row: Data, place: Place, expected?: ValueType): Expression {
  return parsing.body(arrow, withRow(parsing, arrow, row, place), expected);
}
/** The rows of a table, each with the names of the place where the table was written. */
export function rowsOf(parsing: Parsing, table: Written, place: Place): readonly Data[] {
  const from = readingOf(table, place);
  return rowsIn(table.at).map((row) => meantBy(parsing, row, from));
}

function overWritten(data: Data, place: Place, make: (of: Written, place: Place) => Data): Data {
  if (data === null) return null;
  if (isWritten(data)) return make(data, place);
  const { when } = data;
  return {
    when,
    yes: overWritten(data.yes, knowing(place, presentWhen(when, true)), make),
    no: overWritten(data.no, knowing(place, presentWhen(when, false)), make),
  };
}
const mayBeAbsent = (data: Data): boolean => data === null || (!isWritten(data) && (mayBeAbsent(data.yes) || mayBeAbsent(data.no)));
/** What is meant where something is. */
export function sure(data: Data): Data {
  if (data === null || isWritten(data)) return data;
  const [yes, no] = [sure(data.yes), sure(data.no)];
  return yes === null ? no : no === null ? yes : { ...data, yes, no };
}

/** `row.cost`, or `rates[parcel.zone]`. */
function memberOf(parsing: Parsing, at: Syntax, of: Data, place: Place): Data {
  const name = nameIn(at);
  parsing.spend(at, 1);
  if (of === null && at['optional'] === true) return null;
  if (at['optional'] !== true && mayBeAbsentAt(parsing, partOf(at, 'object'), of, place))
    return stop(at, `There may be no such row in the table: write \`?.${name ?? '[...]'}\`, and \`??\` for what counts then.`);
  if (name === undefined) return overWritten(of, place, (record, inside) => byKey(parsing, record, partOf(at, 'property'), inside));
  return overWritten(of, place, (record, inside) => {
    if (record.at.type !== 'ObjectExpression') return stop(at, `\`.${name}\` cannot be read of this: it is no row of a table.`);
    const found = membersIn(record.at).get(name);
    return found === undefined
      ? stop(record.at, `This row of the table has no \`${name}\`: write it, or \`${name}: undefined\`.`)
      : meantBy(parsing, found, readingOf(record, inside));
  });
}
/** In `a?.b.c` all is absent where `a` is; where `a` is and has no `b`, nothing can be read of that. */
function mayBeAbsentAt(parsing: Parsing, object: Syntax, of: Data, place: Place): boolean {
  if (!mayBeAbsent(of)) return false;
  if (!isInChain(object)) return true;
  const before = dataAt(parsing, partOf(object, 'object'), place);
  return before === undefined || mayBeAbsent(memberOf(parsing, { ...object, optional: true }, sure(before), place));
}
const isInChain = (at: Syntax): boolean => at.type === 'MemberExpression' && (at['optional'] === true || isInChain(partOf(at, 'object')));
const nameIn = (at: Syntax): string | undefined => (at['computed'] === true ? undefined : identifierName(partOf(at, 'property')));

/** Of a record by the choices that it has members for; where all have one, something is always found. */
function byKey(parsing: Parsing, record: Written, keyAt: Syntax, place: Place): Data {
  const meant = (at: Syntax): Data => meantBy(parsing, at, readingOf(record, place));
  const said = dataAt(parsing, keyAt, place);
  if (said === undefined || !isOfTexts(said) || record.at.type !== 'ObjectExpression') return atKey(parsing, record, keyAt, place, meant);
  const members = [...membersIn(record.at)];
  return overWritten(said, place, (text) => atText(members, text.at['value'], meant));
}

/** The first row that all tests hold of. */
function firstOf(parsing: Parsing, rows: readonly Data[], tests: readonly Syntax[], place: Place): Data {
  const [row, ...rest] = rows;
  if (row === undefined) return null;
  const when = tests.reduce<Expression | undefined>((before, test) => both(before, testOf(parsing, test, row, place)), undefined);
  if (when === undefined) return row;
  if (tests[0] !== undefined) parsing.spend(tests[0], [...nodesOf(when)].length);
  if (when.node === 'constant') return when.value === true ? row : firstOf(parsing, rest, tests, place);
  return { when, yes: row, no: firstOf(parsing, rest, tests, place) };
}
function testOf(parsing: Parsing, test: Syntax, row: Data, place: Place): Expression {
  const condition = ofRow(parsing, test, row, place, booleanType);
  return condition.type.kind === 'boolean' ? asCondition(condition) : stop(test, 'A condition is needed here: `(row) => ...`.');
}
const both = (one: Expression | undefined, other: Expression): Expression =>
  one === undefined ? other : { node: 'binary', op: 'and', left: one, right: other, type: booleanType };

function withRow(parsing: Parsing, arrow: Syntax, row: Data, place: Place): Place {
  if (arrow.type !== 'ArrowFunctionExpression') return stop(arrow, 'Write a function here: `(row) => ...`.');
  const [parameter, second] = listOf(arrow, 'params');
  if (parameter === undefined || second !== undefined) return stop(arrow, 'The function takes one named row: `(row) => ...`.');
  const name = identifierName(parameter);
  if (name !== undefined) return standingFor(place, name, row);
  // `({ from, to }) => ...`: names for the members of the row.
  if (parameter.type !== 'ObjectPattern') return stop(arrow, 'The function takes one named row: `(row) => ...`.');
  return listOf(parameter, 'properties').reduce((inside, property) => {
    const key = property.type === 'Property' && property['computed'] !== true ? partOf(property, 'key') : property;
    const own = identifierName(key) === undefined ? undefined : identifierName(partOf(property, 'value'));
    if (own === undefined) return stop(property, 'Take members out by their names alone, as in `({ from, to }) => ...`.');
    const { start, end } = property;
    const member: Syntax = { type: 'MemberExpression', start, end, object: parameter, property: key, computed: false, optional: false };
    return standingFor(inside, own, memberOf(parsing, member, row, place));
  }, place);
}
