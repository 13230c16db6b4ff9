/** What one contract grants, ready to be asked at each capability call. Pure. */
import type { BodyTerms, DataAccess, EntityContract, Field, PermanentId } from '#kernel';
import { sensitiveBut, type SystemModel } from '#model';
import type { Hiding } from '#store';

export interface Grants {
  access(entity: PermanentId, access: DataAccess): boolean;
  emits(event: string): boolean;
  calls(operation: PermanentId): boolean;
  /** The entity whose rows it may sign in. */
  readonly signsIn: PermanentId | undefined;
  /** Sensitive fields that the component neither sees nor writes. */
  readonly hiding: Hiding;
}
const made = new WeakMap<SystemModel, WeakMap<BodyTerms, Grants>>();

export function grantsOf(model: SystemModel, contract: BodyTerms): Grants {
  const known = made.get(model) ?? new WeakMap<BodyTerms, Grants>();
  made.set(model, known);
  const grants = known.get(contract) ?? makeGrants(model, contract);
  known.set(contract, grants);
  return grants;
}

function makeGrants(model: SystemModel, { id, capabilities }: BodyTerms): Grants {
  const access = new Set<string>();
  const events = new Set<string>();
  const operations = new Set<PermanentId>();
  const seen: PermanentId[] = [];
  for (const capability of capabilities) {
    if (capability.kind === 'data') {
      for (const one of capability.access) access.add(`${capability.entity} ${one}`);
      seen.push(...capability.sensitive);
    }
    if (capability.kind === 'emit') events.add(capability.event);
    if (capability.kind === 'call') operations.add(capability.operation);
  }
  return {
    access: (entity, one) => access.has(`${entity} ${one}`),
    emits: (event) => events.has(event),
    calls: (operation) => operations.has(operation),
    signsIn: capabilities.find((capability) => capability.kind === 'identity')?.entity,
    hiding: { key: `of ${id}`, hidden: sensitiveBut(model, seen) },
  };
}

/** The hidden field that a filter or an order names. */
export function hiddenNamed(entity: EntityContract, name: string, hidden: ReadonlySet<PermanentId>): Field | undefined {
  return entity.fields.find((field) => field.name === name && hidden.has(field.id));
}

/** The first hidden field that is written: `salary`, or `lines.cost` inside a list. */
export function hiddenWritten(
  fields: readonly Field[],
  values: { readonly [name: string]: unknown },
  hidden: ReadonlySet<PermanentId>,
): string | undefined {
  if (hidden.size === 0) return undefined;
  for (const field of fields) {
    if (!Object.hasOwn(values, field.name)) continue;
    if (hidden.has(field.id)) return field.name;
    const items: unknown = values[field.name];
    if (field.type.kind !== 'list' || !Array.isArray(items)) continue;
    for (const item of items as readonly unknown[]) {
      const inside = isRecord(item) ? hiddenWritten(field.type.fields, item, hidden) : undefined;
      if (inside !== undefined) return `${field.name}.${inside}`;
    }
  }
  return undefined;
}
const isRecord = (value: unknown): value is { readonly [name: string]: unknown } =>
  typeof value === 'object' && value !== null && !Array.isArray(value);
