/** `list.reduce((total, item) => total + item.price, 0)` is a sum; with `Math.max(most, item.points)` the largest, with `Math.min` the smallest. */
import type { Expression } from '#kernel';
import { isOrdered, joined, optionally, sameKind } from '../value-type.ts';
import { mixed } from './conditions.ts';
import { aggregate } from './lists.ts';
import type { Parsing, Place } from './parsing.ts';
import { readsAny } from './reads.ts';
import type { Syntax } from './syntax.ts';
import { identifierName, listOf, partOf, stop, textIn, unwrapped } from './syntax.ts';
import { orOf, outermostOf } from './several.ts';

/** Undefined where it is none of these. */
export function parseReduce(parsing: Parsing, at: Syntax, callee: Syntax, place: Place): Expression | undefined {
  const given = at['arguments'];
  const [step, start] = Array.isArray(given) ? (given as readonly (Syntax | undefined)[]) : [];
  if (step?.type !== 'ArrowFunctionExpression' || start === undefined) return undefined;
  const [total, item, third] = listOf(step, 'params');
  const name = total === undefined ? undefined : identifierName(total);
  const found = name === undefined ? undefined : addedTo(parsing, name, unwrapped(partOf(step, 'body')), place);
  if (name === undefined || item === undefined || third !== undefined || found === undefined || readsAny(found.value, new Set([name])))
    return undefined;
  const each: Syntax = { ...step, params: [item], body: found.value };
  const call: Syntax = { ...at, arguments: [partOf(callee, 'object'), each] };
  const of = aggregate(parsing, call, place, found.op === 'add' ? 'sum' : found.op === 'smaller' ? 'smallest' : 'largest');
  const first = parsing.parse(start, place, optionally(of.type, false));
  const nothing = first.node === 'constant' && first.value === 0;
  if (found.op === 'add' && nothing) return of;
  if (first.type.optional || !isOrdered(first.type) || !sameKind(of.type, first.type)) return stop(start, mixed(of.type, first.type));
  const right = orOf(of, first);
  return { node: 'binary', op: found.op, left: first, right, type: joined(first.type, right.type) };
}

interface Step {
  readonly op: 'add' | 'smaller' | 'larger';
  readonly value: Syntax;
}
function addedTo(parsing: Parsing, name: string, body: Syntax, place: Place): Step | undefined {
  if (body.type === 'BinaryExpression' && textIn(body, 'operator') === '+') return addend(name, body);
  const op = body.type === 'CallExpression' ? outermostOf(parsing, body, place) : undefined;
  const given = body['arguments'];
  const [one, two, more] = Array.isArray(given) ? (given as readonly (Syntax | undefined)[]) : [];
  if (op === undefined || one === undefined || two === undefined || more !== undefined) return undefined;
  const value = other(name, one, two);
  return value === undefined ? undefined : { op, value };
}
const other = (name: string, one: Syntax, two: Syntax): Syntax | undefined =>
  identifierName(one) === name ? two : identifierName(two) === name ? one : undefined;

/** `total + item.a + item.b` adds `item.a + item.b`. */
function addend(name: string, sum: Syntax): Step | undefined {
  const [left, right] = [unwrapped(partOf(sum, 'left')), unwrapped(partOf(sum, 'right'))];
  const value = other(name, left, right);
  if (value !== undefined) return { op: 'add', value };
  const before = left.type === 'BinaryExpression' && textIn(left, 'operator') === '+' ? addend(name, left) : undefined;
  return before === undefined ? undefined : { op: 'add', value: { ...sum, left: before.value, right } };
}
