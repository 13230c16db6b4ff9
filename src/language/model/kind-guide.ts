/**
 * What each kind of component is, for whoever writes one: a sentence, what its definition may say, and a whole example without
 * permanent ids, as it may be handed in. The examples are read by a test, so they are true.
 */
import type { ComponentKind } from '#kernel';
import { folders } from './paths.ts';

export interface KindGuide {
  readonly kind: ComponentKind;
  readonly folder: string;
  readonly what: string;
  readonly says: string;
  readonly path: string;
  readonly example: string;
}
type Texts = Omit<KindGuide, 'kind' | 'folder'>;

const texts: { readonly [Kind in ComponentKind]: Texts } = {
  entity: {
    what: 'What the system keeps rows of: fields, derived fields, invariants. Reading, writing and searching rows need no further code.',
    says: "name, plural, title (a field that names a row), fields, invariants, indexes ([{ filter: ['order'], sort: ['-promisedOn'] }, { search: true }], for lists that are slow: each is measured, and refused where it brings nothing), answersWithin (milliseconds for its reads), shapes ({ card: { type: 'object', ... } }: a part of JSON Schema that several operations speak of, stated once and used as { $ref: 'order.card' } wherever a shape stands, nullable: true beside it where it may be null). Fields are text, integer, decimal({ scale }), money, quantity({ unit, scale }), boolean, date, instant, duration, email, url, choice({ choices }), reference({ to: 'order' }), list({ item, fields }), json({ shape }); options required, unique, sensitive, default, min, max; of a text secret, which nobody reads. `live` computes a field from its row; `fixed` does so while a condition holds. Leave out id and no: they are given when it is handed in. Never alter those that stand there.",
    path: 'entities/delivery.ts',
    example: `/**
 * A delivery brings one order to its customer.
 *
 * why: customers ask where their order is
 */
import { choice, date, entity, integer, reference, type Row } from 'theseus/sdk';

export default entity({
  name: 'delivery',
  plural: 'deliveries',
  title: 'status',
  fields: {
    order: reference({ to: 'order', required: true }),
    status: choice({ choices: { packed: '', onTheWay: '', delivered: '' }, default: 'packed' }),
    promisedOn: date({}),
    parcels: integer({ required: true, min: 1, max: 50 }),
  },
  invariants: {
    promised: {
      holds: (delivery: Row<'delivery'>) => delivery.status !== 'onTheWay' || delivery.promisedOn !== undefined,
      message: 'a delivery on its way has a promised day',
    },
  },
});
`,
  },
  rule: {
    what: 'A decision over a row, in a small pure subset of TypeScript that is compiled and can be proved: a value of a field (rule), who must approve (approval), or which rows a role sees (access).',
    says: "rule: name, on (entity), governs (field), strategies, decide: (row, strategy) => ...; the governed field says fixed or live: with it. approval: name, on, by (role), when: (row) => ..., before (the choice field whose states wait for it). access: name, on, roles, rows: (row, caller) => ...; write. An amount is written money('500.00'). No loops but `for ... of` over tables that stand in it and over lists that are added up, no functions but sum, count, average, smallest, largest, min, max, percentOf, divide, round, addDays, addMonths, addYears, daysBetween, monthsBetween, yearsBetween, yearOf, quarterOf, monthOf, dayOf, weekdayOf, startOfMonth, endOfMonth (and of Quarter, Year), today, and .some, .every, .filter of lists; tables of plain data in it with .find, .filter, .some, .includes, records read by a choice.",
    path: 'rules/large-order.ts',
    example: `/**
 * Orders over 5,000 need an owner.
 *
 * why: nobody ships that much by accident
 */
import { approval, money } from 'theseus/sdk';

export default approval({
  name: 'largeOrder',
  on: 'order',
  by: 'owner',
  when: (order) => order.total !== undefined && order.total > money('5000.00'),
  amount: (order) => order.total,
  before: 'status',
});
`,
  },
  workflow: {
    what: 'The way of rows through the states of one choice. Whoever writes (a person, an operation, a reaction, a job), a row moves along a transition or not at all.',
    says: "name, on (entity), field (its choice), starts (the state that each row begins in; the default of the field is the same, or none), ends (states in which a row may stay), transitions ([{ name (a verb; its path is /api/<plural>/{id}/<name>, unless an operation with this transition makes it), from: [states], to: state, when: (row, caller) => ..., message (said where when does not hold), roles, after: { count, unit: 'minutes' | 'hours' | 'days' } (then the clock makes it, nobody else) }]), never ([{ reach, without } or { reach, after }]: orders of states that no row may take).",
    path: 'workflows/order.ts',
    example: `/**
 * An order is shipped once, or cancelled before.
 *
 * why: what left the house cannot be called back
 */
import { count, workflow } from 'theseus/sdk';

export default workflow({
  name: 'order',
  on: 'order',
  field: 'status',
  starts: 'open',
  ends: ['shipped', 'cancelled'],
  transitions: [
    {
      name: 'ship',
      from: ['open'],
      to: 'shipped',
      when: (order) => count(order.lines) > 0,
      message: 'Only an order with lines is shipped.',
    },
    { name: 'cancel', from: ['open'], to: 'cancelled' },
    { name: 'lapse', from: ['open'], to: 'cancelled', after: { count: 30, unit: 'days' } },
  ],
  never: [{ reach: 'cancelled', after: 'shipped' }],
});
`,
  },
  operation: {
    what: 'An action that somebody calls: a body in one transaction, with the capabilities that its contract names and nothing else.',
    says: "name, on (entity whose row it acts on; its path then holds {id}), http { method, path, status, query, headers, body, names, extra, takes, answers, refusals { statuses, body, bodies, faults } } (segments of a path in braces are inputs), input (fields), output ({ row: 'order' }, { fields } or { body: json({}), and beside it headers of the answer and its status }), capabilities ({ product: ['read', 'update'], emit: ['sold'], fetch: { 'api.example.com': { methods: ['GET'], read: true } } }), roles, transition { field, from, to }, run({ data, input, row, caller, strategy, today, now, random, log, emit, call, fetch, identity }). strategies names ways that it can go; theseus.json says which is in use. capabilities: { identity: 'customer' } signs the rows of an entity in. Refuse with refuse('conflict', why). Declared and used capabilities must be the same.",
    path: 'operations/restock-product.ts',
    example: `/**
 * Restocking a product adds what came in to its stock.
 *
 * why: goods arrive every morning
 */
import { integer, operation, refuse } from 'theseus/sdk';

export default operation({
  name: 'restockProduct',
  on: 'product',
  http: { method: 'POST', path: '/api/products/{id}/restock', status: 200 },
  input: { quantity: integer({ required: true, min: 1 }) },
  output: { row: 'product' },
  capabilities: { product: ['update'] },
  async run({ data, input, row }) {
    const stock = (row.stock ?? 0) + input.quantity;
    if (stock > 1_000_000) refuse('conflict', 'There is no room for so many.');
    return data.product.update(row.id, { stock });
  },
});
`,
  },
  view: {
    what: 'A question about rows and how its answer is shown: a table or one number.',
    says: "name, title, from (entity), where: (row) => ..., columns ({ name: { label, value: (row) => ..., aggregate: 'sum' | 'count' | 'average' | 'smallest' | 'largest' } }), order (['-total']), limit, show ('table' or 'number').",
    path: 'views/scarce-products.ts',
    example: `/**
 * Products of which few are left.
 *
 * why: whoever orders new ones looks here first
 */
import { view } from 'theseus/sdk';

export default view({
  name: 'scarceProducts',
  title: 'Scarce products',
  from: 'product',
  where: (product) => (product.stock ?? 0) < 5,
  columns: {
    name: { value: (product) => product.name },
    stock: { value: (product) => product.stock },
  },
  order: ['stock'],
});
`,
  },
  reaction: {
    what: 'What is done when something happened, with nobody waiting for it: delivered after the commit, applied once.',
    says: "name, on ({ event: 'order.updated' } with created, updated, deleted, approved; or { event: 'sold' } that a component emits), capabilities, retries, hourly, run({ event, data, ... }). The row may have moved on since: read it.",
    path: 'reactions/thank-customer.ts',
    example: `/**
 * A new order is noted in the log.
 *
 * why: whoever watches the shop sees that it lives
 */
import { reaction } from 'theseus/sdk';

export default reaction({
  name: 'thankCustomer',
  on: { event: 'order.created' },
  capabilities: { order: ['read'] },
  async run({ data, event, log }) {
    const order = await data.order.get(event.row);
    log({ ordered: order.id });
  },
});
`,
  },
  job: {
    what: 'What is done on a schedule, with nobody waiting for it.',
    says: "name, schedule ({ cron: '0 6 * * *', timeZone, catchUp: 'none' | 'last' | 'all' }), capabilities, retries, hourly, run({ due, dueDay, data, ... }).",
    path: 'jobs/count-open-orders.ts',
    example: `/**
 * Each morning the number of open orders is noted in the log.
 *
 * why: the shop plans its day by it
 */
import { job } from 'theseus/sdk';

export default job({
  name: 'countOpenOrders',
  schedule: { cron: '0 6 * * *', catchUp: 'last' },
  capabilities: { order: ['read'] },
  async run({ data, log }) {
    const { items } = await data.order.list({ filters: [{ field: 'status', op: 'eq', value: 'open' }], limit: 100 });
    log({ open: items.length });
  },
});
`,
  },
};

