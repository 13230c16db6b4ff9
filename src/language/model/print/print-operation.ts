/** An operation as a source file in house style. `body` is the statements of its run method, lines not yet indented. */
import { type Capability, defaultCaps, type OperationContract, type PermanentId } from '#kernel';
import { rowShape, type SystemModel } from '../system-model.ts';
import { laidOut, quoted, type Doc } from './layout.ts';
import { type PrintContext, wholeFile } from './print-context.ts';
import { fieldsDoc } from './print-fields.ts';

export interface OperationBody {
  /** What run takes out of what it is given, in order: `data`, `row`, `input`, `today`. */
  readonly takes: readonly string[];
  readonly statements: string;
}

export function printOperation(operation: OperationContract, body: OperationBody, context: PrintContext): string {
  const { model } = context;
  const list = (names: readonly string[]): Doc => ({ list: names.map(quoted) });
  const members: (readonly [string, Doc])[] = [
    ['id', quoted(operation.id)],
    ['name', quoted(operation.name)],
  ];
  if (operation.on !== undefined) members.push(['on', quoted(entityName(model, operation.on))]);
  const { http, transition, caps } = operation;
  members.push([
    'http',
    {
      object: [
        ['method', quoted(http.method)],
        ['path', quoted(http.path)],
        ['status', String(http.status)],
      ],
    },
  ]);
  if (operation.input.length > 0) members.push(['input', fieldsDoc(operation.input, operation.id, context, 'input/')]);
  if (operation.output !== null)
    members.push([
      'output',
      'row' in operation.output
        ? { object: [['row', quoted(entityName(model, operation.output.row))]] }
        : { object: [['fields', fieldsDoc(operation.output.fields, operation.id, context, 'output/fields/')]] },
    ]);
  const data = operation.capabilities.filter((capability) => capability.kind === 'data');
  if (data.length > 0)
    members.push([
      'capabilities',
      { object: data.map((capability) => [entityName(model, capability.entity), accessDoc(capability, model)] as const) },
    ]);
  const emits = operation.capabilities.flatMap((capability) => (capability.kind === 'emit' ? [capability.event] : []));
  if (emits.length > 0) members.push(['emits', list(emits)]);
  const calls = operation.capabilities.flatMap((capability) =>
    capability.kind === 'call' ? [model.operations.find((other) => other.id === capability.operation)?.name ?? capability.operation] : [],
  );
  if (calls.length > 0) members.push(['calls', list(calls)]);
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
  const ownCaps = (['wallMs', 'capabilityCalls', 'rows', 'bytes'] as const).filter((name) => caps[name] !== defaultCaps[name]);
  if (ownCaps.length > 0) members.push(['caps', { object: ownCaps.map((name) => [name, String(caps[name])] as const) }]);
  const statements = body.statements
    .trim()
    .split('\n')
    .map((line) => (line === '' ? '\n' : `    ${line}\n`))
    .join('');
  members.push(['', `async run({ ${body.takes.join(', ')} }) {\n${statements}  }`]);
  return wholeFile(context, `export default ${laidOut({ call: 'operation', with: [{ object: members, open: true }] })};\n`);
}

const entityName = (model: SystemModel, id: PermanentId): string => model.entities.find((entity) => entity.id === id)?.name ?? id;

function accessDoc(capability: Capability & { readonly kind: 'data' }, model: SystemModel): Doc {
  const access: Doc = { list: capability.access.map(quoted) };
  if (capability.sensitive.length === 0) return access;
  const fields = rowShape(model, capability.entity)?.fields ?? [];
  return {
    object: [
      ['access', access],
      ['sensitive', { list: capability.sensitive.map((id) => quoted(fields.find((field) => field.id === id)?.name ?? id)) }],
    ],
  };
}
