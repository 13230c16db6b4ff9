/** A relation of a test file: two rows that are compared, or conditions that are held against each other. Its formulas stay syntax. */
import type { DeclaredProperty, DeclaredRelation } from './declared.ts';
import { type Members, membersOf, objectIn, textIn } from './literal.ts';
import type { Reporter } from './reporter.ts';
import type { CallExpression } from './syntax.ts';

const form =
  "a relation is relation('...', { on: 'order', of: (order) => ..., in: 'weight', direction: 'up' }), with into: 'price' in their place, with cases: { small: (order) => ... }, complete: true, disjoint: true, or with kept: (order) => ...";

export function relationOf(call: CallExpression, name: string, report: Reporter): DeclaredProperty | undefined {
  const options = call.arguments[1];
  if (options === undefined || options.type !== 'ObjectExpression') {
    report(call.start, form);
    return undefined;
  }
  const members = membersOf(options, report, ['on', 'given', 'of', 'in', 'direction', 'into', 'cases', 'complete', 'disjoint', 'kept']);
  const on = textIn(members, 'on', report, options);
  const made = members.has('kept') ? keptOf(members) : members.has('cases') ? casesOf(members, report) : comparedOf(members, report);
  if (made === undefined) report(options.start, form);
  if (on === undefined || made === undefined) return undefined;
  const given = members.get('given')?.value;
  return {
    name,
    on: { name: on, start: members.get('on')?.value.start ?? options.start },
    relation: { ...made, ...(given === undefined ? {} : { given }) },
  };
}

function comparedOf(members: Members, report: Reporter): DeclaredRelation | undefined {
  if (['complete', 'disjoint'].some((name) => members.has(name))) return undefined;
  const of = members.get('of')?.value;
  const named = (name: string): { readonly name: string; readonly start: number } | undefined => {
    const text = textIn(members, name, report);
    return text === undefined ? undefined : { name: text, start: members.get(name)?.value.start ?? 0 };
  };
  const [field, into] = [named('in'), named('into')];
  const direction = textIn(members, 'direction', report);
  if (of === undefined || (field === undefined) === (into === undefined)) return undefined;
  if (into !== undefined) return direction === undefined ? { kind: 'idempotent', of, into } : undefined;
  if (field === undefined || (direction !== 'up' && direction !== 'down')) return undefined;
  return { kind: 'monotone', of, in: field, direction };
}

function keptOf(members: Members): DeclaredRelation | undefined {
  const kept = members.get('kept')?.value;
  return kept === undefined || [...members.keys()].some((name) => !['on', 'given', 'kept'].includes(name))
    ? undefined
    : { kind: 'kept', kept };
}

function casesOf(members: Members, report: Reporter): DeclaredRelation | undefined {
  if (['of', 'in', 'into', 'direction'].some((name) => members.has(name))) return undefined;
  const listed = objectIn(members, 'cases', report);
  if (listed === undefined) return undefined;
  const cases = [...membersOf(listed, report).values()].map(({ name, value }) => ({ name, holds: value }));
  const wanted = (name: string): boolean => {
    const value = members.get(name)?.value;
    if (value === undefined) return false;
    if (value.type === 'Literal' && typeof value.value === 'boolean') return value.value;
    report(value.start, `${name} is true or false`);
    return false;
  };
  const [complete, disjoint] = [wanted('complete'), wanted('disjoint')];
  if (cases.length < 2 || cases.length > 40 || !(complete || disjoint)) return undefined;
  return { kind: 'cases', cases, complete, disjoint };
}
