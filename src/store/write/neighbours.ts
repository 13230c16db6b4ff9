/**
 * The rows that a row refers to, as far as its rules read them: which ones to ask for, how, and how the rules then see them.
 * What was not asked for is NotAtHand when it is read, never silently absent: the database then answers in its stead.
 */
import { Fault, type Expression, type Field, type PermanentId } from '#kernel';
import type { RuleContext } from '#rules/javascript';
import { partsOf } from '#rules';
import { toRuleValue, type Plain } from '#schema';
import type { EntityPlan } from '../prepare/entity-plan.ts';
import type { Prepared } from '../prepare/prepare-model.ts';
import type { ShownField } from '../physical/row-plan.ts';
import type { Complete } from './complete.ts';

/** Something that the rules read is not at hand. Never leaves this folder. */
export class NotAtHand extends Fault {
  /** Whether rows of this kind will go on to lack it. */
  readonly lasting: boolean;
  constructor(what: string, lasting = true) {
    super('bug', `${what} is not at hand`);
    this.lasting = lasting;
  }
}

export interface Neighbour {
  readonly to: PermanentId;
  readonly shown: readonly ShownField[];
}
export interface Follows {
  /** Reference fields of the row and of its items that the rules follow. */
  readonly fields: ReadonlySet<PermanentId>;
  readonly neighbours: ReadonlyMap<PermanentId, Neighbour>;
  /** The rules read rows that refer to this one: known to be none for a new row alone. */
  readonly related: boolean;
  /** They read of a neighbour what follows from yet other rows, this one perhaps among them: only the database can say it after the write. */
  readonly beyond: boolean;
}

export function followsOf(prepared: Prepared, plan: EntityPlan): Follows {
  return prepared.once(`follows ${plan.contract.id}`, () => {
    const fields = new Set<PermanentId>();
    const targets = new Set<PermanentId>();
    const read = new Map<PermanentId, Set<PermanentId>>();
    let related = false;
    const visit = (at: Expression): void => {
      if (at.node === 'related') {
        related = true;
        return;
      }
      if (at.node === 'aggregate' && at.over.node === 'related') {
        related = true;
        return;
      }
      if (at.node === 'follow' && at.of.node === 'field') {
        fields.add(at.of.id);
        targets.add(at.to);
      }
      if (at.node === 'field' && at.of.type.kind === 'row')
        read.set(at.of.type.of, (read.get(at.of.type.of) ?? new Set<PermanentId>()).add(at.id));
      for (const part of partsOf(at)) visit(part);
    };
    for (const expression of expressionsOf(plan)) visit(expression);
    const neighbours = new Map(
      [...targets].map((to): [PermanentId, Neighbour] => {
        const wanted = read.get(to) ?? new Set<PermanentId>();
        return [to, { to, shown: prepared.row(to).shown.filter(({ field }) => wanted.has(field.id)) }];
      }),
    );
    const beyond = [...neighbours.values()].some(({ to, shown }) =>
      shown.some(({ field }) => readsOtherRows(prepared.row(to).fields, field, new Set())),
    );
    return { fields, neighbours, related, beyond };
  });
}

function readsOtherRows(fields: readonly Field[], field: Field, seen: ReadonlySet<PermanentId>): boolean {
  const { derived } = field;
  if (derived === undefined || seen.has(field.id)) return false;
  const inside = new Set(seen).add(field.id);
  const visit = (at: Expression): boolean => {
    if (at.node === 'follow' || at.node === 'related') return true;
    const own = at.node === 'field' && at.of.node === 'input' ? fields.find(({ id }) => id === at.id) : undefined;
    return (own !== undefined && readsOtherRows(fields, own, inside)) || partsOf(at).some(visit);
  };
  return (derived.mode === 'live' ? [derived.formula] : [derived.while, derived.formula, derived.otherwise]).some(visit);
}

function expressionsOf(plan: EntityPlan): readonly Expression[] {
  const { contract } = plan;
  const fields = contract.fields.flatMap((field) => (field.type.kind === 'list' ? [field, ...field.type.fields] : [field]));
  return [
    ...fields.flatMap(({ derived }) =>
      derived === undefined ? [] : derived.mode === 'live' ? [derived.formula] : [derived.while, derived.formula, derived.otherwise],
    ),
    ...fields.flatMap((field) => (field.default !== undefined && 'formula' in field.default ? [field.default.formula] : [])),
    ...contract.invariants.map(({ holds }) => holds),
    ...plan.approvals.flatMap(({ when, amount }) => (amount === undefined ? [when] : [when, amount])),
  ];
}

/** Ids of the rows to ask for, by entity. */
export function neighbourIds(plan: EntityPlan, follows: Follows, complete: Complete): ReadonlyMap<PermanentId, ReadonlySet<string>> {
  const ids = new Map<PermanentId, Set<string>>();
  const note = (field: Field, id: unknown): void => {
    if (field.type.kind === 'reference' && follows.fields.has(field.id) && typeof id === 'string')
      ids.set(field.type.to, (ids.get(field.type.to) ?? new Set<string>()).add(id));
  };
  for (const field of plan.contract.fields) {
    note(field, complete.values[field.name]);
    if (field.type.kind === 'list')
      for (const item of complete.lists.get(field) ?? []) for (const member of field.type.fields) note(member, item.values[member.name]);
  }
  return ids;
}

/** Rows as JSON arrays: the id, then what is shown of it. A row that was asked for and is not among them does not exist. */
export function elsewhereOf(
  prepared: Prepared,
  asked: ReadonlyMap<PermanentId, ReadonlySet<string>>,
  answered: ReadonlyMap<PermanentId, readonly (readonly unknown[])[]>,
  neighbours: Follows['neighbours'],
  row: { readonly of: PermanentId; readonly id: string; readonly fresh: boolean },
): Pick<RuleContext, 'follow' | 'related'> {
  const rows = new Map<string, object>();
  for (const [to, found] of answered) {
    for (const values of found) rows.set(`${to} ${String(values[0])}`, neighbourRow(prepared, to, neighbours.get(to)?.shown ?? [], values));
  }
  return {
    follow: (entity, id) => {
      if (entity === row.of && id === row.id) throw new NotAtHand('the row itself, as it is after this write', false);
      if (asked.get(entity)?.has(id) !== true) throw new NotAtHand(`row ${id} of ${entity}`);
      return rows.get(`${entity} ${id}`) ?? null;
    },
    related: (entity, _via, id) => {
      if (!row.fresh || id !== row.id) throw new NotAtHand(`rows of ${entity} that refer to ${id}`);
      return [];
    },
  };
}

function neighbourRow(prepared: Prepared, to: PermanentId, shown: readonly ShownField[], values: readonly unknown[]): object {
  const row: object = { id: values[0] };
  for (const [index, { field, decode }] of shown.entries())
    Object.defineProperty(row, field.name, { value: toRuleValue(field, decode(values[index + 1]) as Plain), enumerable: true });
  for (const { name } of prepared.row(to).fields) {
    if (Object.hasOwn(row, name)) continue;
    Object.defineProperty(row, name, {
      get: () => {
        throw new NotAtHand(`${name} of a row of ${to}`);
      },
    });
  }
  return row;
}
