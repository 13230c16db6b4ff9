/** Names and members: `order.total`, `order.customer.tier`, `customer.orders`, with `?.` where a row may be absent. */
import type { Expression, PermanentId, ValueType } from '#kernel';
import { listType } from '../value-type.ts';
import { filtersOf } from './arguments.ts';
import { countOf } from './lists.ts';
import type { Parsing, Place } from './parsing.ts';
import { narrowed } from './parsing.ts';
import type { Syntax } from './syntax.ts';
import { identifierName, partOf, stop } from './syntax.ts';
import { dataAt, isOfRows, valueOfData } from './tables.ts';

/** A row, or the row that a reference points to. */
export function rowOf(expression: Expression, place: Place): Expression | undefined {
  if (expression.type.kind === 'row') return expression;
  if (expression.type.kind !== 'reference') return undefined;
  const { to, optional } = expression.type;
  return narrowed({ node: 'follow', of: expression, to, type: { kind: 'row', of: to, optional } }, place);
}

/** `own`: the value itself may be absent, and not only because a row before it in a chain of `?.` is. */
interface Member {
  readonly value: Expression;
  readonly own: boolean;
}

export function parseMember(parsing: Parsing, at: Syntax, place: Place, expected?: ValueType): Expression {
  if (isLength(at) && isListOrTable(parsing, partOf(at, 'object'), place)) return countOf(parsing, at, partOf(at, 'object'), place);
  const data = dataAt(parsing, at, place);
  if (data !== undefined) return valueOfData(parsing, at, data, place, expected);
  return memberOf(parsing, at, place).value;
}

const isLength = (at: Syntax): boolean => at['computed'] !== true && identifierName(partOf(at, 'property')) === 'length';
/** `list.length`, `list.filter(...).length`. */
function isListOrTable(parsing: Parsing, at: Syntax, place: Place): boolean {
  const { list } = filtersOf(at);
  const data = dataAt(parsing, list, place);
  return data === undefined ? parsing.parse(list, place).type.kind === 'list' : isOfRows(data);
}

function memberOf(parsing: Parsing, at: Syntax, place: Place): Member {
  const { scope } = parsing;
  const property = partOf(at, 'property');
  const name = at['computed'] === true ? undefined : identifierName(property);
  if (name === undefined)
    return stop(
      at,
      'Square brackets read a table that stands in the formula, by a choice: `{ gold: 20, basic: 0 }[member.tier]`. Of a row write the name of a field, as in `order.total`.',
    );
  const object = partOf(at, 'object');
  const before: Member = object.type === 'MemberExpression' ? memberOf(parsing, object, place) : own(parsing.parse(object, place));
  const row = rowOf(before.value, place);
  if (row === undefined || row.type.kind !== 'row') {
    if (before.value.type.kind === 'list') return stop(at, listAdvice(name));
    if (before.value.type.kind === 'date') return stop(at, dateAdvice);
    return stop(at, `\`.${name}\` cannot be read here: only rows have fields.`);
  }
  if (row.type.optional && before.own && at['optional'] !== true) {
    return stop(at, `The ${scope.rowName(row.type.of)} may be absent here: write \`?.${name}\`, or ask first with \`=== undefined\`.`);
  }
  const value = readMember(parsing, row, row.type.of, name, property);
  const fieldOptional = scope.member(row.type.of, name);
  return { value: narrowed(value, place), own: fieldOptional?.kind === 'field' && fieldOptional.type.optional };
}

const own = (value: Expression): Member => ({ value, own: true });

function readMember(parsing: Parsing, row: Expression, of: PermanentId, name: string, at: Syntax): Expression {
  const { scope } = parsing;
  const member = scope.member(of, name);
  if (member === undefined) {
    const known = scope.memberNames(of);
    return stop(at, `${withArticle(scope.rowName(of))} has no \`${name}\`. ${nearest(name, known)}`);
  }
  if (member.kind === 'related' || member.type.kind === 'list') {
    if (row.type.optional)
      return stop(at, `The ${scope.rowName(of)} may be absent here: ask first with \`=== undefined\`, then read its list.`);
    if (member.kind === 'related')
      return { node: 'related', of: row, entity: member.entity, via: member.via, type: listType(member.entity) };
  }
  return {
    node: 'field',
    of: row,
    field: name,
    id: member.id,
    type: { ...member.type, optional: member.type.optional || row.type.optional },
  };
}

export function parseName(parsing: Parsing, at: Syntax, place: Place, expected?: ValueType): Expression {
  const name = identifierName(at) ?? '';
  const data = place.data.get(name);
  if (data !== undefined) return valueOfData(parsing, at, data, place, expected);
  const found = place.names.get(name);
  if (found !== undefined) return narrowed(found, place);
  const rule = parsing.scope.rule(name);
  if (rule !== undefined)
    return stop(at, `\`${name}\` is a rule: call it with a row, as in \`${name}(${parsing.scope.rowName(rule.on)})\`.`);
  const sdk = parsing.scope.sdk(name);
  if (sdk !== undefined) return stop(at, `\`${name}\` is a function: call it.`);
  return stop(at, `The name \`${name}\` is not known here. ${nearest(name, [...place.names.keys()])}`);
}

const dateAdvice =
  "A date is one value: compare it (`day >= date('2026-04-01')`), move it with addDays, addMonths and addYears, count with daysBetween, monthsBetween and yearsBetween. Its parts are `yearOf(day)`, `quarterOf(day)`, `monthOf(day)`, `dayOf(day)` and `weekdayOf(day)`.";
const withArticle = (name: string): string => `${/^[aeiou]/i.test(name) ? 'An' : 'A'} ${name}`;

function listAdvice(name: string): string {
  switch (name) {
    case 'reduce':
    case 'forEach':
      return 'Write `sum(list, (item) => ...)` from theseus/sdk.';
    case 'map':
      return 'Write what you need of the items at once: `sum(list, (item) => ...)`, `largest(list, (item) => ...)`.';
    case 'filter':
      return 'A filtered list can only be counted, summed or asked: write `count(list.filter(...))`, `sum(list.filter(...), ...)`, `list.filter(...).some(...)`.';
    default:
      return `A list has no \`${name}\` here: use sum, count, average, smallest, largest, \`.some\`, \`.every\` or \`.filter\`.`;
  }
}

/** "Did you mean", by the fewest changed letters; else all names, shortly. */
function nearest(name: string, known: readonly string[]): string {
  const best = known
    .map((candidate) => ({ candidate, far: distance(name.toLowerCase(), candidate.toLowerCase()) }))
    .sort((a, b) => a.far - b.far)[0];
  if (best !== undefined && best.far <= Math.max(1, Math.floor(name.length / 3))) return `Did you mean \`${best.candidate}\`?`;
  return known.length === 0 ? 'No names are known here.' : `Known here: ${known.slice(0, 20).join(', ')}.`;
}

/** Levenshtein distance. */
function distance(a: string, b: string): number {
  let row = Array.from({ length: b.length + 1 }, (_, index) => index);
  for (let i = 1; i <= a.length; i += 1) {
    const next = [i];
    for (let j = 1; j <= b.length; j += 1) {
      next.push(Math.min((row[j] ?? 0) + 1, (next[j - 1] ?? 0) + 1, (row[j - 1] ?? 0) + (a[i - 1] === b[j - 1] ? 0 : 1)));
    }
    row = next;
  }
  return row[b.length] ?? 0;
}
