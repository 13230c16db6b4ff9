/**
 * Which field of a row names a caller: "their own orders". Found by what the field begins with, or by the agreed words for it;
 * what is not clear is asked. Never: a field that only might name a person.
 */
import type { CallerMember, Field } from '#kernel';
import { entityById, type SystemModel } from '#model';
import { askedOfCaller } from '#rules';
import { labelOf } from './names.ts';
import { type Row, rowOf } from './resolve.ts';

export interface Naming {
  readonly path: readonly string[];
  /** What it holds of the caller, where that is clear. */
  readonly as?: CallerMember;
}
const MAKER = /^(creator|(created|made|entered|recorded|added|placed|written) by)( (id|name))?$/;
const OWNER =
  /^(owner|caller|user|login|account|username|assignee|assigned to|responsible|responsible person|agent|belongs to)( (id|name))?$/;
const LOGIN = /^(login|user|username|account|caller)( (id|name))?$/;

const naming = (field: Field, path: readonly string[], words: RegExp): readonly Naming[] => {
  if (field.type.kind !== 'text' || field.derived !== undefined) return [];
  const asked = field.default !== undefined && 'formula' in field.default ? askedOfCaller(field.default.formula) : undefined;
  const label = labelOf(field.name);
  if (asked !== undefined) return [{ path, as: asked }];
  if (!words.test(label)) return [];
  return [label.endsWith(' id') ? { path, as: 'id' } : label.endsWith(' name') ? { path, as: 'name' } : { path }];
};

/** `how`: who made the row, or whose it is. Fields of the row itself come before those of the rows that it refers to. */
export function namingCaller(model: SystemModel, row: Row, how: 'made' | 'owns', roles: readonly string[]): readonly Naming[] {
  const role = roles.length === 1 ? labelOf(roles[0] ?? '') : undefined;
  const mine = new RegExp(`${MAKER.source}|${OWNER.source}${role === undefined ? '' : `|^${role}( (id|name|login))?$`}`);
  const made = row.fields.filter((field) => MAKER.test(labelOf(field.name)) || begins(field));
  const own = (how === 'made' && made.length > 0 ? made : row.fields).flatMap((field) => naming(field, [field.name], mine));
  if (own.length > 0 || how === 'made') return own;
  return row.fields.flatMap((field) => {
    const target = field.type.kind === 'reference' ? entityById(model, field.type.to) : undefined;
    const inside = target === undefined ? undefined : rowOf(model, { entity: target.name });
    return inside?.fields.flatMap((each) => naming(each, [field.name, each.name], LOGIN)) ?? [];
  });
}
const begins = (field: Field): boolean =>
  field.default !== undefined && 'formula' in field.default && askedOfCaller(field.default.formula) !== undefined;
