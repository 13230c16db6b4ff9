/** An operation as a source file in house style. `body` is the statements of its run method, lines not yet indented. */
import type { OperationContract, PermanentId } from '#kernel';
import { rowShape } from '../system-model.ts';
import { laidOut, quoted, type Doc } from './layout.ts';
import { type PrintContext, wholeFile } from './print-context.ts';
import { capabilityMembers, capsMembers, entityName, type OperationBody, runMember } from './print-body.ts';
import { fieldsDoc, literalDoc } from './print-fields.ts';
import { pointMembers } from './print-points.ts';

export function printOperation(operation: OperationContract, body: OperationBody, context: PrintContext): string {
  const { model } = context;
  const list = (names: readonly string[]): Doc => ({ list: names.map(quoted) });
  const members: (readonly [string, Doc])[] = [
    ['id', quoted(operation.id)],
    ['name', quoted(operation.name)],
  ];
  if (operation.on !== undefined) members.push(['on', quoted(entityName(model, operation.on))]);
  const { http, transition } = operation;
  members.push([
    'http',
    {
      object: [
        ['method', quoted(http.method)],
        ['path', quoted(http.path)],
        ['status', String(http.status)],
        ...(http.query === undefined ? [] : [['query', list(http.query)] as const]),
        ...(http.headers === undefined ? [] : [['headers', list(http.headers)] as const]),
        ...(http.body === undefined ? [] : [['body', quoted(http.body)] as const]),
        ...(http.names === undefined ? [] : [['names', literalDoc({ ...http.names })] as const]),
        ...(http.extra === undefined ? [] : [['extra', quoted(http.extra)] as const]),
        ...(http.takes === undefined ? [] : [['takes', list(http.takes)] as const]),
        ...(http.answers === undefined ? [] : [['answers', quoted(http.answers)] as const]),
        ...(http.refusals === undefined ? [] : [['refusals', literalDoc({ ...http.refusals })] as const]),
      ],
    },
  ]);
  if (operation.input.length > 0) members.push(['input', fieldsDoc(operation.input, operation.id, context, 'input/')]);
  if (operation.output !== null)
    members.push([
      'output',
      'row' in operation.output
        ? { object: [['row', quoted(entityName(model, operation.output.row))]] }
        : operation.output.whole === true
          ? fieldsDoc(operation.output.fields, operation.id, context, 'output/fields/')
          : { object: [['fields', fieldsDoc(operation.output.fields, operation.id, context, 'output/fields/')]] },
    ]);
  members.push(...capabilityMembers(operation, model));
  if (operation.roles.length > 0) members.push(['roles', list(operation.roles)]);
  if (transition !== undefined && operation.on !== undefined) {
    const field = rowShape(model, operation.on)?.fields.find((candidate) => candidate.id === transition.field);
    const state = (id: PermanentId): string =>
      field?.type.kind === 'choice' ? (field.type.choices.find((choice) => choice.id === id)?.name ?? id) : id;
    members.push([
      'transition',
      {
        object: [
          ['field', quoted(field?.name ?? transition.field)],
          ['from', list(transition.from.map(state))],
          ['to', quoted(state(transition.to))],
        ],
      },
    ]);
  }
  members.push(...pointMembers(operation.points), ...capsMembers(operation), runMember(body));
  return wholeFile(context, `export default ${laidOut({ call: 'operation', with: [{ object: members, open: true }] })};\n`);
}
