/** What operations, reactions and jobs have in common, as members of their definitions: what they may do, caps, the body. */
import { type BodyContract, type Capability, defaultCaps, type Field, type PermanentId } from '#kernel';
import { rowShape, type SystemModel } from '../system-model.ts';
import { quoted, type Doc } from './layout.ts';

export interface OperationBody {
  /** What run takes out of what it is given, in order: `data`, `row`, `input`, `event`, `today`. */
  readonly takes: readonly string[];
  /** Lines not yet indented. */
  readonly statements: string;
}
type Members = (readonly [string, Doc])[];

export function capabilityMembers({ capabilities }: BodyContract, model: SystemModel): Members {
  const members: Members = [];
  const list = (names: readonly string[]): Doc => ({ list: names.map(quoted) });
  const data = capabilities.filter((capability) => capability.kind === 'data');
  const fetches = capabilities.filter((capability) => capability.kind === 'fetch');
  const identities = capabilities.filter((capability) => capability.kind === 'identity');
  if (data.length + fetches.length + identities.length > 0)
    members.push([
      'capabilities',
      {
        object: [
          ...data.map((capability) => [entityName(model, capability.entity), accessDoc(capability, model)] as const),
          ...identities.map(({ entity }) => ['identity', quoted(entityName(model, entity))] as const),
          ...fetchMembers(fetches),
        ],
      },
    ]);
  const emits = capabilities.flatMap((capability) => (capability.kind === 'emit' ? [capability.event] : []));
  if (emits.length > 0) members.push(['emits', list(emits)]);
  const calls = capabilities.flatMap((capability) =>
    capability.kind === 'call' ? [model.operations.find((other) => other.id === capability.operation)?.name ?? capability.operation] : [],
  );
  if (calls.length > 0) members.push(['calls', list(calls)]);
  return members;
}

export function capsMembers({ caps }: BodyContract): Members {
  const own = (['wallMs', 'capabilityCalls', 'rows', 'bytes'] as const).filter((name) => caps[name] !== defaultCaps[name]);
  return own.length === 0 ? [] : [['caps', { object: own.map((name) => [name, String(caps[name])] as const) }]];
}

export function runMember({ takes, statements }: OperationBody): readonly [string, Doc] {
  const lines = statements
    .trim()
    .split('\n')
    .map((line) => (line === '' ? '\n' : `    ${line}\n`))
    .join('');
  return ['', `async run({ ${takes.join(', ')} }) {\n${lines}  }`];
}

export const entityName = (model: SystemModel, id: PermanentId): string => model.entities.find((entity) => entity.id === id)?.name ?? id;

function fetchMembers(fetches: readonly (Capability & { readonly kind: 'fetch' })[]): Members {
  if (fetches.length === 0) return [];
  const hostDoc = ({ methods, read }: { readonly methods: readonly string[]; readonly read: boolean }): Doc => ({
    object: [['methods', { list: methods.map(quoted) }], ...(read ? ([['read', 'true']] as const) : [])],
  });
  return [['fetch', { object: fetches.map((capability) => [quoted(capability.host), hostDoc(capability)] as const) }]];
}

/** `salary`, or `lines.cost` for a member of a list. */
function sensitiveName(fields: readonly Field[], id: PermanentId): string {
  for (const field of fields) {
    if (field.id === id) return field.name;
    const member = field.type.kind === 'list' ? field.type.fields.find((candidate) => candidate.id === id) : undefined;
    if (member !== undefined) return `${field.name}.${member.name}`;
  }
  return id;
}

function accessDoc(capability: Capability & { readonly kind: 'data' }, model: SystemModel): Doc {
  const access: Doc = { list: capability.access.map(quoted) };
  if (capability.sensitive.length === 0) return access;
  const fields = rowShape(model, capability.entity)?.fields ?? [];
  return {
    object: [
      ['access', access],
      ['sensitive', { list: capability.sensitive.map((id) => quoted(sensitiveName(fields, id))) }],
    ],
  };
}
