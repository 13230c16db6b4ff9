/**
 * Which fields of a system are sensitive: those that say so, and every computed field that reads one of them. Otherwise a formula
 * would tell what its field must not.
 */
import type { Expression, Field, PermanentId } from '#kernel';
import { partsOf } from '#rules';
import type { SystemModel } from './system-model.ts';

const known = new WeakMap<SystemModel, ReadonlySet<PermanentId>>();

export function sensitiveIn(model: SystemModel): ReadonlySet<PermanentId> {
  const made = known.get(model) ?? sensitiveBut(model, []);
  known.set(model, made);
  return made;
}

/** The same for one who may see `granted`: what is computed from those alone may be seen as well. */
export function sensitiveBut(model: SystemModel, granted: readonly PermanentId[]): ReadonlySet<PermanentId> {
  const fields = model.entities.flatMap((entity) => entity.fields.flatMap(withMembers));
  const sensitive = new Set(
    fields.filter((field) => isSecret(field) || (field.sensitive && !granted.includes(field.id))).map((field) => field.id),
  );
  for (let grown = sensitive.size > 0; grown;) {
    grown = false;
    for (const field of fields) {
      if (sensitive.has(field.id) || !formulasOf(field).some((formula) => readsAny(formula, sensitive))) continue;
      sensitive.add(field.id);
      grown = true;
    }
  }
  return sensitive;
}

/** Hashes of what people sign in with: nobody sees them, whatever its role or contract. */
export const isSecret = ({ type }: Field): boolean => type.kind === 'text' && type.secret === true;
const secrets = new WeakMap<SystemModel, ReadonlySet<PermanentId>>();
export function secretsIn(model: SystemModel): ReadonlySet<PermanentId> {
  const made = secrets.get(model) ?? new Set(model.entities.flatMap((entity) => entity.fields.filter(isSecret).map((field) => field.id)));
  secrets.set(model, made);
  return made;
}

export const readsAny = (expression: Expression, fields: ReadonlySet<PermanentId>): boolean =>
  fields.size > 0 &&
  ((expression.node === 'field' && fields.has(expression.id)) || partsOf(expression).some((part) => readsAny(part, fields)));

/** A field, and those of the list that it is. */
export const withMembers = (field: Field): readonly Field[] => (field.type.kind === 'list' ? [field, ...field.type.fields] : [field]);
const formulasOf = ({ derived }: Field): readonly Expression[] =>
  derived === undefined ? [] : derived.mode === 'live' ? [derived.formula] : [derived.while, derived.formula, derived.otherwise];
