/**
 * The rows that a point means, as the running JavaScript takes them: computed fields are computed by the emitted code, and a claim is
 * judged by it alone. So what a solver says of a row, and what the translation says of it, can be held against what runs.
 */
import type { Expression, Field, PermanentId } from '#kernel';
import { Fault } from '#kernel';
import { compileJavaScript, type CompiledRule, type RuleContext } from '../javascript.ts';
import { scaleOf } from '../value-type.ts';
import type { Encoded, Question, Root } from './claim.ts';
import { evaluatorAt, type Point } from './evaluate-term.ts';
import type { KnownRow } from './rows.ts';
import type { Version } from './system.ts';
import type { Term } from './term.ts';
import type { Row, Scalar } from './value.ts';

export type WorldRow = { readonly [field: string]: unknown };
export interface World {
  /** A row as formulas see it; one with other values in place of some is another. */
  readonly rowOf: (row: Row) => WorldRow;
  /** What the running code makes of an expression about a row. */
  readonly run: (of: Expression, on: Row) => Ran;
  readonly today: number;
  readonly numbers: ReturnType<typeof evaluatorAt>;
  /** What stands in the row, whatever else is computed of it. */
  readonly storedIn: (row: Row) => ReadonlyMap<PermanentId, unknown>;
  readonly itemsOf: (row: Row, list: PermanentId) => readonly Row[];
}
/** What the running code says: a value, or that it left the exact range. */
export type Ran = { readonly value: unknown } | { readonly fault: true };

const compiled = new WeakMap<Expression, CompiledRule>();
function codeOf(expression: Expression): CompiledRule {
  const before = compiled.get(expression);
  if (before !== undefined) return before;
  const made = compileJavaScript(expression);
  compiled.set(expression, made);
  return made;
}
function run(expression: Expression, row: WorldRow, context: RuleContext): Ran {
  try {
    return { value: codeOf(expression)({ row }, context) };
  } catch (cause) {
    if (cause instanceof Fault && cause.code === 'overflow') return { fault: true };
    throw cause;
  }
}

/** What stands in place of a field is computed as well, and whoever reads it meets that it left the exact range. */
const leftRange = (): never => {
  throw new Fault('overflow', 'what stands in place of the field left the exact range');
};