export const kindGuides: readonly KindGuide[] = (Object.keys(folders) as ComponentKind[]).map((kind) => ({
  kind,
  folder: folders[kind],
  ...texts[kind],
}));

/** How tests stand beside a component. */
export const testsGuide: { readonly says: string; readonly path: string; readonly example: string } = {
  says: "A component's tests stand beside it as <name>.test.ts: `example(name, steps)` with the steps create, update, delete, call, approve, read, find, show, react, run, after, emitted, sent, outside, today; `as` names a row for later steps, `by` is a role, `then` is a partial match of the answer or { refused: code }: invalid (a field says no: required, a bound, unique, an invariant), conflict (a body or a guard says no), state-forbids (no transition leads there), forbidden (not this role), not-found, approval-needed. A job runs at an instant of its schedule ({ run: 'remindLate', at: '2026-02-01T05:00:00Z' }), a reaction on a row ({ react: 'closePaid', on: 'bill', was: { paid: false } }) or on what was emitted ({ react: 'noteSold', with: { ... } }); a transition is an update of its choice. Time passes by { after: '30 days' } (minutes, hours, days): the clock makes what falls due meanwhile, tokens of people end, and dates by today follow; { today: '2026-02-01' } only says what day it is. A workflow's `after` is shown by two of them, shortly before and when it has passed: { after: '29 days' }, { read: 'it', then: { status: 'open' } }, { after: '1 day' }, { read: 'it', then: { status: 'cancelled' } }; when a job runs by { run: 'remindLate', after: '1 day', then: { at: ['2026-01-16T05:00:00Z'] } } (an example begins on 2026-01-15 at 10:00 UTC). What goes out is looked at, all of it so far: { emitted: 'sold', then: [{ order: 'first' }] } what a component emitted, { sent: 'api.books.example/v1', then: [{ method: 'POST', url: 'https://api.books.example/v1/{first}', body: { days: 3 } }] } what leaves for a host after the commit; [] where nothing may. What a body emits or sends, an example must show so. { react: 'noteSold' } without `with` hears what was emitted last. What a host outside answers is stated before it is read: { outside: 'api.rates.example/latest', answers: { rate: 1.1 } }. What callers of a published interface get on the wire is shown by an address, through the real door: { call: 'renameRoom', http: 'PUT /v1/rooms/{blue}', headers: { 'If-Match': '\"1\"' }, with: { seats: 5 }, then: { status: 412, headers: { etag: null }, body: { problem: 'stale' } } }, where {blue} is the id of that row, `with` the body as sent, `then` the status, headers and body in part; the same of create, update, read and delete by the addresses of rows (update: 'tea', http: 'POST /api/orders/{tea}/ship' makes a transition). Headers may hold a token: { 'X-Api-Key': '{ada}' }. `property(name, { on, holds })` must hold for every row, `relation(name, { on, of, in, direction })` for every two. Each new behaviour needs an example that fails without it; earlier examples stay in force, and one may be altered only where it states no less.",
  path: 'operations/restock-product.test.ts',
  example: `import { example, examples } from 'theseus/sdk';

export default examples([
  example('restocking adds what came in', [
    { create: 'product', as: 'tea', with: { sku: 'T1', name: 'Tea', price: '4.50', stock: 2 } },
    { call: 'restockProduct', on: 'tea', with: { quantity: 3 }, then: { stock: 5 } },
  ]),
  example('nothing can be restocked with nothing', [
    { create: 'product', as: 'tea', with: { sku: 'T1', name: 'Tea', price: '4.50', stock: 2 } },
    { call: 'restockProduct', on: 'tea', with: { quantity: 0 }, then: { refused: 'invalid' } },
    { read: 'tea', then: { stock: 2 } },
  ]),
  example('there is no room for more than a million', [
    { create: 'product', as: 'tea', with: { sku: 'T1', name: 'Tea', price: '4.50', stock: 999999 } },
    { call: 'restockProduct', on: 'tea', with: { quantity: 1 }, then: { stock: 1000000 } },
    { call: 'restockProduct', on: 'tea', with: { quantity: 1 }, then: { refused: 'conflict' } },
  ]),
]);
`,
};
