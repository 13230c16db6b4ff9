/**
 * What one version of a component may do, or lets others see, that the version before did not: listed for admission, as
 * `product update` or `other rows of order for clerk`. Pure.
 */
import { anyone } from './call.ts';
import { type Capability, type Contract, type EntityContract, hasBody } from './contract.ts';
import type { Field } from './field.ts';
import { canonicalJson } from './json.ts';

export function newCapabilities(was: Contract | undefined, now: Contract | undefined): readonly string[] {
  const before = new Set(was === undefined ? [] : heldBy(was));
  return [...(now === undefined ? [] : heldBy(now)).filter((grant) => !before.has(grant)), ...opened(was, now)];
}

/** Whether one of these, with its component before it, reaches outside, sees what is sensitive, or opens rows that were kept from somebody. */
export const isGrave = (capability: string): boolean =>
  /: (?:(?:send|read) [A-Z]+ \S+|\S+ reads \S+|\S+ shows \S+ .+|other rows of .+|signs in .+)$/.test(capability);

const heldBy = (contract: Contract): readonly string[] => [
  ...(hasBody(contract) ? contract.capabilities.flatMap(grants) : []),
  ...(contract.kind === 'operation' && contract.transition !== undefined
    ? [`sets ${contract.transition.field} to ${contract.transition.to}`]
    : []),
  ...(contract.kind === 'entity' && contract.identity !== undefined
    ? contract.identity.roles.map((role) => `signs in ${contract.id} as ${role}`)
    : []),
  ...(contract.kind === 'operation' && contract.roles.includes(anyone) ? ['open to anyone'] : []),
];

function grants(capability: Capability): readonly string[] {
  switch (capability.kind) {
    case 'data':
      return [
        ...capability.access.map((access) => `${capability.entity} ${access}`),
        ...capability.sensitive.map((field) => `${capability.entity} reads ${field}`),
      ];
    case 'emit':
      return [`emit ${capability.event}`];
    case 'call':
      return [`call ${capability.operation}`];
    case 'identity':
      return [`signs in ${capability.entity}`];
    case 'fetch':
      return capability.methods.map((method) => `${capability.read ? 'read' : 'send'} ${method} ${capability.host}`);
  }
}

/** What was kept from somebody and is not any more: an access rule that is another or gone, a field that is no longer sensitive. */
function opened(was: Contract | undefined, now: Contract | undefined): readonly string[] {
  if (was?.kind === 'rule' && was.form === 'access' && canonicalJson(was) !== canonicalJson(now ?? null))
    return was.roles.map((role) => `other rows of ${was.on} for ${role}`);
  if (was?.kind !== 'entity') return [];
  const secret = now?.kind === 'entity' ? sensitive(now) : new Set<string>();
  const there = now?.kind === 'entity' ? new Set(fieldsOf(now).map(({ id }) => String(id))) : new Set<string>();
  const hashes = now?.kind === 'entity' ? hashesOf(now) : new Set<string>();
  return [
    ...[...sensitive(was)].filter((id) => there.has(id) && !secret.has(id)).map((id) => `${was.id} shows ${id} to everybody who reads`),
    ...[...hashesOf(was)].filter((id) => there.has(id) && !hashes.has(id)).map((id) => `${was.id} shows ${id} with the hashes it keeps`),
  ];
}
const fieldsOf = (entity: EntityContract): readonly Field[] =>
  entity.fields.flatMap((field) => (field.type.kind === 'list' ? [field, ...field.type.fields] : [field]));
const hashesOf = (entity: EntityContract): ReadonlySet<string> =>
  new Set(entity.fields.flatMap(({ id, type }) => (type.kind === 'text' && type.secret === true ? [String(id)] : [])));
const sensitive = (entity: EntityContract): ReadonlySet<string> =>
  new Set(fieldsOf(entity).flatMap((field) => (field.sensitive ? [String(field.id)] : [])));
