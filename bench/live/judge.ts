/**
 * Judges the answers that one connection got, in their order, against what the generation named in each answer must answer.
 * It keeps its own picture of the connection's rows, moved on by what was asked and acknowledged, never by what was shown.
 * Where the description leaves an answer open (a row that did not fit before), both are accepted.
 */
import { discountNow, type FieldMeaning, type LineValue, linesOf, type Meaning, sightOf, type StoredRow, type Value } from './meaning.ts';
import { shownRow } from './shown.ts';

export type Body = { readonly [name: string]: unknown };
export interface Exchange {
  readonly kind: 'get' | 'list' | 'create' | 'update' | 'delete' | 'place' | 'act' | 'approve' | 'view';
  /** The thing, or for `act` the action, or for `view` the path. */
  readonly what: string;
  readonly id?: string;
  readonly body?: Body;
  /** For lists: rows whose `field` is `value`, sorted by a field. */
  readonly filter?: { readonly field: string; readonly value: string; readonly sort?: string };
  readonly stale?: boolean;
  /** Not a manager. */
  readonly unfit?: boolean;
  /** A repetition with the same Idempotency-Key: what the first one was answered. */
  readonly repeats?: Body;
  readonly status: number;
  readonly answer: Body;
}
export type World = Map<string, StoredRow>;
/** `must`: one of these refusals, where there is one. `may`: these as well. */
interface Refusals {
  readonly must: Set<number>;
  readonly may: Set<number>;
}

/** Null where the answer is right, else what is wrong. Moves the world on. */
export function judge(exchange: Exchange, meaning: Meaning, world: World): string | null {
  const told = `${exchange.kind} ${exchange.what}${exchange.id === undefined ? '' : ` ${exchange.id}`}`;
  const found = judgements[exchange.kind](exchange, meaning, world);
  return found === null ? null : `${told}: ${found}`;
}