/** `unrolled`: items up to which lists are gone through. */
export function worldAt(encoded: Encoded, point: Point, unrolled: number): World {
  const { encoder } = encoded;
  const { rows, terms } = encoder;
  const numbers = evaluatorAt(point);
  const stored = new Map<string, Map<PermanentId, unknown>>();
  /** Items have no id that anybody reads: each is itself. */
  const idOf = (shape: Row['shape'], id: Term, base: string): string => (shape.owned ? base : String(numbers.number(id)));
  for (const [base, known] of rows.known) {
    if (known.generic || !numbers.truth(known.there)) continue;
    const key = `${known.shape.id} ${idOf(known.shape, known.id, base)}`;
    const values = stored.get(key) ?? new Map<PermanentId, unknown>();
    stored.set(key, values);
    for (const [id, { field, value }] of known.slots) values.set(id, plain(field, value));
  }
  function plain(field: Field, scalar: Scalar): unknown {
    if (numbers.truth(scalar.absent)) return null;
    if (scalar.value.sort === 'Bool') return numbers.truth(scalar.value);
    const value = numbers.number(scalar.value);
    switch (field.type.kind) {
      case 'choice':
        return rows.choices.get(field.id)?.[Number(value)] ?? `choice ${value}`;
      case 'text':
      case 'email':
      case 'url':
        return rows.texts[Number(value)] ?? `text ${value}`;
      case 'reference':
        return String(value);
      default:
        return Number(value);
    }
  }
  const lists = new Map<string, readonly Row[]>();
  for (const list of rows.lists.values()) {
    const owner = rows.known.get(list.at.row.base);
    if (owner === undefined || owner.generic || !numbers.truth(owner.there)) continue;
    const length = Math.min(Number(numbers.number(list.length)), unrolled);
    const items = Array.from({ length }, (_, place) => encoder.item(list, place));
    const name =
      'via' in list.at
        ? `${list.of} ${list.at.via} ${numbers.number(owner.id)}`
        : `${owner.shape.id} ${idOf(owner.shape, owner.id, list.at.row.base)} ${list.at.field.id}`;
    lists.set(`${list.at.row.version.name} ${name}`, items);
  }
  // Rows of items are known by now; what stands in them is read again.
  for (const [base, known] of rows.known) {
    const key = `${known.shape.id} ${idOf(known.shape, known.id, base)}`;
    if (known.generic || stored.has(key) || !numbers.truth(known.there)) continue;
    stored.set(key, new Map([...known.slots].map(([id, { field, value }]) => [id, plain(field, value)])));
  }

  const made = new Map<string, WorldRow>();
  const today = Number(numbers.number(encoder.today));
  const contextOf = (version: Version): RuleContext => ({
    today,
    follow: (entity, id) => build(version, entity, id, undefined, ''),
    related: (entity, via, id) => (lists.get(`${version.name} ${entity} ${via} ${id}`) ?? []).flatMap((item) => rowIn(item) ?? []),
  });
  const build = (version: Version, entity: PermanentId, id: string, instead: Row['instead'], tag: string): WorldRow | null => {
    const key = `${version.name} ${tag} ${entity} ${id}`;
    const before = made.get(key);
    if (before !== undefined) return before;
    const shape = version.shape(entity);
    const values = stored.get(`${entity} ${id}`) ?? new Map<PermanentId, unknown>();
    if (shape === undefined) return null;
    const row: { [field: string]: unknown } = { id };
    made.set(key, row);
    for (const field of shape.fields) {
      const other = instead?.get(field.id);
      if (other !== undefined && numbers.truth(other.fault)) Object.defineProperty(row, field.name, { enumerable: true, get: leftRange });
      else if (other !== undefined) row[field.name] = plain(field, other);
      else if (field.type.kind === 'list') row[field.name] = (lists.get(`${version.name} ${entity} ${id} ${field.id}`) ?? []).map(rowIn);
      else if (field.derived === undefined) row[field.name] = values.has(field.id) ? values.get(field.id) : unread(field, version);
      else Object.defineProperty(row, field.name, { enumerable: true, get: () => computed(field, row, version, entity, values) });
    }
    return row;
  };
  /** What nothing hangs on is anything that the definition allows. */
  function unread(field: Field, version: Version): unknown {
    if (!field.required || field.type.kind === 'json') return null;
    const { low = null, high = null } = rows.bounds(field, version);
    const value = low !== null && low > 0n ? low : high !== null && high < 0n ? high : 0n;
    const made = field.type.kind === 'boolean' ? terms.false : terms.int(value);
    return plain(field, { kind: 'scalar', absent: terms.false, value: made, fault: terms.false });
  }
  function computed(
    field: Field,
    row: WorldRow,
    version: Version,
    entity: PermanentId,
    values: ReadonlyMap<PermanentId, unknown>,
  ): unknown {
    const { derived } = field;
    if (derived === undefined) return null;
    const context = contextOf(version);
    const compute = (of: Expression): unknown => codeOf(of)({ row }, context);
    if (derived.mode === 'live' || compute(derived.while) === true) return compute(derived.formula);
    const isRow = ([known, one]: [string, KnownRow]): boolean =>
      one.shape.id === entity && !one.generic && idOf(one.shape, one.id, known) === row['id'] && numbers.truth(one.there);
    const base = [...rows.known].find(isRow)?.[0] ?? '';
    const kept = numbers.truth(terms.variable(`${base} ${field.id} kept`, 'Bool'));
    return kept ? (values.get(field.id) ?? null) : compute(derived.otherwise);
  }
  const rowIn = (row: Row): WorldRow | null =>
    build(row.version, row.shape.id, idOf(row.shape, row.id, row.base), row.instead, row.instead === undefined ? '' : row.tag);
  const rowOf = (row: Row): WorldRow => rowIn(row) ?? {};
  return {
    rowOf,
    run: (of, on) => run(of, rowOf(on), contextOf(on.version)),
    today,
    numbers,
    storedIn: (row) => stored.get(`${row.shape.id} ${idOf(row.shape, row.id, row.base)}`) ?? new Map(),
    itemsOf: (row, list) => lists.get(`${row.version.name} ${row.shape.id} ${idOf(row.shape, row.id, row.base)} ${list}`) ?? [],
  };
}

