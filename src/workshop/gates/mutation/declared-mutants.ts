/**
 * Mutants of what a component states without a formula: who may, from which states, which values a field takes, in which order rows
 * come. Each is what a slip of the pen would state. What no example tells from it, nobody has shown to be as it was asked.
 */
import type { AccessRule, ApprovalRule, EntityContract, OperationContract, PermanentId, Settings, ViewContract } from '#kernel';
import { anyone, canonicalJson, type Contract, type Json } from '#kernel';
import { entityById, readsOnly, type SystemModel } from '#model';
import type { DeclaredMutant } from './declared-mutant.ts';
import { fieldMutants } from './field-mutants.ts';
import { scheduleMutants, signedInMutants, timeoutMutants } from './time-mutants.ts';

/** Of a list with more rows than these no example is asked for one row more. */
const MOST_ROWS = 3;
/**
 * Only what the change brought: members that stood before in the same way have been looked at when they came. Not asked
 * for: that what is required may not be left out. What stands exactly on a bound is among those of which most are asked for; what is beyond it, each.
 */
export function declaredMutants(contract: Contract, old: Contract | undefined, model: SystemModel): readonly DeclaredMutant[] {
  switch (contract.kind) {
    case 'entity':
      return ofEntity(contract, old?.kind === 'entity' ? old : undefined, model);
    case 'operation':
      return ofOperation(contract, old?.kind === 'operation' ? old : undefined, model);
    case 'rule':
      return contract.form === 'approval'
        ? ofApproval(contract, old, model.settings)
        : contract.form === 'access'
          ? ofRoles(contract, old, model.settings)
          : [];
    case 'view':
      return ofOrder(contract, old);
    // Its states are searched whole by a gate of its own, which knows no time.
    case 'workflow':
      return timeoutMutants(contract, old, model);
    case 'job':
      return scheduleMutants(contract, old, model);
    case 'reaction':
      return [];
  }
}

/** Fields of states that operations lead from one to the next. */
export const ledFields = (model: SystemModel): ReadonlySet<PermanentId> =>
  new Set([...model.operations.flatMap(({ transition }) => transition?.field ?? []), ...model.workflows.map(({ field }) => field)]);

function ofEntity(contract: EntityContract, old: EntityContract | undefined, model: SystemModel): readonly DeclaredMutant[] {
  const put = (fields: EntityContract['fields']): EntityContract => ({ ...contract, fields });
  return [...fieldMutants(contract.fields, old?.fields ?? [], put, 'field', ledFields(model)), ...signedInMutants(contract, old)];
}

function ofOperation(contract: OperationContract, old: OperationContract | undefined, model: SystemModel): readonly DeclaredMutant[] {
  const found: DeclaredMutant[] = [...ofRoles(contract, old, model.settings)];
  const { transition } = contract;
  const entity = contract.on === undefined ? undefined : entityById(model, contract.on);
  const field = entity?.fields.find(({ id }) => id === transition?.field);
  if (transition !== undefined && field?.type.kind === 'choice' && !same(transition, old?.transition)) {
    const { choices } = field.type;
    const nameOf = (id: string): string => choices.find((choice) => choice.id === id)?.name ?? id;
    for (const from of transition.from)
      found.push({
        member: 'transition',
        contract: { ...contract, transition: { ...transition, from: transition.from.filter((one) => one !== from) } },
        what: `not from ${nameOf(from)}`,
        missing: `that it is done to what is ${nameOf(from)}`,
      });
    const others = choices.filter(({ id }) => id !== transition.to && !transition.from.includes(id));
    if (others.length > 0)
      found.push({
        member: 'transition',
        contract: { ...contract, transition: { ...transition, from: [...transition.from, ...others.map(({ id }) => id)] } },
        what: 'from any state',
        missing: `that it is refused to what is ${others.map(({ name }) => name).join(' or ')}`,
      });
  }
  return [...found, ...fieldMutants(contract.input, old?.input ?? [], (input) => ({ ...contract, input }), 'input')];
}

/**
 * Each role that is named may, and some other of theseus.json may not: what is open to anyone, or is of people who sign in alone, keeps none of these out. A role that
 * may write nothing is turned away whatever is stated, and shows little: of those who could do it otherwise most examples refuse one, and it is told where none does.
 */
function ofRoles(contract: OperationContract | AccessRule, old: Contract | undefined, settings: Settings): readonly DeclaredMutant[] {
  const { roles } = contract;
  if (roles.length === 0 || (old !== undefined && 'roles' in old && same(old.roles, roles))) return [];
  const known = settings.roles.map(({ name }) => name);
  const others = known.some((role) => roles.includes(role)) && !roles.includes(anyone) ? known.filter((role) => !roles.includes(role)) : [];
  const told = contract.kind === 'operation' ? 'that it may' : 'what it sees';
  return [
    ...(roles.length > 1 ? roles : []).map((role): DeclaredMutant => ({
      member: 'roles',
      contract: { ...contract, roles: roles.filter((one) => one !== role) },
      what: `not for ${role}`,
      missing: `${told}: ${role}`,
    })),
    ...(others.length === 0 || contract.kind !== 'operation' ? [] : keptOut(contract, others, settings)),
  ];
}

function keptOut(contract: OperationContract, others: readonly string[], settings: Settings): readonly DeclaredMutant[] {
  const named: DeclaredMutant = {
    member: 'roles',
    contract: { ...contract, roles: [...contract.roles, ...others] },
    what: 'for every role',
    missing: 'that others may not',
  };
  const able = settings.roles.filter(({ name, read, write }) => others.includes(name) && (readsOnly(contract) ? read : write));
  if (able.length === 0) return [named];
  const missing = `that ${able.map(({ name }) => name).join(' or ')} may not, who could do it otherwise`;
  // Without roles it is for whoever may write, or read where it reads alone.
  return [
    named,
    { member: 'roles', contract: { ...contract, roles: [] }, what: 'for whoever else could do it', missing, asked: 'of-most' },
  ];
}

function ofApproval(contract: ApprovalRule, old: Contract | undefined, { roles }: Settings): readonly DeclaredMutant[] {
  if (old?.kind === 'rule' && old.form === 'approval' && old.role === contract.role) return [];
  return roles
    .filter(({ name }) => name !== contract.role)
    .slice(0, 1)
    .map(({ name: role }) => ({
      member: 'by',
      contract: { ...contract, role },
      what: `by ${role}`,
      missing: `that ${contract.role} approves it, and ${role} does not`,
    }));
}

function ofOrder(contract: ViewContract, old: Contract | undefined): readonly DeclaredMutant[] {
  if (old?.kind === 'view' && same(old.order, contract.order) && old.limit === contract.limit) return [];
  const turned = contract.order.map((one, at) =>
    at === 0 ? { ...one, direction: one.direction === 'ascending' ? ('descending' as const) : ('ascending' as const) } : one,
  );
  return [
    ...(turned.length === 0
      ? []
      : [{ member: 'order', contract: { ...contract, order: turned }, what: 'the other way round', missing: 'two rows in their order' }]),
    ...(contract.limit === undefined || contract.limit > MOST_ROWS
      ? []
      : [
          {
            member: 'limit',
            contract: { ...contract, limit: contract.limit + 1 },
            what: 'one row more',
            missing: `more rows than ${contract.limit}`,
          },
        ]),
  ];
}

const same = (one: unknown, other: unknown): boolean => canonicalJson((one ?? null) as Json) === canonicalJson((other ?? null) as Json);