const judgements: { readonly [Kind in Exchange['kind']]: (exchange: Exchange, meaning: Meaning, world: World) => string | null } = {
  get: ({ what, id, status, answer }, meaning, world) => {
    const row = world.get(id ?? '');
    if (meaning.things[what] === undefined || row === undefined) return status === 404 ? null : `answered ${status}, there is no such row`;
    return status === 200 ? shownAs(row, answer, meaning, world) : `answered ${status}, not 200`;
  },
  list: (exchange, meaning, world) => judgeList(exchange, meaning, world),
  view: (exchange, meaning, world) => judgeView(exchange, meaning, world),
  create: ({ what, body = {}, status, answer, repeats }, meaning, world) => {
    const thing = meaning.things[what];
    if (thing === undefined) return only(status, 404);
    const refusals = none();
    const given = taken(thing.fields, body, refusals);
    const values: { [key: string]: Value } = {};
    for (const [name, field] of Object.entries(thing.fields)) {
      if (field.derived !== undefined) continue;
      values[field.key] = name in body ? (given[field.key] ?? null) : (field.fallback ?? null);
      if (field.required === true && values[field.key] === null) refusals.must.add(422);
      if (
        repeats === undefined &&
        field.unique === true &&
        [...world.values()].some((other) => other.thing === what && other.values[field.key] === values[field.key])
      )
        refusals.must.add(422);
    }
    const row: StoredRow = { id: String(answer['id']), thing: what, version: Number(answer['version']), values, kept: {}, approved: {} };
    if (what === 'order') orderFits(row, null, body, meaning, world, refusals);
    if (status !== 201) return refused(status, refusals);
    if (refusals.must.size > 0) return `answered 201, ${[...refusals.must].join(' or ')} was due`;
    if (repeats !== undefined) return sameWhereBoth(repeats, answer);
    if (world.has(row.id)) return 'the id is in use';
    world.set(row.id, row);
    return shownAs(row, answer, meaning, world);
  },
  update: ({ what, id, body = {}, status, answer, stale }, meaning, world) => {
    const thing = meaning.things[what];
    const before = world.get(id ?? '');
    if (thing === undefined) return only(status, 404);
    if (before === undefined) return refused(status, { must: new Set([404, 422]), may: none().may });
    const refusals = none();
    if (stale === true) refusals.must.add(412);
    const given = taken(thing.fields, body, refusals);
    for (const [name, field] of Object.entries(thing.fields)) {
      const value = field.key in given ? given[field.key] : before.values[field.key];
      if (field.required === true && (value ?? null) === null) refusals[name in body ? 'must' : 'may'].add(422);
      if (!(field.key in given) && value !== undefined && !fits(field, value)) refusals.may.add(422);
      if (
        field.unique === true &&
        field.key in given &&
        [...world.values()].some((other) => other.id !== id && other.thing === what && other.values[field.key] === value)
      )
        refusals.must.add(422);
    }
    const after: StoredRow = { ...before, values: { ...before.values, ...given } };
    if (what === 'order') orderFits(after, before, body, meaning, world, refusals);
    if (status !== 200) return refused(status, refusals);
    if (refusals.must.size > 0) return `answered 200, ${[...refusals.must].join(' or ')} was due`;
    return moved(before, what === 'order' ? settled(before, after, meaning, world) : after, answer, meaning, world);
  },
  delete: ({ what, id, status }, meaning, world) => {
    if (meaning.things[what] === undefined || !world.has(id ?? '')) return only(status, 404);
    if (status !== 204) return `answered ${status}, not 204`;
    world.delete(id ?? '');
    return null;
  },
  place: ({ body = {}, status, answer }, meaning, world) => {
    const refusals = none();
    if (!world.has(String(body['customer']))) refusals.must.add(404).add(422);
    const lines: LineValue[] = [];
    const stocks = new Map<string, number>();
    const most = meaning.things['product']?.fields['stock']?.most;
    for (const { product: id, quantity } of (body['lines'] ?? []) as readonly { readonly product: string; readonly quantity: number }[]) {
      const product = world.get(id);
      if (product === undefined) {
        refusals.must.add(404).add(409).add(422);
        continue;
      }
      const stock = stocks.get(id) ?? Number(product.values['product.stock'] ?? 0);
      if (stock < quantity) refusals.must.add(409);
      if (most !== undefined && stock - quantity > most) refusals.must.add(422);
      stocks.set(id, stock - quantity);
      lines.push({ product: id, quantity, unitPrice: Number(product.values['product.price']) });
    }
    const row: StoredRow = {
      id: String(answer['id']),
      thing: 'order',
      version: Number(answer['version']),
      kept: {},
      approved: {},
      values: {
        'order.customer': String(body['customer']),
        'order.placedOn': isToday(answer['placedOn']) ? String(answer['placedOn']) : null,
        'order.status': 'open',
        'order.lines': lines,
      },
    };
    orderFits(row, null, { lines }, meaning, world, refusals);
    if (status !== 201) return refused(status, refusals);
    if (refusals.must.size > 0) return `answered 201, ${[...refusals.must].join(' or ')} was due`;
    for (const [id, stock] of stocks) restock(world, id, stock);
    world.set(row.id, row);
    return shownAs(row, answer, meaning, world);
  },
  act: ({ what, id, status, answer }, meaning, world) => {
    const action = meaning.actions[what];
    const before = world.get(id ?? '');
    if (action === undefined || before === undefined) return only(status, 404);
    const sight = sightOf(meaning, world);
    const refusals = none();
    if (before.values['order.status'] !== action.from) refusals.must.add(409);
    if (approvalMissing(before, meaning, world)) refusals.must.add(409);
    const stocks = new Map<string, number>();
    if (action.restock)
      for (const line of linesOf(before))
        stocks.set(
          line.product,
          (stocks.get(line.product) ?? Number(world.get(line.product)?.values['product.stock'] ?? 0)) + line.quantity,
        );
    const most = meaning.things['product']?.fields['stock']?.most;
    if (most !== undefined && [...stocks.values()].some((stock) => stock > most)) refusals.must.add(422);
    if (meaning.orderLimit !== undefined && Number(sight.value(before, 'total')) > meaning.orderLimit) refusals.may.add(422);
    if (meaning.lineMost !== undefined && linesOf(before).some((line) => line.quantity > (meaning.lineMost ?? 0))) refusals.may.add(422);
    if (status !== 200) return refused(status, refusals);
    if (refusals.must.size > 0) return `answered 200, ${[...refusals.must].join(' or ')} was due`;
    const after = settled(before, { ...before, values: { ...before.values, 'order.status': action.to } }, meaning, world);
    for (const [product, stock] of stocks) restock(world, product, stock);
    return moved(before, after, answer, meaning, world);
  },
  approve: ({ id, status, answer, unfit }, meaning, world) => {
    const before = world.get(id ?? '');
    const { approval } = meaning;
    if (approval === undefined || before === undefined) return only(status, 404);
    if (unfit === true) return only(status, 403);
    const total = Number(sightOf(meaning, world).value(before, 'total'));
    if (status !== 200)
      return approvalMissing(before, meaning, world)
        ? `answered ${status}, not 200`
        : refused(status, { must: new Set([409, 422]), may: new Set() });
    return moved(before, { ...before, approved: { ...before.approved, [approval.key]: total } }, answer, meaning, world);
  },
};

