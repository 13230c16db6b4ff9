/** What an action makes of the system: an operation with its transition, and its body as a person would write it. */
import type { Capability, Field, OperationContract, PermanentId } from '#kernel';
import { entityById, entityNamed, fieldNamed, kebab, plural, type SystemModel, transitionsOf } from '#model';
import { baseOf } from '../inflection.ts';
import { camelOf, capitalised, labelOf, listed } from '../names.ts';
import type { Effect, RequestOf } from '../request.ts';
import type { Applied, Effects } from './applied.ts';
import { minter } from './identity.ts';
import { literalCode } from './unasked-code.ts';

export const DEFAULT_CAPS = { wallMs: 5_000, capabilityCalls: 1_000, rows: 10_000, bytes: 4_194_304 } as const;
/** "cancel" of "cancelled"; a state that is no participle is "mark as". */
export const verbOf = (state: string): string => {
  const base = baseOf(labelOf(state));
  return base === undefined ? camelOf(`mark as ${labelOf(state)}`) : camelOf(base);
};

export function allow(model: SystemModel, request: RequestOf<'allow'>, effects: Effects): Applied {
  const entity = entityNamed(model, request.entity);
  const field = entity === undefined ? undefined : fieldNamed(entity.fields, request.field);
  if (entity === undefined || field?.type.kind !== 'choice') return { why: 'There is no such state.' };
  const idOf = (name: string): PermanentId | undefined =>
    field.type.kind === 'choice' ? field.type.choices.find((choice) => choice.name === name)?.id : undefined;
  const to = idOf(request.to);
  const from = request.from.flatMap((name) => idOf(name) ?? []);
  if (to === undefined) return { why: 'There is no such state.' };
  const transition = { field: field.id, from, to };
  const existing = transitionsOf(model, entity.id).find(
    (operation) => operation.transition?.field === field.id && operation.transition.to === to,
  );
  if (existing !== undefined) {
    const sameFrom = JSON.stringify(existing.transition?.from) === JSON.stringify(from);
    const sameRoles = JSON.stringify(existing.roles) === JSON.stringify(request.roles);
    const body = effects.bodies[existing.name];
    const sameBody = body !== undefined && squeezed(body).includes(squeezed(bodyOf(model, request).statements));
    if (sameFrom && sameRoles && sameBody) return { model, same: true };
    if (!sameBody)
      return {
        why: `The operation ${labelOf(existing.name)} does this already, and what follows there is different. Ask a person to change it, or say it with the same effects.`,
      };
    const updated: OperationContract = { ...existing, roles: request.roles.length === 0 ? existing.roles : request.roles, transition };
    return { model: { ...model, operations: model.operations.map((each) => (each.id === existing.id ? updated : each)) }, same: false };
  }
  const setter = [...model.reactions, ...model.jobs].find(
    (unasked) =>
      unasked.capabilities.some((capability) => capability.kind === 'data' && capability.entity === entity.id) &&
      (effects.bodies[`${unasked.kind}/${unasked.name}`] ?? '').includes(`${request.field}: '${request.to}'`),
  );
  if (setter !== undefined)
    return {
      why: `The ${setter.kind} ${labelOf(setter.name)} sets the ${labelOf(request.field)} to ${labelOf(request.to)} itself, which an operation would forbid. Stop it first ("Stop the ${setter.kind} ${labelOf(setter.name)}"), and ask for it again afterwards.`,
    };
  const verb = verbOf(request.to);
  const name = `${verb}${capitalised(request.entity)}`;
  if (model.operations.some((operation) => operation.name === name)) return { why: `There is another operation called ${labelOf(name)}.` };
  const operation: OperationContract = {
    kind: 'operation',
    id: minter(model, effects.change)('o', name),
    name,
    on: entity.id,
    http: { method: 'POST', path: `/api/${kebab(entity.plural)}/{id}/${kebab(verb)}`, status: 200 },
    input: [],
    output: { row: entity.id },
    capabilities: capabilitiesOf(model, request),
    roles: request.roles,
    transition,
    caps: DEFAULT_CAPS,
  };
  return { model: { ...model, operations: [...model.operations, operation] }, same: false };
}
const squeezed = (text: string): string => text.replaceAll(/\s+/g, '');

