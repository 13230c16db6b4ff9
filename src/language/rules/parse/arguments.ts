/** The arguments of a call, and the filters before it. */
import type { Syntax } from './syntax.ts';
import { identifierName, partOf, stop, unwrapped } from './syntax.ts';

/** `list.filter(f)` apart: the list itself, and the arrow functions of its filters, first one first. */
export function filtersOf(at: Syntax): { readonly list: Syntax; readonly filters: readonly Syntax[] } {
  const call = unwrapped(at);
  if (call.type !== 'CallExpression') return { list: call, filters: [] };
  const callee = partOf(call, 'callee');
  if (callee.type !== 'MemberExpression' || identifierName(partOf(callee, 'property')) !== 'filter') return { list: call, filters: [] };
  const inner = filtersOf(partOf(callee, 'object'));
  const [filter] = argumentsOf(call, 1, 'filter takes one function: `.filter((item) => ...)`.');
  return { list: inner.list, filters: filter === undefined ? inner.filters : [...inner.filters, filter] };
}

export function argumentsOf(call: Syntax, count: number | readonly [number, number], message: string): readonly Syntax[] {
  const [least, most] = typeof count === 'number' ? [count, count] : count;
  const given = call['arguments'];
  if (!Array.isArray(given) || given.length < least || given.length > most) return stop(call, message);
  for (const argument of given as readonly Syntax[])
    if (argument.type === 'SpreadElement') stop(argument, '`...` cannot be used in a formula.');
  return given as readonly Syntax[];
}