/** Whether the running code and the translation say the same of an expression. */
export function agrees(encoded: Encoded, world: World, root: Root): boolean {
  const ran = world.run(root.of, root.on);
  const { numbers } = world;
  if (numbers.truth(root.made.fault)) return 'fault' in ran;
  if ('fault' in ran) return false;
  if (numbers.truth(root.made.absent)) return ran.value === null;
  if (root.made.value.sort === 'Bool') return ran.value === numbers.truth(root.made.value);
  const value = numbers.number(root.made.value);
  const { rows } = encoded.encoder;
  switch (root.of.type.kind) {
    case 'choice':
      return ran.value === (rows.choices.get(root.of.type.field)?.[Number(value)] ?? `choice ${value}`);
    case 'text':
      return ran.value === (rows.texts[Number(value)] ?? `text ${value}`);
    case 'reference':
      return ran.value === String(value);
    default:
      return typeof ran.value === 'number' && BigInt(ran.value) === value;
  }
}

/** Whether the running code says that a claim is about these rows, and whether they speak against it. */
export function judge(question: Question, encoded: Encoded, world: World): { readonly spoken: boolean; readonly against: boolean } {
  const { claim } = question;
  const ran = world.run;
  const true_ = (one: Ran): boolean => 'value' in one && one.value === true;
  const supposed = (on: Row): boolean => question.given.every((given) => true_(ran(given, on)));
  const other = encoded.other;
  if (!supposed(encoded.row)) return { spoken: false, against: false };
  switch (claim.kind) {
    case 'possible':
      return { spoken: true, against: true };
    case 'holds': {
      const made = ran(claim.of, encoded.row);
      return { spoken: 'value' in made, against: 'value' in made && made.value !== true };
    }
    case 'present': {
      const made = ran(claim.of, encoded.row);
      return { spoken: 'value' in made, against: 'value' in made && made.value === null };
    }
    case 'exact':
      return { spoken: true, against: 'fault' in ran(claim.of, encoded.row) };
    case 'same': {
      const after = ran(claim.after, encoded.row);
      const region = claim.except === undefined ? { value: false } : ran(claim.except, encoded.row);
      const before = other === undefined ? { fault: true as const } : ran(claim.before, other);
      const spoken = 'value' in before && !('fault' in region ? 'fault' in after : region.value === true);
      return { spoken, against: spoken && ('fault' in after || !equalAtScale(before.value, after.value, claim.before, claim.after)) };
    }
    case 'monotone': {
      if (other === undefined || !supposed(other)) return { spoken: false, against: false };
      const [first, second] = [ran(claim.of, encoded.row), ran(claim.of, other)];
      const name = encoded.row.shape.fields.find((field) => field.id === claim.in)?.name ?? '';
      const [less, more] = [world.rowOf(encoded.row)[name], world.rowOf(other)[name]];
      const spoken = 'value' in first && 'value' in second && typeof less === 'number' && typeof more === 'number' && less < more;
      if (!spoken) return { spoken, against: false };
      const difference = Number(second.value ?? 0) - Number(first.value ?? 0);
      return { spoken, against: claim.direction === 'up' ? difference < 0 : difference > 0 };
    }
    case 'idempotent': {
      const once = ran(claim.of, encoded.row);
      if ('fault' in once || other === undefined) return { spoken: false, against: false };
      const twice = ran(claim.of, other);
      return { spoken: true, against: 'fault' in twice || twice.value !== once.value };
    }
  }
}

function equalAtScale(before: unknown, after: unknown, from: Expression, to: Expression): boolean {
  if (typeof before !== 'number' || typeof after !== 'number') return before === after;
  const scale = Math.max(scaleOf(from.type), scaleOf(to.type));
  return BigInt(before) * 10n ** BigInt(scale - scaleOf(from.type)) === BigInt(after) * 10n ** BigInt(scale - scaleOf(to.type));
}