function stockTarget(
  model: SystemModel,
  request: RequestOf<'allow'>,
  effect: Extract<Effect, { is: 'stock' }>,
): ReturnType<typeof entityById> {
  const list = fieldNamed(entityNamed(model, request.entity)?.fields ?? [], effect.list);
  const reference = list?.type.kind === 'list' ? fieldNamed(list.type.fields, effect.reference) : undefined;
  return reference?.type.kind === 'reference' ? entityById(model, reference.type.to) : undefined;
}
function capabilitiesOf(model: SystemModel, request: RequestOf<'allow'>): readonly Capability[] {
  const entity = entityNamed(model, request.entity);
  if (entity === undefined) return [];
  const others = new Map(
    request.effects.flatMap((effect) => {
      const target = effect.is === 'stock' ? stockTarget(model, request, effect) : undefined;
      return target === undefined ? [] : [[target.id, target] as const];
    }),
  );
  return [
    { kind: 'data', entity: entity.id, access: ['update'], sensitive: [] },
    ...[...others.keys()]
      .filter((id) => id !== entity.id)
      .map((id): Capability => ({ kind: 'data', entity: id, access: ['read', 'update'], sensitive: [] })),
  ];
}
/** The statements of `run`. */
export function bodyOf(
  model: SystemModel,
  request: RequestOf<'allow'>,
): { readonly takes: readonly string[]; readonly statements: string; readonly today: boolean } {
  const lines: string[] = [];
  const sets: string[] = [`${request.field}: '${request.to}'`];
  let today = false;
  const entity = entityNamed(model, request.entity);
  for (const effect of request.effects) {
    if (effect.is === 'set') {
      const field = fieldNamed(entity?.fields ?? [], effect.field);
      if (effect.value.is === 'date' && effect.value.value === 'today') {
        today = true;
        sets.push(`${effect.field}: today`);
      } else if (field !== undefined) {
        sets.push(`${effect.field}: ${literalCode(model, field, effect.value)}`);
      }
      continue;
    }
    const target = stockTarget(model, request, effect);
    const list = fieldNamed(entity?.fields ?? [], effect.list);
    if (target === undefined || list?.type.kind !== 'list') continue;
    const item = list.type.item;
    const row = target.name === item || target.name === 'row' ? 'found' : target.name;
    lines.push(`for (const ${item} of row.${effect.list}) {`);
    const optional = (fields: readonly Field[], name: string): boolean => fieldNamed(fields, name)?.required !== true;
    const quantity = optional(list.type.fields, effect.quantity) ? `(${item}.${effect.quantity} ?? 0)` : `${item}.${effect.quantity}`;
    const there = optional(target.fields, effect.field) ? `(${row}.${effect.field} ?? 0)` : `${row}.${effect.field}`;
    if (optional(list.type.fields, effect.reference)) lines.push(`  if (${item}.${effect.reference} === null) continue;`);
    lines.push(`  const ${row} = await data.${target.name}.get(${item}.${effect.reference});`);
    if (!effect.back) {
      lines.push(`  if (${there} < ${quantity}) refuse('conflict', 'There is not enough ${labelOf(effect.field)}.');`);
    }
    lines.push(
      `  await data.${target.name}.update(${item}.${effect.reference}, { ${effect.field}: ${there} ${effect.back ? '+' : '-'} ${quantity} });`,
    );
    lines.push('}');
  }
  lines.push(`return data.${request.entity}.update(row.id, { ${sets.join(', ')} });`);
  return { takes: ['data', 'row', ...(today ? ['today'] : [])], statements: lines.join('\n'), today };
}
export function restrict(model: SystemModel, request: RequestOf<'restrict'>): Applied {
  const operation = model.operations.find((each) => each.name === request.operation);
  if (operation === undefined) return { why: 'There is no such operation.' };
  if (operation.roles.toSorted().join() === [...request.roles].sort().join()) return { model, same: true };
  return {
    model: { ...model, operations: model.operations.map((each) => (each === operation ? { ...operation, roles: request.roles } : each)) },
    same: false,
  };
}
export const rolesWords = (roles: readonly string[]): string =>
  listed(
    roles.map((role) => plural(labelOf(role))),
    'and',
  );
