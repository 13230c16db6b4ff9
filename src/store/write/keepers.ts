/**
 * Rows elsewhere whose promises read the row that is written, from whichever end: the room whose seats its bookings must not exceed, the
 * bookings whose seats must fit the room, the other bookings of the same room, the orders whose lines refer to the product. A promise
 * about several rows is broken by a write to any of them, so each is held to what these promise, before and after. Pure.
 */
import type { Expression, Field, Invariant, PermanentId } from '#kernel';
import { rowShape } from '#model';
import { freeNames, partsOf } from '#rules';
import type { EntityPlan } from '../prepare/entity-plan.ts';
import type { Prepared } from '../prepare/prepare-model.ts';

/** From rows to others: those that refer to them by `via`, those that their own `via` refers to, or the items of their list. */
export interface Step {
  readonly kind: 'related' | 'follow' | 'items';
  /** The rows that have the reference; of items the items. */
  readonly in: PermanentId;
  readonly via: PermanentId;
}
export interface Keeper {
  readonly plan: EntityPlan;
  readonly invariant: Invariant;
  /** From the row that promises to the written one; never empty. */
  readonly path: readonly Step[];
  /** Fields of the written row that are read there. */
  readonly reads: ReadonlySet<PermanentId>;
  /**
   * When the written row counts there at all, each over the inputs `row` (that promises) and `item` (that is written): bookings that overlap.
   * Null where it may always count.
   */
  readonly counts: readonly Counting[] | null;
}
export interface Counting {
  readonly item: string;
  readonly when: Expression;
}

/** What a longer way leads to is not held. */
export const longestPath = 5;

const none: readonly Keeper[] = [];

/** Of the entity whose rows are written. */
export function keepersOf(prepared: Prepared, { contract }: EntityPlan): readonly Keeper[] {
  return prepared.once('keepers', () => allKeepers(prepared)).get(contract.id) ?? none;
}

/** Those that a write may break: all that read one of the fields, and of a row that comes or goes those that find rows by what they refer to. */
export const keepersMeant = (keepers: readonly Keeper[], changed: ReadonlySet<PermanentId> | 'whole row'): readonly Keeper[] =>
  keepers.filter(({ path, reads }) =>
    changed === 'whole row' ? path.at(-1)?.kind === 'related' : [...reads].some((field) => changed.has(field)),
  );

/** The last step of a path: from it the way back begins. */
export const lastOf = ({ path }: Keeper): Step | undefined => path.at(-1);

function allKeepers(prepared: Prepared): ReadonlyMap<PermanentId, readonly Keeper[]> {
  const found = new Map<PermanentId, Keeper[]>();
  for (const entity of prepared.model.entities) {
    for (const invariant of entity.invariants) {
      for (const { path, of, fields, counting, always } of readElsewhere(prepared, invariant.holds)) {
        const counts = always || counting.length === 0 ? null : counting;
        const keeper: Keeper = { plan: prepared.entity(entity.id), invariant, path, reads: fields, counts };
        found.set(of, [...(found.get(of) ?? []), keeper]);
      }
    }
  }
  return found;
}

interface Reading {
  readonly path: readonly Step[];
  readonly of: PermanentId;
  readonly fields: Set<PermanentId>;
  readonly counting: Counting[];
  /** It is read outside of what counts rows by a condition as well. */
  always: boolean;
}
type Paths = readonly (readonly Step[])[];
/** What a name stands for: the ways to its rows, and, where it is a reference, to the row that it refers to. */
interface Named {
  readonly rows: Paths;
  readonly led: Paths;
}
type Names = ReadonlyMap<string, Named>;

