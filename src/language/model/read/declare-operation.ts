/** An operation out of the syntax: its address, what it takes and answers, what it may do, and its body as code. */
import type { DeclaredField, DeclaredOperation, Named } from './declared.ts';
import { type Context, identity, named, namedList } from './definition.ts';
import { type FieldContext, fieldsOf } from './fields-of.ts';
import { httpOf } from './http-of.ts';
import { bodyOf } from './declare-body.ts';
import { membersOf, objectIn, type Members } from './literal.ts';
import { pointsOf } from './points-of.ts';
import type { ObjectExpression } from './syntax.ts';

export function operationOf(node: ObjectExpression, context: Context): DeclaredOperation | undefined {
  const { report } = context;
  const members = membersOf(
    node,
    report,
    ['id', 'name', 'on', 'http', 'input', 'output', 'capabilities', 'emits', 'calls', 'roles', 'transition', 'strategies', 'caps', 'run'],
    ['run'],
  );
  const self = identity(members, 'o', 'an operation', node, context);
  const on = named(members, 'on', context);
  const http = httpOf(members, on !== undefined, context, node.start);
  const inputNode = objectIn(members, 'input', report);
  const fieldContext = { report, sdk: context.sdk, ids: context.ids, within: 'input' as const };
  const input = inputNode === undefined ? [] : fieldsOf(inputNode, fieldContext);
  const outputNode = objectIn(members, 'output', report);
  const whole = outputNode === undefined ? undefined : wholeBody(outputNode, fieldContext);
  const outputs = outputNode === undefined || whole !== undefined ? undefined : membersOf(outputNode, report, ['row', 'fields']);
  const row = outputs === undefined ? undefined : named(outputs, 'row', context);
  const outputFields = outputs === undefined ? undefined : objectIn(outputs, 'fields', report);
  if (outputs !== undefined && (row === undefined) === (outputFields === undefined))
    report(outputNode?.start ?? node.start, "output is { row: 'order' }, { fields: { ... } } or { body: json({ ... }) }");
  const transition = transitionOf(members, context);
  if (transition !== undefined && on === undefined)
    report(members.get('transition')?.start ?? node.start, "a transition is of one row: say on: '...'");
  const body = bodyOf(node, members, context);
  if (self === undefined) return undefined;
  return {
    kind: 'operation',
    ...self,
    ...body,
    ...(on === undefined ? {} : { on }),
    http: { ...http, start: members.get('http')?.start ?? node.start },
    input,
    output:
      row !== undefined
        ? { row }
        : outputFields !== undefined
          ? { fields: fieldsOf(outputFields, fieldContext) }
          : whole !== undefined
            ? { fields: whole, whole: true }
            : null,
    roles: namedList(members, 'roles', context),
    points: pointsOf(members, context),
    ...(transition === undefined ? {} : { transition }),
  };
}

/** The one value that is the whole answer, called body; beside it the status and headers of the answer. Undefined where it has none. */
function wholeBody(node: ObjectExpression, context: FieldContext): readonly DeclaredField[] | undefined {
  const hasBody = node.properties.some(
    (property) => property.type !== 'SpreadElement' && property.key.type === 'Identifier' && property.key.name === 'body',
  );
  return hasBody ? fieldsOf(node, context) : undefined;
}

function transitionOf(
  members: Members,
  context: Context,
): { readonly field: Named; readonly from: readonly Named[]; readonly to: Named } | undefined {
  const node = objectIn(members, 'transition', context.report);
  if (node === undefined) return undefined;
  const parts = membersOf(node, context.report, ['field', 'from', 'to']);
  const field = named(parts, 'field', context, node);
  const to = named(parts, 'to', context, node);
  const from = namedList(parts, 'from', context);
  const one = parts.get('from');
  if (one === undefined || (from.length === 0 && one.value.type === 'ArrayExpression'))
    context.report(node.start, "from names the states that it may start in: from: ['open']");
  return field === undefined || to === undefined ? undefined : { field, from, to };
}
