/** Rows for examples: valid ones with as little as possible, and the steps that make them. */
import { nodesOf } from '#rules';
import type { Field, Json, JsonObject } from '#kernel';
import { entityById, entityNamed, type ExampleStep, fieldNamed, type SystemModel } from '#model';
import { type Draft, type Rules, shifted } from '../expect.ts';
import type { Request } from '../request.ts';
import { discountParts, rowOf } from '../resolve.ts';
import { compare, decimal, textOf, rounded } from './numbers.ts';
import { playedField } from './played.ts';

export const EXAMPLE_DAY = '2026-03-02';

export interface Drafting {
  readonly model: SystemModel;
  readonly rules: Rules;
  /** A name for a further row of an entity: "order1". */
  readonly name: (entity: string) => string;
}
export function drafting(model: SystemModel, request?: Request): Drafting {
  const made = madeBy(model, request);
  const counts = new Map<string, number>();
  return {
    model,
    rules: {
      today: EXAMPLE_DAY,
      kindOf: (owner, field) => {
        const [entity = '', list] = owner.split('.');
        const fields = entityNamed(model, entity)?.fields ?? [];
        const own = list === undefined ? fields : fieldNamed(fields, list);
        const found = Array.isArray(own)
          ? fieldNamed(own as readonly Field[], field)
          : own !== undefined && 'type' in own && own.type.kind === 'list'
            ? fieldNamed(own.type.fields, field)
            : undefined;
        return found?.type.kind;
      },
      before: (row, field) => (made.has(`${row.entity}.${field}`) ? undefined : playedField(model, row, field, EXAMPLE_DAY)),
    },
    name: (entity) => {
      const next = (counts.get(entity) ?? 0) + 1;
      counts.set(entity, next);
      return `${entity}${next}`;
    },
  };
}
/** Fields whose values the request itself makes: what they show is worked out from the request alone. */
function madeBy(model: SystemModel, request: Request | undefined): ReadonlySet<string> {
  if (request === undefined) return new Set();
  if (request.act === 'discount') {
    const row = rowOf(model, { entity: request.entity });
    const parts = row === undefined ? undefined : discountParts(model, row);
    return new Set([`${request.entity}.${parts?.discount ?? 'discount'}`, `${request.entity}.${parts?.total ?? 'total'}`]);
  }
  if (!('owner' in request) || !('field' in request)) return new Set();
  const at = [request.owner.entity, request.owner.list].filter(Boolean).join('.');
  return new Set([`${at}.${request.field}`, ...(request.act === 'derive' && request.field === 'total' ? [`${at}.subtotal`] : [])]);
}
const number = (field: Field, wanted: string): string => {
  const type = field.type;
  if (!('min' in type) && !('max' in type)) return wanted;
  const { min, max } = type as { readonly min?: string | number; readonly max?: string | number };
  if (min !== undefined && compare(decimal(wanted), decimal(String(min))) < 0) return String(min);
  return max !== undefined && compare(decimal(wanted), decimal(String(max))) > 0 ? String(max) : wanted;
};
/** A value that the field takes; `salt` makes it another one. */
export function sampleValue(field: Field, salt: number, seed = ''): string | number | boolean | undefined {
  switch (field.type.kind) {
    case 'text':
      return `${field.name} ${seed}${salt}`;
    case 'email':
      return `${seed}${salt}@example.com`;
    case 'url':
      return `https://example.com/${seed}${salt}`;
    case 'integer':
      return Number(number(field, String(salt + 2)));
    case 'decimal':
    case 'quantity':
      return textOf(rounded(decimal(number(field, `${salt + 1}.50`)), field.type.scale));
    case 'money':
      return textOf(rounded(decimal(number(field, `${10 + salt}.25`)), 2));
    case 'boolean':
      return salt % 2 === 1;
    case 'date':
      return shifted('2026-02-20', salt, 'days');
    case 'choice':
      return field.type.choices[Math.max(0, salt - 1) % field.type.choices.length]?.name;
    default:
      return undefined;
  }
}
/** A row with what it must have. */
export function sampleRow(d: Drafting, entity: string): Draft {
  const name = d.name(entity);
  const draft: Draft = { entity, name, values: {}, refs: {}, lists: {}, known: {}, related: [] };
  for (const field of entityNamed(d.model, entity)?.fields ?? [])
    if (field.required && field.derived === undefined && !hasDefault(field)) giveSample(d, draft, field);
  for (const field of entityNamed(d.model, entity)?.fields ?? [])
    if (field.type.kind === 'list' && mustHaveItems(d.model, entity, field)) draft.lists[field.name] ??= [sampleItem(d, draft, field)];
  return draft;
}
/** A limit that counts the items of a list is met by one item rather than by none. */
export function mustHaveItems(model: SystemModel, entity: string, list: Field): boolean {
  return (
    entityNamed(model, entity)?.invariants.some((invariant) =>
      [...nodesOf(invariant.holds)].some(
        (node) => node.node === 'aggregate' && node.op === 'count' && node.over.node === 'field' && node.over.id === list.id,
      ),
    ) === true
  );
}
const hasDefault = (field: Field): boolean => field.default !== undefined && field.type.kind !== 'list';
export function giveSample(d: Drafting, draft: Draft, field: Field, salt = 1): void {
  if (field.type.kind === 'reference') {
    const to = entityById(d.model, field.type.to);
    if (to !== undefined) draft.refs[field.name] ??= sampleRow(d, to.name);
  } else if (field.type.kind === 'list') draft.lists[field.name] ??= [sampleItem(d, draft, field, salt)];
  else {
    const value = sampleValue(field, salt, field.unique || field.type.kind === 'text' ? draft.name.replace(/\W/g, '') : '');
    if (value !== undefined) draft.values[field.name] = value;
  }
}
export function sampleItem(d: Drafting, parent: Draft, list: Field, salt = 1): Draft {
  const item: Draft = { entity: `${parent.entity}.${list.name}`, name: '', values: {}, refs: {}, lists: {}, known: {}, related: [] };
  if (list.type.kind === 'list')
    for (const field of list.type.fields) if (field.required && field.derived === undefined) giveSample(d, item, field, salt);
  return item;
}
export const fieldsOf = (d: Drafting, entity: string): readonly Field[] => {
  const [name = '', list] = entity.split('.');
  const fields = entityNamed(d.model, name)?.fields ?? [];
  const found = list === undefined ? undefined : fieldNamed(fields, list);
  return found?.type.kind === 'list' ? found.type.fields : fields;
};
export const fieldOfDraft = (d: Drafting, draft: Draft, name: string): Field | undefined => fieldNamed(fieldsOf(d, draft.entity), name);

/** Steps that make the rows: what is referred to first. */
export function stepsOf(draft: Draft, done: Set<string> = new Set()): ExampleStep[] {
  if (done.has(draft.name)) return [];
  done.add(draft.name);
  const before = [
    ...Object.values(draft.refs),
    ...Object.values(draft.lists)
      .flat()
      .flatMap((item) => Object.values(item.refs)),
  ].flatMap((row) => stepsOf(row, done));
  const after = draft.related.flatMap(({ row }) => stepsOf(row, done));
  return [...before, { create: draft.entity, as: draft.name, with: jsonOf(draft) }, ...after];
}
export function jsonOf(draft: Draft): JsonObject {
  const refs = Object.fromEntries(Object.entries(draft.refs).map(([field, row]) => [field, row.name]));
  const lists: { [field: string]: Json } = Object.fromEntries(
    Object.entries(draft.lists).map(([field, items]) => [field, items.map(jsonOf)]),
  );
  return { ...refs, ...draft.values, ...lists };
}
