/** Names to members of the model: rows, fields, paths over references. Answers the thing, or why there is none. */
import type { EntityContract, Field, FieldType } from '#kernel';
import { entityById, entityNamed, fieldNamed, type SystemModel } from '#model';
import { articleFor } from './inflection.ts';
import { labelOf, listed } from './names.ts';
import type { Owner } from './request.ts';

export interface Row {
  readonly owner: Owner;
  readonly entity: EntityContract;
  readonly fields: readonly Field[];
  readonly name: string;
}

export function rowOf(model: SystemModel, owner: Owner): Row | undefined {
  const entity = entityNamed(model, owner.entity);
  if (entity === undefined) return undefined;
  if (owner.list === undefined) return { owner, entity, fields: entity.fields, name: entity.name };
  const list = fieldNamed(entity.fields, owner.list);
  return list?.type.kind === 'list' ? { owner, entity, fields: list.type.fields, name: list.type.item } : undefined;
}
export const fieldOf = (model: SystemModel, owner: Owner, name: string): Field | undefined =>
  fieldNamed(rowOf(model, owner)?.fields ?? [], name);

/** The choice of a field that is said so: "in progress" also for `inProgress`. */
export const choiceSaid = (field: Field | undefined, said: string): string | undefined =>
  field?.type.kind === 'choice'
    ? field.type.choices.find((choice) => choice.name === said || labelOf(choice.name) === said.toLowerCase())?.name
    : undefined;

/** The field at the end of a path over references. */
export function fieldAt(model: SystemModel, row: Row, path: readonly string[]): { readonly field: Field; readonly row: Row } | undefined {
  let here: Row | undefined = row;
  for (const [index, name] of path.entries()) {
    const field: Field | undefined = here === undefined ? undefined : fieldNamed(here.fields, name);
    if (field === undefined || here === undefined) return undefined;
    if (index === path.length - 1) return { field, row: here };
    if (field.type.kind !== 'reference') return undefined;
    const next = entityById(model, field.type.to);
    here = next === undefined ? undefined : rowOf(model, { entity: next.name });
  }
  return undefined;
}

/** Shortest ways over references from a row to rows of `target`; several of the same length are all given. */
export function waysTo(model: SystemModel, from: EntityContract, target: string): readonly (readonly string[])[] {
  let fringe: { readonly entity: EntityContract; readonly path: readonly string[] }[] = [{ entity: from, path: [] }];
  const seen = new Set<string>([from.name]);
  for (let depth = 0; depth < 3; depth += 1) {
    const next: { readonly entity: EntityContract; readonly path: readonly string[] }[] = [];
    for (const { entity, path } of fringe) {
      for (const field of entity.fields) {
        if (field.type.kind !== 'reference') continue;
        const to = entityById(model, field.type.to);
        if (to !== undefined && (!seen.has(to.name) || to.name === target)) next.push({ entity: to, path: [...path, field.name] });
      }
    }
    const reached = next.filter(({ entity }) => entity.name === target);
    if (reached.length > 0) return reached.map(({ path }) => path);
    for (const { entity } of next) seen.add(entity.name);
    fringe = next;
  }
  return [];
}

/** Reference fields of `entity` that point to `target`. */
export const referencesTo = (entity: EntityContract, target: EntityContract): readonly Field[] =>
  entity.fields.filter((field) => field.type.kind === 'reference' && field.type.to === target.id);

/** The one field of a kind, the several, or none. `derivedByRule` are parts of another amount and do not count. */
export function fieldsOfKind(model: SystemModel, row: Row, kind: FieldType['kind']): readonly Field[] {
  const parts = new Set<string>();
  for (const rule of model.rules) {
    if (rule.form !== 'decision' || rule.on !== row.entity.id || row.owner.list !== undefined) continue;
    parts.add(rule.governs);
    const subtotal = fieldNamed(row.fields, discountParts(model, row)?.subtotal ?? 'subtotal');
    if (subtotal !== undefined) parts.add(subtotal.id);
  }
  return row.fields.filter((field) => field.type.kind === kind && !parts.has(field.id));
}

/** The amounts of a thing that has discounts, by what they are called now: the total is the subtotal less what the rule decides. */
export interface DiscountParts {
  readonly rule: string;
  readonly discount: string;
  readonly subtotal: string;
  readonly total: string;
}
export function discountParts(model: SystemModel, row: Row): DiscountParts | undefined {
  if (row.owner.list !== undefined) return undefined;
  for (const rule of model.rules) {
    if (rule.form !== 'decision' || rule.on !== row.entity.id) continue;
    for (const { name: total, derived } of row.fields) {
      const formula = derived?.formula;
      if (formula?.node !== 'binary' || formula.op !== 'subtract') continue;
      const { left, right } = formula;
      if (left.node !== 'field' || right.node !== 'field' || right.id !== rule.governs) continue;
      const [subtotal, discount] = [left, right].map((part) => row.fields.find((field) => field.id === part.id)?.name);
      if (subtotal !== undefined && discount !== undefined) return { rule: rule.name, discount, subtotal, total };
    }
  }
  return undefined;
}

export const ownerWords = (model: SystemModel, owner: Owner): string => {
  const row = rowOf(model, owner);
  if (row === undefined) return labelOf(owner.entity);
  return owner.list === undefined ? labelOf(row.name) : `${labelOf(owner.entity)} ${labelOf(row.name)}`;
};
/** "an order line". */
export const oneOf = (model: SystemModel, owner: Owner): string => {
  const words = ownerWords(model, owner);
  return `${articleFor(words)} ${words}`;
};
export const fieldList = (fields: readonly Field[]): string => listed(fields.map((field) => labelOf(field.name)));
