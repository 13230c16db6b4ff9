/** An operation out of the syntax: its address, what it takes and answers, what it may do, and its body as code. */
import type { DeclaredOperation, Named } from './declared.ts';
import { type Context, identity, named, namedList } from './definition.ts';
import { fieldsOf } from './fields-of.ts';
import { bodyOf } from './declare-body.ts';
import { membersOf, numberIn, objectIn, textIn, type Members } from './literal.ts';
import { pointsOf } from './points-of.ts';
import type { ObjectExpression } from './syntax.ts';

const methods = ['GET', 'POST', 'PUT', 'PATCH', 'DELETE'] as const;

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
  const http = objectIn(members, 'http', report);
  const parts = http === undefined ? (new Map() as Members) : membersOf(http, report, ['method', 'path', 'status']);
  const methodText = textIn(parts, 'method', report);
  const method = methods.find((candidate) => candidate === methodText);
  if (methodText !== undefined && method === undefined)
    report(parts.get('method')?.value.start ?? node.start, `method must be one of ${methods.join(', ')}`);
  const path = textIn(parts, 'path', report);
  const params = path?.match(/\{[^}]*\}/g) ?? [];
  if (
    path !== undefined &&
    (!/^\/api(?:\/(?:[a-z0-9]+(?:-[a-z0-9]+)*|\{id\}))+$/.test(path) || params.length !== (on === undefined ? 0 : 1))
  ) {
    report(
      parts.get('path')?.value.start ?? node.start,
      on === undefined
        ? "path must be such as '/api/orders/place': small letters, digits and -"
        : "path must be such as '/api/orders/{id}/cancel', with {id} once for the row that it acts on",
    );
  }
  const status = numberIn(parts, 'status', report, 200, 299);
  const inputNode = objectIn(members, 'input', report);
  const fieldContext = { report, sdk: context.sdk, ids: context.ids, within: 'input' as const };
  const input = inputNode === undefined ? [] : fieldsOf(inputNode, fieldContext);
  const outputNode = objectIn(members, 'output', report);
  const outputs = outputNode === undefined ? undefined : membersOf(outputNode, report, ['row', 'fields']);
  const row = outputs === undefined ? undefined : named(outputs, 'row', context);
  const outputFields = outputs === undefined ? undefined : objectIn(outputs, 'fields', report);
  if (outputNode !== undefined && (row === undefined) === (outputFields === undefined))
    report(outputNode.start, "output is { row: 'order' } or { fields: { ... } }");
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
    http: {
      ...(method === undefined ? {} : { method }),
      ...(path === undefined ? {} : { path }),
      ...(status === undefined ? {} : { status }),
      start: members.get('http')?.start ?? node.start,
    },
    input,
    output: row !== undefined ? { row } : outputFields !== undefined ? { fields: fieldsOf(outputFields, fieldContext) } : null,
    roles: namedList(members, 'roles', context),
    points: pointsOf(members, context),
    ...(transition === undefined ? {} : { transition }),
  };
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
  if (from.length === 0) context.report(node.start, "from names the states that it may start in: from: ['open']");
  return field === undefined || to === undefined ? undefined : { field, from, to };
}
