/**
 * What one asker sees of the rows: which fields, and of which entities only some rows. Reads put it into their statements, so that
 * what is not to be seen is not read: not answered, searched, sorted by, filtered by or counted. Pure.
 */
import { type Caller, type Expression, type Field, type PermanentId, systemCaller } from '#kernel';
import { accessOn, secretsIn, sensitiveIn } from '#model';
import type { Prepared } from './prepare/prepare-model.ts';
import { maySeeSensitive } from './rights.ts';
import type { PlainRow } from './row.ts';

export interface Sight {
  /** Names what is hidden: sights of one generation with equal keys hide the same fields. */
  readonly key: string;
  /** Fields that are not seen, items of lists included. */
  readonly hidden: ReadonlySet<PermanentId>;
  /** What must hold of a row to be seen, over the inputs `row`, `caller.id`, `caller.name`; entities that are not named are seen whole. */
  readonly only: ReadonlyMap<PermanentId, Expression>;
}
const nothing: ReadonlySet<never> = new Set<never>();
const everywhere: ReadonlyMap<never, never> = new Map<never, never>();
/** All fields of all rows: the rules of writing see these. */
export const wholeSight: Sight = { key: 'whole', hidden: nothing, only: everywhere };

export const isSeen = (sight: Sight, field: Field): boolean => !sight.hidden.has(field.id);

/**
 * By which roles somebody asks. `read`, `write`: those that may do so with rows themselves; `operate`: all, since an operation may be
 * open to roles that read nothing by themselves. `change`: what may be changed of what is seen.
 */
export interface Asking {
  readonly by: 'read' | 'write' | 'operate';
  readonly change?: boolean;
}

export function sightOf(prepared: Prepared, caller: Caller, { by, change = false }: Asking): Sight {
  const who = caller.id === systemCaller ? systemCaller : caller.roles.join(' ');
  return prepared.once(`sight ${by} ${change} ${who}`, () => {
    if (caller.id === systemCaller) return wholeSight;
    const secrets = by === 'operate' ? nothing : secretsIn(prepared.model);
    const sensitive = by === 'operate' || maySeeSensitive(prepared.model.settings, caller);
    const only = onlyOf(prepared, caller, by, change);
    if (sensitive && only.size === 0 && secrets.size === 0) return wholeSight;
    if (sensitive) return { key: secrets.size === 0 ? 'whole' : 'but secrets', hidden: secrets, only };
    return { key: 'open', hidden: sensitiveIn(prepared.model), only };
  });
}

/** The fields that a caller itself is not shown. */
export const hiddenFrom = (prepared: Prepared, caller: Caller): ReadonlySet<PermanentId> =>
  caller.id === systemCaller ? nothing : sightOf(prepared, caller, { by: 'read' }).hidden;

/**
 * Roles add up: a caller sees a row that one of its roles lets it see. All access rules of a role hold together. A role that
 * theseus.json does not name (of who signs in, or gone since) sees of what is limited only what a rule gives it.
 */
function onlyOf(prepared: Prepared, caller: Caller, by: Asking['by'], change: boolean): ReadonlyMap<PermanentId, Expression> {
  const { model } = prepared;
  if (caller.id === systemCaller) return everywhere;
  const stated = new Set(model.settings.roles.map(({ name }) => name));
  const roles = [
    ...model.settings.roles.filter((role) => by === 'operate' || role[by]).map(({ name }) => name),
    ...(by === 'operate' ? caller.roles.filter((role) => !stated.has(role)) : []),
  ].filter((role) => caller.roles.includes(role));
  const only = new Map<PermanentId, Expression>();
  for (const entity of model.entities) {
    const rules = accessOn(model, entity.id);
    const byRole = roles
      .map((role) => ({ role, held: rules.filter((rule) => rule.roles.includes(role)) }))
      .filter(({ role, held }) => stated.has(role) || held.length > 0)
      .map(({ held }) => held.map((rule) => (change ? (rule.write ?? rule.rows) : rule.rows)));
    if (rules.length === 0 || byRole.some((held) => held.length === 0)) continue;
    const some = byRole.map((held) => held.reduce((left, right) => joined('and', left, right)));
    only.set(entity.id, some.length === 0 ? never : some.reduce((left, right) => joined('or', left, right)));
  }
  return only;
}
const joined = (op: 'and' | 'or', left: Expression, right: Expression): Expression => ({
  node: 'binary',
  op,
  left,
  right,
  type: { kind: 'boolean', optional: false },
});
const never: Expression = { node: 'constant', type: { kind: 'boolean', optional: false }, value: false };

/** A row without what is hidden. */
export function shownRow(fields: readonly Field[], row: PlainRow, hidden: ReadonlySet<PermanentId>): PlainRow {
  if (hidden.size === 0) return row;
  const kept: { [name: string]: unknown } = { ...row };
  for (const field of fields) {
    if (hidden.has(field.id)) delete kept[field.name];
    else if (field.type.kind === 'list' && field.type.fields.some((member) => hidden.has(member.id))) {
      const members = field.type.fields;
      kept[field.name] = ((row[field.name] ?? []) as readonly PlainRow[]).map((item) => shownRow(members, item, hidden));
    }
  }
  return kept as PlainRow;
}
