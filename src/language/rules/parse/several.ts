/** The smallest or largest of several values, as `min(a, b)` and as plain TypeScript says it: `Math.max(0, ...rows.map((row) => row.points))`. */
import type { Expression } from '#kernel';
import { isOrdered, joined, optionally, sameKind } from '../value-type.ts';
import { aggregate } from './lists.ts';
import type { Parsing, Place } from './parsing.ts';
import { limits, needPresent } from './parsing.ts';
import type { Syntax } from './syntax.ts';
import { identifierName, partOf, stop, unwrapped } from './syntax.ts';

export function ofSeveral(parsing: Parsing, at: Syntax, place: Place, op: 'smaller' | 'larger'): Expression {
  const name = op === 'smaller' ? 'min' : 'max';
  const given = at['arguments'];
  if (!Array.isArray(given) || given.length === 0 || given.length > limits.depth) return stop(at, `Write \`${name}(a, b)\`.`);
  const written = given as readonly Syntax[];
  // Of a list that may have no items the result may be absent, and then it is left out: some value must be there.
  const [first, ...rest] = [
    ...written.filter((one) => one.type !== 'SpreadElement').map((one) => needPresent(parsing.parse(one, place), one)),
    ...written.filter((one) => one.type === 'SpreadElement').map((one) => ofItems(parsing, one, place, op)),
  ];
  if (first === undefined || (rest.length === 0 && written[0]?.type !== 'SpreadElement')) return stop(at, `Write \`${name}(a, b)\`.`);
  if (written[0]?.type === 'SpreadElement' && written.every((one) => one.type === 'SpreadElement'))
    return stop(at, `Say what counts where there is none: write \`${name}(0, ...)\`.`);
  return rest.reduce((left, found) => {
    const right = orOf(found, first);
    if (!isOrdered(left.type) || !sameKind(left.type, right.type))
      return stop(at, "min and max need two numbers, two amounts of money (`money('0.00')`) or two dates.");
    return { node: 'binary', op, left, right, type: optionally(joined(left.type, right.type), false) };
  }, first);
}

/** Where a list has no items, one that is among the values anyway. */
export const orOf = (found: Expression, one: Expression): Expression =>
  found.type.optional && sameKind(found.type, one.type)
    ? { node: 'coalesce', of: found, otherwise: one, type: joined(optionally(found.type, false), one.type) }
    : found;

/** Which of the two a call asks for: as the function of the SDK under the name that the file gives it, or as that of `Math`. */
export function outermostOf(parsing: Parsing, call: Syntax, place: Place): 'smaller' | 'larger' | undefined {
  const callee = unwrapped(partOf(call, 'callee'));
  const called = callee.type === 'MemberExpression' ? ofMath(callee, place) : sdkName(parsing, callee, place);
  return called === 'min' ? 'smaller' : called === 'max' ? 'larger' : undefined;
}
function ofMath(callee: Syntax, place: Place): string | undefined {
  const isMath = identifierName(partOf(callee, 'object')) === 'Math' && !place.names.has('Math') && !place.data.has('Math');
  return isMath && callee['computed'] !== true ? identifierName(partOf(callee, 'property')) : undefined;
}
function sdkName(parsing: Parsing, callee: Syntax, place: Place): string | undefined {
  const name = identifierName(callee);
  return name === undefined || place.names.has(name) || place.data.has(name) ? undefined : parsing.scope.sdk(name);
}

/** `...list.map((item) => item.x)`. */
function ofItems(parsing: Parsing, spread: Syntax, place: Place, op: 'smaller' | 'larger'): Expression {
  const map = unwrapped(partOf(spread, 'argument'));
  const callee = map.type === 'CallExpression' ? unwrapped(partOf(map, 'callee')) : map;
  if (callee.type !== 'MemberExpression' || callee['computed'] === true || identifierName(partOf(callee, 'property')) !== 'map')
    return stop(spread, 'Behind `...` stands what of each item counts: `...list.map((item) => item.x)`.');
  const given = map['arguments'];
  const written = { ...map, arguments: [partOf(callee, 'object'), ...(Array.isArray(given) ? (given as readonly Syntax[]) : [])] };
  return aggregate(parsing, written, place, op === 'smaller' ? 'smallest' : 'largest');
}
