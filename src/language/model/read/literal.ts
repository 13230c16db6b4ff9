/** Literal data out of the syntax, never executed. What is no literal is reported with what to write. */
import type { Json } from '#kernel';
import type { Reporter } from './reporter.ts';
import type { Expression, ObjectExpression } from './syntax.ts';

export interface Member {
  readonly name: string;
  readonly value: Expression;
  readonly start: number;
  readonly end: number;
  readonly method: boolean;
}
export type Members = ReadonlyMap<string, Member>;

/** The members of an object literal: plain `name: value` alone (a method where `methods` names it). */
export function membersOf(node: ObjectExpression, report: Reporter, allowed?: readonly string[], methods: readonly string[] = []): Members {
  const members = new Map<string, Member>();
  for (const property of node.properties) {
    if (property.type === 'SpreadElement') report(property.start, 'spread (...) is not literal data; write each member out');
    else if (property.computed) report(property.start, 'a computed name is not literal data; write the name itself');
    else {
      const name =
        property.key.type === 'Identifier'
          ? property.key.name
          : property.key.type === 'Literal' && typeof property.key.value === 'string'
            ? property.key.value
            : undefined;
      if (name === undefined) report(property.start, 'a member needs a plain name');
      else if (property.kind !== 'init') report(property.start, `${name} must be a plain member, no getter or setter`);
      else if (property.method && !methods.includes(name))
        report(property.start, `${name} must be a value, not a method; write ${name}: (row) => ...`);
      else if (property.shorthand) report(property.start, `write ${name}: with its value: a definition is literal data`);
      else if (members.has(name)) report(property.start, `${name} stands here twice; remove one`);
      else if (allowed !== undefined && !allowed.includes(name))
        report(property.start, `${name} is not known here; known are ${allowed.join(', ')}`);
      else members.set(name, { name, value: property.value, start: property.start, end: property.end, method: property.method });
    }
  }
  return members;
}

export function objectIn(members: Members, name: string, report: Reporter): ObjectExpression | undefined {
  const member = members.get(name);
  if (member === undefined) return undefined;
  if (member.value.type === 'ObjectExpression') return member.value;
  report(member.value.start, `${name} must be an object literal { ... }`);
  return undefined;
}

export function textOf(node: Expression): string | undefined {
  if (node.type === 'Literal' && typeof node.value === 'string') return node.value;
  if (node.type === 'TemplateLiteral' && node.expressions.length === 0) return node.quasis[0]?.value.cooked ?? undefined;
  return undefined;
}
export function numberOf(node: Expression): number | undefined {
  if (node.type === 'Literal' && typeof node.value === 'number') return node.value;
  if (
    node.type === 'UnaryExpression' &&
    node.operator === '-' &&
    node.argument.type === 'Literal' &&
    typeof node.argument.value === 'number'
  )
    return -node.argument.value;
  return undefined;
}

/** A text member; '' is reported. Absent is undefined without a report unless `needed`. */
export function textIn(members: Members, name: string, report: Reporter, needed?: { readonly start: number }): string | undefined {
  const member = members.get(name);
  if (member === undefined) {
    if (needed !== undefined) report(needed.start, `${name} is missing; add ${name}: '...'`);
    return undefined;
  }
  const text = textOf(member.value);
  if (text === undefined || text === '') {
    report(member.value.start, `${name} must be a text in quotes`);
    return undefined;
  }
  return text;
}
export function numberIn(members: Members, name: string, report: Reporter, from: number, to: number): number | undefined {
  const member = members.get(name);
  if (member === undefined) return undefined;
  const number = numberOf(member.value);
  if (number !== undefined && Number.isInteger(number) && number >= from && number <= to) return number;
  report(member.value.start, `${name} must be a whole number from ${from} to ${to}`);
  return undefined;
}
export function booleanIn(members: Members, name: string, report: Reporter): boolean {
  const member = members.get(name);
  if (member === undefined) return false;
  if (member.value.type === 'Literal' && typeof member.value.value === 'boolean') return member.value.value;
  report(member.value.start, `${name} must be true or false`);
  return false;
}
export function textsIn(members: Members, name: string, report: Reporter): readonly string[] {
  const member = members.get(name);
  if (member === undefined) return [];
  const made = jsonOf(member.value, report);
  if (Array.isArray(made) && made.every((item): item is string => typeof item === 'string')) return made;
  report(member.value.start, `${name} must be a list of texts: ['...', '...']`);
  return [];
}

/** Literal JSON: texts, numbers, true, false, null, lists and objects of them. Depth is bounded by the caps on text. */
export function jsonOf(node: Expression, report: Reporter): Json | undefined {
  const text = textOf(node);
  if (text !== undefined) return text;
  const number = numberOf(node);
  if (number !== undefined) return number;
  if (node.type === 'Literal' && (typeof node.value === 'boolean' || node.value === null) && !('regex' in node) && !('bigint' in node))
    return node.value;
  if (node.type === 'ArrayExpression') {
    const items: Json[] = [];
    for (const element of node.elements) {
      if (element === null || element.type === 'SpreadElement') {
        report(node.start, 'a list here is literal data: no holes, no spread (...)');
        return undefined;
      }
      const item = jsonOf(element, report);
      if (item === undefined) return undefined;
      items.push(item);
    }
    return items;
  }
  if (node.type === 'ObjectExpression') {
    const made: { [name: string]: Json } = {};
    for (const member of membersOf(node, report).values()) {
      const value = jsonOf(member.value, report);
      if (value === undefined) return undefined;
      if (member.name === '__proto__') report(member.start, '__proto__ is not a name for data');
      else made[member.name] = value;
    }
    return made;
  }
  report(node.start, 'only literal data may stand here: texts, numbers, true, false, null, lists and objects of them');
  return undefined;
}
