/** A decision, an approval or an access rule out of the syntax. */
import { isTakenWord } from '../taken-words.ts';
import type { DeclaredAccess, DeclaredApproval, DeclaredDecision } from './declared.ts';
import { type Context, identity, invariantsOf, named, namedList, needed } from './definition.ts';
import { membersOf } from './literal.ts';
import { pointsOf } from './points-of.ts';
import type { ObjectExpression } from './syntax.ts';

export function decisionOf(node: ObjectExpression, context: Context): DeclaredDecision | undefined {
  const members = membersOf(node, context.report, ['id', 'name', 'on', 'governs', 'strategies', 'decide', 'ensures']);
  const self = identity(members, 'r', 'a rule', node, context);
  if (self !== undefined && isTakenWord(self.name))
    context.report(
      members.get('name')?.value.start ?? node.start,
      `${self.name} cannot be the name of a rule: others import it by its name, and JavaScript or the SDK means something else by it`,
    );
  const on = named(members, 'on', context, node);
  const governs = named(members, 'governs', context, node);
  const decide = needed(members, 'decide', node, context);
  const ensures = invariantsOf(members, 'ensures', context);
  const points = pointsOf(members, context);
  if (self === undefined || on === undefined || governs === undefined || decide === undefined) return undefined;
  return { kind: 'rule', form: 'decision', ...self, on, governs, decide, ensures, points };
}

export function approvalOf(node: ObjectExpression, context: Context): DeclaredApproval | undefined {
  const members = membersOf(node, context.report, ['id', 'name', 'on', 'by', 'when', 'amount', 'before']);
  const self = identity(members, 'r', 'a rule', node, context);
  const on = named(members, 'on', context, node);
  const by = named(members, 'by', context, node);
  const before = named(members, 'before', context, node);
  const when = needed(members, 'when', node, context);
  const amount = members.get('amount')?.value;
  if (self === undefined || on === undefined || by === undefined || before === undefined || when === undefined) return undefined;
  return { kind: 'rule', form: 'approval', ...self, on, by, when, before, ...(amount === undefined ? {} : { amount }) };
}

export function accessOf(node: ObjectExpression, context: Context): DeclaredAccess | undefined {
  const members = membersOf(node, context.report, ['id', 'name', 'on', 'roles', 'rows', 'write']);
  const self = identity(members, 'r', 'a rule', node, context);
  const on = named(members, 'on', context, node);
  const roles = namedList(members, 'roles', context);
  if (roles.length === 0) context.report(node.start, "roles names those whom it holds for: roles: ['clerk']");
  const rows = members.get('rows')?.value;
  if (rows === undefined) context.report(node.start, 'rows is missing; add rows: (row, caller) => row.owner === caller.id');
  const write = members.get('write')?.value;
  if (self === undefined || on === undefined || roles.length === 0 || rows === undefined) return undefined;
  return { kind: 'rule', form: 'access', ...self, on, roles, rows, ...(write === undefined ? {} : { write }) };
}