const none = (): Refusals => ({ must: new Set(), may: new Set() });
const only = (status: number, due: number): string | null => (status === due ? null : `answered ${status}, not ${due}`);
const refused = (status: number, { must, may }: Refusals): string | null =>
  must.has(status) || may.has(status) ? null : `answered ${status}, ${must.size > 0 ? [...must].join(' or ') : 'success'} was due`;
const isToday = (date: unknown): boolean => typeof date === 'string' && Math.abs(Date.parse(date) - Date.now()) < 2 * 86_400_000;

/** The values of a body by field key; what does not fit is a refusal. */
function taken(fields: { readonly [name: string]: FieldMeaning }, body: Body, refusals: Refusals): { readonly [key: string]: Value } {
  const values: { [key: string]: Value } = {};
  for (const [name, json] of Object.entries(body)) {
    const field = fields[name];
    const value = field === undefined || field.derived !== undefined ? undefined : plainOf(field, json);
    if (field === undefined || value === undefined || !fits(field, value)) refusals.must.add(422);
    else values[field.key] = value;
  }
  return values;
}
function plainOf(field: FieldMeaning, json: unknown): Value | undefined {
  if (json === null) return null;
  const amountOf = (money: unknown): number => Math.round(Number((money as { readonly amount: string }).amount) * 100);
  switch (field.kind) {
    case 'money':
      return typeof json === 'object' && 'amount' in json ? amountOf(json) : undefined;
    case 'integer':
      return Number.isInteger(json) ? (json as number) : undefined;
    case 'boolean':
      return typeof json === 'boolean' ? json : undefined;
    case 'email':
      return typeof json === 'string' && json.includes('@') ? json : undefined;
    case 'choice':
      return typeof json === 'string' && field.choices?.includes(json) === true ? json : undefined;
    case 'lines':
      return (json as readonly { readonly product: string; readonly quantity: number; readonly unitPrice: unknown }[]).map(
        ({ product, quantity, unitPrice }) => ({ product, quantity, unitPrice: amountOf(unitPrice) }),
      );
    default:
      return typeof json === 'string' ? json : undefined;
  }
}
function fits(field: FieldMeaning, value: Value): boolean {
  if (value === null) return true;
  if (field.kind === 'lines') return (value as readonly LineValue[]).every((line) => line.quantity >= 1);
  return typeof value !== 'number' || (value >= (field.least ?? -Infinity) && value <= (field.most ?? Infinity));
}

/** What rules say of an order that is written: bounds of its lines, its limit, actions and approvals that govern its status. */
function orderFits(after: StoredRow, before: StoredRow | null, body: Body, meaning: Meaning, world: World, { must, may }: Refusals): void {
  const { lineMost, orderLimit } = meaning;
  if (lineMost !== undefined && linesOf(after).some((line) => line.quantity > lineMost)) ('lines' in body ? must : may).add(422);
  const sight = sightOf(meaning, world);
  const status = after.values['order.status'];
  const changed = before !== null && before.values['order.status'] !== status;
  if (
    orderLimit !== undefined &&
    Number(sight.value(before === null ? after : settled(before, after, meaning, world), 'total')) > orderLimit
  ) {
    (before === null || ('lines' in body && Number(sight.value(before, 'total')) <= orderLimit) ? must : may).add(422);
  }
  if (!changed || before === null) return;
  if (Object.values(meaning.actions).some((action) => action.to === status)) must.add(422);
  if (approvalMissing(before, meaning, world)) must.add(409);
}
function approvalMissing(order: StoredRow, meaning: Meaning, world: World): boolean {
  const { approval } = meaning;
  if (approval === undefined) return false;
  const total = Number(sightOf(meaning, world).value(order, 'total'));
  return total > approval.from && total > (order.approved[approval.key] ?? -1);
}
/** An order that ceases to be open keeps what the rule had taken off. */
function settled(before: StoredRow, after: StoredRow, meaning: Meaning, world: World): StoredRow {
  const { discount } = meaning;
  if (discount === undefined || before.values['order.status'] !== 'open' || after.values['order.status'] === 'open') return after;
  return { ...after, kept: { ...after.kept, [discount.key]: discountNow(discount, before, sightOf(meaning, world)) } };
}
function restock(world: World, id: string, stock: number): void {
  const product = world.get(id);
  if (product !== undefined) world.set(id, { ...product, values: { ...product.values, 'product.stock': stock } });
}
function moved(before: StoredRow, after: StoredRow, answer: Body, meaning: Meaning, world: World): string | null {
  const row = { ...after, version: Number(answer['version']) };
  if (row.version < before.version) return `version ${String(answer['version'])} after ${before.version}`;
  world.set(row.id, row);
  return shownAs(row, answer, meaning, world);
}

