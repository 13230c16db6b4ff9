/** A workflow out of the syntax: the choice that it is about, where a row begins and may end, transitions, orders that never happen. */
import type { DeclaredOrder, DeclaredTransition, DeclaredWorkflow, Named } from './declared.ts';
import { type Context, identity, named, namedList } from './definition.ts';
import { membersOf, numberIn, objectIn, textIn, type Members } from './literal.ts';
import type { Expression, ObjectExpression } from './syntax.ts';

const units = ['minutes', 'hours', 'days'] as const;
const mostTransitions = 200;
const mostOrders = 50;

export function workflowOf(node: ObjectExpression, context: Context): DeclaredWorkflow | undefined {
  const { report } = context;
  const members = membersOf(node, report, ['id', 'name', 'on', 'field', 'starts', 'ends', 'transitions', 'never']);
  const self = identity(members, 'w', 'a workflow', node, context);
  const on = named(members, 'on', context, node);
  const field = named(members, 'field', context, node);
  const starts = named(members, 'starts', context, node);
  const ends = namedList(members, 'ends', context);
  const transitions = objectsIn(members, 'transitions', mostTransitions, context).flatMap((each) => transitionOf(each, context) ?? []);
  if (!members.has('transitions'))
    report(node.start, "transitions is missing; add transitions: [{ name: 'submit', from: ['draft'], to: 'open' }]");
  const never = objectsIn(members, 'never', mostOrders, context).flatMap((each) => orderOf(each, context) ?? []);
  if (self === undefined || on === undefined || field === undefined || starts === undefined) return undefined;
  return { kind: 'workflow', ...self, start: node.start, on, field, starts, ends, transitions, never };
}

function objectsIn(members: Members, name: string, most: number, { report }: Context): readonly ObjectExpression[] {
  const value: Expression | undefined = members.get(name)?.value;
  if (value === undefined) return [];
  if (value.type !== 'ArrayExpression') {
    report(value.start, `${name} must be a list of objects: [{ ... }, { ... }]`);
    return [];
  }
  if (value.elements.length > most) {
    report(value.start, `${name} has ${value.elements.length} entries; at most ${most} are read`);
    return [];
  }
  return value.elements.flatMap((element) => {
    if (element?.type === 'ObjectExpression') return [element];
    report(element?.start ?? value.start, `each entry of ${name} is an object literal { ... }`);
    return [];
  });
}

function transitionOf(node: ObjectExpression, context: Context): DeclaredTransition | undefined {
  const { report } = context;
  const members = membersOf(node, report, ['id', 'name', 'from', 'to', 'when', 'message', 'roles', 'after']);
  const self = identity(members, 't', 'a transition', node, context);
  const from = namedList(members, 'from', context);
  if (from.length === 0) report(node.start, "from names the states that it leads away from: from: ['open']");
  const to = named(members, 'to', context, node);
  const when = members.get('when')?.value;
  const message = textIn(members, 'message', report);
  if (message !== undefined && when === undefined)
    report(
      members.get('message')?.start ?? node.start,
      'message is what a caller is told where `when` does not hold; add when, or leave it out',
    );
  const roles = namedList(members, 'roles', context);
  const after = afterOf(members, context);
  if (after !== undefined && roles.length > 0)
    report(members.get('roles')?.start ?? node.start, 'the clock makes a transition with after, and nobody else: leave roles out');
  if (self === undefined || to === undefined || from.length === 0) return undefined;
  return {
    ...self,
    start: node.start,
    from,
    to,
    ...(when === undefined ? {} : { when }),
    ...(message === undefined ? {} : { message }),
    roles,
    ...(after === undefined ? {} : { after }),
  };
}

/** `after: { count: 30, unit: 'days' }`. */
function afterOf(members: Members, { report }: Context): DeclaredTransition['after'] {
  const node = objectIn(members, 'after', report);
  if (node === undefined) return undefined;
  const parts = membersOf(node, report, ['count', 'unit']);
  const count = numberIn(parts, 'count', report, 1, 10_000);
  const text = textIn(parts, 'unit', report, node);
  const unit = units.find((known) => known === text);
  if (!parts.has('count')) report(node.start, 'count is missing; add count: 30');
  if (text !== undefined && unit === undefined)
    report(parts.get('unit')?.value.start ?? node.start, `unit must be one of ${units.join(', ')}`);
  return count === undefined || unit === undefined ? undefined : { count, unit };
}

/** `{ reach: 'shipped', without: 'open' }` or `{ reach: 'cancelled', after: 'shipped' }`. */
function orderOf(node: ObjectExpression, context: Context): DeclaredOrder | undefined {
  const members = membersOf(node, context.report, ['statement', 'reach', 'without', 'after']);
  const statement = textIn(members, 'statement', context.report);
  const reach = named(members, 'reach', context, node);
  const [without, after]: readonly (Named | undefined)[] = [named(members, 'without', context), named(members, 'after', context)];
  if ((without === undefined) === (after === undefined)) {
    context.report(
      node.start,
      "an order that never happens is { reach: 'shipped', without: 'open' } or { reach: 'cancelled', after: 'shipped' }",
    );
    return undefined;
  }
  if (reach === undefined) return undefined;
  return {
    ...(statement === undefined ? {} : { statement }),
    reach,
    ...(without === undefined ? {} : { without }),
    ...(after === undefined ? {} : { after }),
  };
}
