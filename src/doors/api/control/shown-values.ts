/** What of the history of rows a reader may see: images name fields by permanent ids, also such as are gone. One answer for all that shows history. */
import type { Caller, EntityContract, Field, Json } from '#kernel';
import { accessOn, secretsIn, sensitiveIn, type SystemModel } from '#model';

export interface ShownFields {
  has(id: string): boolean;
}

/** Whether an access rule speaks of a caller. */
export const holdsFor = (model: SystemModel, entity: EntityContract, caller: Caller): boolean =>
  accessOn(model, entity.id).some((rule) => rule.roles.some((role) => caller.roles.includes(role)));

/** Ids of the fields that a reader may see. For who sees no sensitive ones, a field that is gone, or is not known, is not among them. */
export function shownFields(model: SystemModel | undefined, sensitive: boolean): ShownFields {
  if (sensitive) {
    const secrets: ReadonlySet<string> = model === undefined ? new Set() : secretsIn(model);
    return { has: (id) => !secrets.has(id) };
  }
  const secret = model === undefined ? new Set() : sensitiveIn(model);
  const ids = (fields: readonly Field[]): readonly string[] =>
    fields
      .filter((field) => !secret.has(field.id))
      .flatMap((field) => [field.id, ...(field.type.kind === 'list' ? ids(field.type.fields) : [])]);
  return new Set(['id', 'version', 'parent', 'position', ...(model?.entities.flatMap((entity) => ids(entity.fields)) ?? [])]);
}

/** An image of a row without what is sensitive. Images name fields by their permanent ids. */
export function openImage(image: Json, shown: ShownFields): Json {
  if (typeof image !== 'object' || image === null || Array.isArray(image)) return null;
  return Object.fromEntries(
    Object.entries(image)
      .filter(([id]) => shown.has(id))
      .map(([id, value]) => [id, Array.isArray(value) ? value.map((item) => openImage(item, shown)) : value]),
  );
}