/** What a promise of rows of `entity` reads of other rows, fields that follow from rows seen through. */
function readElsewhere(prepared: Prepared, holds: Expression): readonly Reading[] {
  const { model } = prepared;
  const readings = new Map<string, Reading>();
  const seen = new Set<string>();
  /** Paths that are read inside of what counts rows by a condition. */
  let counted: ReadonlySet<string> = new Set();
  const textOf = (path: readonly Step[]): string => path.map((step) => `${step.kind} ${step.in} ${step.via}`).join('/');

  /** Items are written with their owner, as a field of it. */
  const note = (path: readonly Step[], of: PermanentId, field: PermanentId): void => {
    const last = path.at(-1);
    const owner = rowShape(model, of)?.parent;
    if (owner !== undefined && last?.kind === 'items') return note(path.slice(0, -1), owner.entity.id, last.via);
    if (path.length === 0) return;
    const key = `${of} ${textOf(path)}`;
    const reading: Reading = readings.get(key) ?? { path, of, fields: new Set<PermanentId>(), counting: [], always: false };
    reading.fields.add(field);
    reading.always ||= !counted.has(textOf(path));
    readings.set(key, reading);
  };
  const derivedOf = (of: PermanentId, id: PermanentId): Field['derived'] =>
    rowShape(model, of)?.fields.find((field) => field.id === id)?.derived;
  const further = (paths: Paths, step: Step): Paths => paths.filter((path) => path.length < longestPath).map((path) => [...path, step]);

  /** The ways to the row, or to the rows of the list, that an expression stands for. */
  const rowsOf = (at: Expression, names: Names): Paths => {
    switch (at.node) {
      case 'input':
        return names.get(at.name)?.rows ?? [];
      case 'follow':
        return ledBy(at.of, names);
      case 'related':
        return further(rowsOf(at.of, names), { kind: 'related', in: at.entity, via: at.via });
      case 'field':
        return at.type.kind === 'list' ? further(rowsOf(at.of, names), { kind: 'items', in: at.type.of, via: at.id }) : [];
      case 'condition':
        return [...rowsOf(at.then, names), ...rowsOf(at.otherwise, names)];
      case 'coalesce':
        return [...rowsOf(at.of, names), ...rowsOf(at.otherwise, names)];
      case 'let':
        return rowsOf(at.body, named(at, names));
      default:
        return [];
    }
  };
  /** The ways to the rows that a reference leads to. */
  const ledBy = (at: Expression, names: Names): Paths => {
    switch (at.node) {
      case 'input':
        return names.get(at.name)?.led ?? [];
      case 'field':
        return at.of.type.kind === 'row' ? further(rowsOf(at.of, names), { kind: 'follow', in: at.of.type.of, via: at.id }) : [];
      case 'condition':
        return [...ledBy(at.then, names), ...ledBy(at.otherwise, names)];
      case 'coalesce':
        return [...ledBy(at.of, names), ...ledBy(at.otherwise, names)];
      case 'let':
        return ledBy(at.body, named(at, names));
      default:
        return [];
    }
  };
  const named = ({ name, value }: Let, names: Names): Names =>
    new Map(names).set(name, { rows: rowsOf(value, names), led: ledBy(value, names) });
  const visit = (at: Expression, names: Names): void => {
    if (at.node === 'field' && at.of.type.kind === 'row') {
      const { of } = at.of.type;
      const derived = derivedOf(of, at.id);
      for (const path of rowsOf(at.of, names)) {
        note(path, of, at.id);
        const key = `${at.id} ${textOf(path)}`;
        if (derived === undefined || seen.has(key)) continue;
        seen.add(key);
        const row: Names = rowNamed(path);
        for (const formula of derived.mode === 'live' ? [derived.formula] : [derived.while, derived.formula, derived.otherwise])
          visit(formula, row);
      }
    }
    if (at.node === 'related') for (const path of rowsOf(at, names)) note(path, at.entity, at.via);
    if (at.node === 'let') {
      visit(at.value, names);
      return visit(at.body, named(at, names));
    }
    if (at.node === 'aggregate') {
      const paths = rowsOf(at.over, names);
      const before = counted;
      const when =
        at.over.node === 'related' && names.get('row')?.rows.every((path) => path.length === 0) === true ? countsWhen(at) : undefined;
      counted = new Set([...before].filter((text) => !paths.some((path) => textOf(path) === text)));
      if (when !== undefined) counted = new Set([...counted, ...paths.map(textOf)]);
      visit(at.over, names);
      const inside: Names = new Map(names).set(at.item, { rows: paths, led: [] });
      for (const part of [at.where, at.value]) if (part !== undefined) visit(part, inside);
      counted = before;
      if (when !== undefined && at.over.node === 'related')
        for (const path of paths) readings.get(`${at.over.entity} ${textOf(path)}`)?.counting.push({ item: at.item, when });
      return;
    }
    for (const part of partsOf(at)) visit(part, names);
  };
  visit(holds, rowNamed([]));
  return [...readings.values()];
}

/** When an item matters to an aggregate; undefined where it always may, or where that depends on more than the item and the row. */
function countsWhen(at: Extract<Expression, { node: 'aggregate' }>): Expression | undefined {
  const truth = { kind: 'boolean', optional: false } as const;
  const decides =
    at.value === undefined || (at.op !== 'some' && at.op !== 'every')
      ? undefined
      : at.op === 'some'
        ? at.value
        : ({ node: 'not', of: at.value, type: truth } as const);
  const parts = [at.where, decides].filter((part) => part !== undefined);
  const [first, second] = parts;
  if (first === undefined || parts.some((part) => [...freeNames(part)].some((name) => name !== 'row' && name !== at.item)))
    return undefined;
  return second === undefined ? first : { node: 'binary', op: 'and', left: first, right: second, type: truth };
}

type Let = Extract<Expression, { node: 'let' }>;
/** Formulas are read over the one input `row`. */
const rowNamed = (path: readonly Step[]): Names => new Map([['row', { rows: [path], led: [] }]]);