export function shownAs(row: StoredRow, answer: Body, meaning: Meaning, world: World): string | null {
  const wrong = difference(shownRow(row, meaning, sightOf(meaning, world)), answer);
  if (wrong !== null) return wrong;
  return Number(answer['version']) >= row.version ? null : `version ${String(answer['version'])}, not ${row.version}`;
}
/** Every member and no other; the version and the ids of list items are not compared. */
function difference(expected: Body, actual: Body): string | null {
  const names = new Set([...Object.keys(expected), ...Object.keys(actual)]);
  names.delete('version');
  for (const name of names) {
    if (!(name in actual)) return `${name} is missing`;
    if (!(name in expected)) return `${name} is there and should not be`;
    const [due, is] = [
      JSON.stringify(expected[name]),
      JSON.stringify(Array.isArray(actual[name]) ? actual[name].map(withoutId) : actual[name]),
    ];
    if (due !== is) return `${name} is ${is}, not ${due}`;
  }
  return null;
}
const withoutId = (item: unknown): unknown => {
  const { id: _, ...members } = item as Body;
  return members;
};
function sameWhereBoth(first: Body, again: Body): string | null {
  const name = Object.keys(first).find((key) => key in again && JSON.stringify(first[key]) !== JSON.stringify(again[key]));
  return name === undefined ? null : `repeated, ${name} is ${JSON.stringify(again[name])}, not ${JSON.stringify(first[name])}`;
}

function judgeList({ what, filter, status, answer }: Exchange, meaning: Meaning, world: World): string | null {
  const thing = meaning.things[what];
  if (thing === undefined) return only(status, 404);
  const sort = filter?.sort?.replace(/^-/, '');
  if ((filter !== undefined && thing.fields[filter.field] === undefined) || (sort !== undefined && thing.fields[sort] === undefined))
    return refused(status, { must: new Set([422]), may: none().may });
  if (status !== 200) return `answered ${status}, not 200`;
  const sight = sightOf(meaning, world);
  const expected = sight.rows(what).filter((row) => filter === undefined || sight.value(row, filter.field) === filter.value);
  const items = (answer['items'] ?? []) as readonly Body[];
  if (items.length !== expected.length) return `${items.length} rows, not ${expected.length}`;
  for (const row of expected) {
    const item = items.find((candidate) => candidate['id'] === row.id);
    if (item === undefined) return `${row.id} is missing`;
    const wrong = shownAs(row, item, meaning, world);
    if (wrong !== null) return `${row.id}: ${wrong}`;
  }
  return sort === undefined
    ? null
    : unsorted(
        items.map((item) => item[sort]),
        filter?.sort?.startsWith('-') === true,
      );
}

function judgeView({ what, status, answer }: Exchange, meaning: Meaning, world: World): string | null {
  const view = meaning.views[what];
  if (view === undefined) return only(status, 404);
  if (status !== 200) return `answered ${status}, not 200`;
  const sight = sightOf(meaning, world);
  const expected = view.lines(
    sight.rows(view.thing).filter((row) => view.where(row, sight)),
    sight,
  );
  const mine = new Set(sight.rows('customer').flatMap((row) => [row.id, sight.value(row, 'name')]));
  const items = (answer['items'] ?? []) as readonly Body[];
  const texts = (lines: readonly Body[]): string =>
    JSON.stringify(lines.map((line) => JSON.stringify(Object.entries(line).toSorted(([a], [b]) => (a < b ? -1 : 1)))).toSorted());
  const [due, is] = [texts(expected), texts(items.filter((item) => mine.has(item[view.owner] as Value)))];
  if (due !== is) return `own lines are ${is}, not ${due}`;
  return view.order === undefined
    ? null
    : unsorted(
        items.map((item) => item[view.order?.column ?? '']),
        view.order.descending,
      );
}
/** Absent values may stand at either end. */
function unsorted(values: readonly unknown[], descending: boolean): string | null {
  const known = values
    .filter((value) => value !== null && value !== undefined)
    .map((value) => (typeof value === 'object' ? Number((value as { readonly amount: string }).amount) : (value as string | number)));
  const at = known.findIndex(
    (value, index) => index > 0 && (descending ? value > (known[index - 1] ?? value) : value < (known[index - 1] ?? value)),
  );
  return at < 0 ? null : `not in order: ${String(known[at])} after ${String(known[at - 1])}`;
}
