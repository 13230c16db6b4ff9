/** What the definitions of all kinds have in common: identity, names to be looked up, invariants, formulas. */
import type { PermanentId } from '#kernel';
import type { DeclaredInvariant, IdPlace, Named } from './declared.ts';
import { idIn } from './fields-of.ts';
import { membersOf, objectIn, textIn, textsIn, type Members } from './literal.ts';
import { checkName } from './name-rules.ts';
import type { Reporter } from './reporter.ts';
import type { Expression, ObjectExpression, Syntax } from './syntax.ts';

export interface Context {
  readonly path: string;
  readonly text: string;
  readonly report: Reporter;
  readonly ids: IdPlace[];
  readonly syntax: Syntax;
  readonly sdk: ReadonlyMap<string, string>;
}

/** A text member with its place, for what is looked up later. */
export function named(members: Members, name: string, context: Context, needed?: { readonly start: number }): Named | undefined {
  const text = textIn(members, name, context.report, needed);
  return text === undefined ? undefined : { name: text, start: members.get(name)?.value.start ?? 0 };
}
export function namedList(members: Members, name: string, context: Context): readonly Named[] {
  const start = members.get(name)?.value.start ?? 0;
  return textsIn(members, name, context.report).map((text) => ({ name: text, start }));
}
export function identity(
  members: Members,
  prefix: string,
  what: string,
  definition: ObjectExpression,
  context: Context,
): { readonly id: PermanentId; readonly name: string } | undefined {
  const id = idIn(members, 'id', [prefix], definition.start, context);
  const name = textIn(members, 'name', context.report, definition);
  if (name !== undefined) checkName(name, what, members.get('name')?.value.start ?? 0, context.report);
  return id === undefined || name === undefined ? undefined : { id, name };
}
export function invariantsOf(members: Members, name: string, context: Context): readonly DeclaredInvariant[] {
  const node = objectIn(members, name, context.report);
  if (node === undefined) return [];
  const made: DeclaredInvariant[] = [];
  for (const member of membersOf(node, context.report).values()) {
    checkName(member.name, 'an invariant', member.start, context.report);
    if (member.value.type !== 'ObjectExpression') {
      context.report(member.value.start, "an invariant is { holds: (row) => ..., message: '...' }");
      continue;
    }
    const parts = membersOf(member.value, context.report, ['holds', 'message']);
    const holds = parts.get('holds')?.value;
    const message = textIn(parts, 'message', context.report, member.value);
    if (holds === undefined) context.report(member.value.start, 'holds is missing; add holds: (row) => ...');
    else if (message !== undefined) made.push({ name: member.name, holds, message, start: member.start });
  }
  return made;
}

export function needed(members: Members, name: string, node: ObjectExpression, context: Context): Expression | undefined {
  const value = members.get(name)?.value;
  if (value === undefined) context.report(node.start, `${name} is missing; add ${name}: (row) => ...`);
  return value;
}
