import assert from 'node:assert/strict';
import { after, test } from 'node:test';
import type { GateName } from '#kernel';
import type { GatesResult } from '#gates';
import { openWorkbench, scopeOf, told, verdictOf } from './engines.ts';

const bench = await openWorkbench();
after(() => bench.close());

const head = '/**\n * It.\n *\n * why: it\n * change: ch_1\n * generator: person\n * date: 2026-11-23\n */\n';
const settle = `${head}import { reaction } from 'theseus/sdk';

export default reaction({
  id: 'n_settle',
  name: 'settleOrder',
  on: { event: 'invoice.updated' },
  capabilities: { invoice: ['read'], order: ['read', 'update'] },
  emits: ['orderPaid'],
  async run({ data, event, emit }) {
    const invoice = await data.invoice.get(event.row);
    if (invoice.paid !== true) return;
    const order = await data.order.get(invoice.order);
    if (order.status !== 'open') return;
    await data.order.update(order.id, { status: 'paid' });
    await emit('orderPaid', { order: order.id });
  },
});
`;
const ship = `${head}import { reaction, refuse } from 'theseus/sdk';

export default reaction({
  id: 'n_ship',
  name: 'shipOrder',
  on: { event: 'orderPaid' },
  capabilities: { order: ['update'] },
  async run({ data, event }) {
    const told = event.data;
    if (typeof told !== 'object' || told === null || Array.isArray(told)) refuse('invalid', 'It names no order.');
    const order = 'order' in told ? told['order'] : undefined;
    if (typeof order !== 'string') refuse('invalid', 'It names no order.');
    await data.order.update(order, { status: 'shipped' });
  },
});
`;
const forget = `${head}import { addDays, job } from 'theseus/sdk';

export default job({
  id: 'j_forget',
  name: 'cancelForgotten',
  schedule: { cron: '0 3 * * *', timeZone: 'Europe/Berlin', catchUp: 'last' },
  capabilities: { order: ['read', 'update'] },
  async run({ data, dueDay, log }) {
    const { items } = await data.order.list({ filters: [{ field: 'status', op: 'eq', value: 'open' }] });
    for (const order of items) {
      log({ order: order.id, day: dueDay });
      if (order.placedOn !== null && order.placedOn < '2026-01-10') await data.order.update(order.id, { status: 'cancelled' });
    }
  },
});
`.replace('addDays, ', '');
const rows = `{ create: 'customer', as: 'ada', with: { name: 'Ada' } },
    { create: 'order', as: 'first', with: { customer: 'ada', placedOn: '2026-01-05' } },`;
const invoice = (paid: boolean): string =>
  `{ create: 'invoice', as: 'bill', with: { order: 'first', number: 'R1', issueDate: '2026-01-05', total: '5', paid: ${paid} } },`;
const examples = (...steps: readonly string[]): string =>
  `import { example, examples } from 'theseus/sdk';\n\nexport default examples([\n${steps.map((each, at) => `  example('it ${at}', [\n    ${rows}\n    ${each}\n  ]),\n`).join('')}]);\n`;
const settleExamples = examples(
  `${invoice(true)} { react: 'settleOrder', on: 'bill' }, { read: 'first', then: { status: 'paid' } }, { emitted: 'orderPaid', then: [{ order: 'first' }] }, { react: 'settleOrder', on: 'bill' }, { emitted: 'orderPaid', then: [{ order: 'first' }] },`,
  `${invoice(false)} { react: 'settleOrder', on: 'bill' }, { read: 'first', then: { status: 'open' } }, { emitted: 'orderPaid', then: [] },`,
  `${invoice(true)} { update: 'first', with: { status: 'cancelled' } }, { react: 'settleOrder', on: 'bill' }, { read: 'first', then: { status: 'cancelled' } },`,
);
const shipExamples = examples(
  `{ react: 'shipOrder', with: {}, then: { refused: 'invalid' } }, { react: 'shipOrder', with: { order: 5 }, then: { refused: 'invalid' } }, { react: 'shipOrder', with: null, then: { refused: 'invalid' } }, { react: 'shipOrder', with: 'x', then: { refused: 'invalid' } },`,
  `{ react: 'shipOrder', with: { order: 'first' } }, { read: 'first', then: { status: 'shipped' } },`,
);
const forgetExamples = examples(
  `{ run: 'cancelForgotten', at: '2026-02-01T02:00:00Z' }, { read: 'first', then: { status: 'cancelled' } },`,
  `{ create: 'order', as: 'late', with: { customer: 'ada', placedOn: '2026-01-10' } }, { create: 'order', as: 'none', with: { customer: 'ada' } },
    { run: 'cancelForgotten', at: '2026-02-01T02:00:00Z' }, { read: 'late', then: { status: 'open' } }, { read: 'none', then: { status: 'open' } },`,
);
const scope = scopeOf(['reaction/settleOrder', 'reaction/shipOrder', 'job/cancelForgotten']);
const whole = {
  'reactions/settle-order.ts': settle,
  'reactions/settle-order.test.ts': settleExamples,
  'reactions/ship-order.ts': ship,
  'reactions/ship-order.test.ts': shipExamples,
  'jobs/cancel-forgotten.ts': forget,
  'jobs/cancel-forgotten.test.ts': forgetExamples,
};
function refusedBy(result: GatesResult, gate: GateName, why: RegExp): void {
  assert.equal(result.passed, false, told(result));
  assert.equal(verdictOf(result, gate)?.verdict, 'fail', told(result));
  assert.match(
    verdictOf(result, gate)
      ?.findings.map((finding) => finding.statement)
      .join('\n') ?? '',
    why,
  );
}

test('accepted: reactions and a job with examples that make them run, and that notice their mutants', async () => {
  const result = await bench.run(whole, scope);
  assert.ok(result.passed, told(result));
  const mutation = verdictOf(result, 'mutation')?.findings.map((finding) => finding.statement) ?? [];
  for (const name of ['reaction/settleOrder', 'job/cancelForgotten'])
    assert.ok(
      mutation.some((statement) => statement.startsWith(name) && /the tests notice [1-9]/.test(statement)),
      mutation.join('\n'),
    );
});

test('refused by parse: a capability that a reaction uses and does not declare, or declares and does not use', async () => {
  refusedBy(
    await bench.run({ ...whole, 'reactions/settle-order.ts': settle.replace("order: ['read', 'update']", "order: ['read']") }, scope),
    'parse',
    /uses the capability order update/,
  );
  refusedBy(
    await bench.run(
      { ...whole, 'jobs/cancel-forgotten.ts': forget.replace("order: ['read', 'update']", "order: ['read', 'update', 'delete']") },
      scope,
    ),
    'parse',
    /declares the capability order delete/,
  );
  refusedBy(
    await bench.run(
      {
        ...whole,
        'reactions/settle-order.ts': settle.replace(
          'if (invoice.paid !== true) return;',
          "if (invoice.paid !== true) return void (await emit('other', 1));",
        ),
      },
      scope,
    ),
    'parse',
    /uses the capability emit other/,
  );
});

test('refused by types: what an event, a row or a job does not have', async () => {
  refusedBy(await bench.run({ ...whole, 'reactions/settle-order.ts': settle.replace('event.row', 'event.data') }, scope), 'types', /data/);
  refusedBy(await bench.run({ ...whole, 'reactions/ship-order.ts': ship.replace('= event.data', '= event.row') }, scope), 'types', /row/);
  refusedBy(
    await bench.run({ ...whole, 'reactions/settle-order.ts': settle.replace("status: 'paid'", "status: 'gone'") }, scope),
    'types',
    /gone/,
  );
  refusedBy(
    await bench.run({ ...whole, 'jobs/cancel-forgotten.ts': forget.replace('day: dueDay', 'day: dueDay.days') }, scope),
    'types',
    /days/,
  );
});

test('refused by examples: a reaction and a job that do otherwise', async () => {
  refusedBy(
    await bench.run({ ...whole, 'reactions/settle-order.ts': settle.replace("{ status: 'paid' }", "{ status: 'shipped' }") }, scope),
    'examples',
    /status is "shipped"/,
  );
  refusedBy(
    await bench.run({ ...whole, 'jobs/cancel-forgotten.ts': forget.replace("< '2026-01-10'", "< '2026-01-01'") }, scope),
    'examples',
    /status is "open"/,
  );
});

test('refused by mutation: a branch of a job that no example shows', async () => {
  refusedBy(
    await bench.run(
      { ...whole, 'jobs/cancel-forgotten.test.ts': examples("{ run: 'cancelForgotten', at: '2026-02-01T02:00:00Z' },") },
      scope,
    ),
    'mutation',
    /job\/cancelForgotten .*notice none/,
  );
});

const late = (breaks: string): string => `${head}import { job } from 'theseus/sdk';

export default job({
  id: 'j_late',
  name: 'lookLate',
  schedule: { cron: '0 3 * * *', timeZone: 'Europe/Berlin', catchUp: 'last' },
  capabilities: { order: ['read'] },
  async run({ data, dueDay, log }) {
    const { items } = await data.order.list({});
    ${breaks}
    log({ day: dueDay, orders: items.length });
  },
});
`;
const heard = (breaks: string): string => `${head}import { reaction } from 'theseus/sdk';

export default reaction({
  id: 'n_hear',
  name: 'hearInvoice',
  on: { event: 'invoice.created' },
  capabilities: { invoice: ['read'] },
  async run({ data, event, log }) {
    const invoice = await data.invoice.get(event.row);
    ${breaks}
    log({ invoice: invoice.id });
  },
});
`;

test('refused: a reaction that breaks for some rows, and a job that breaks at some instants, without any example', async () => {
  refusedBy(
    await bench.run(
      { 'reactions/hear-invoice.ts': heard("if (invoice.paid === true) throw new Error('it is paid');") },
      scopeOf(['reaction/hearInvoice']),
    ),
    'properties',
    /hearInvoice breaks with a generated input: .*it is paid/,
  );
  refusedBy(
    await bench.run({ 'jobs/look-late.ts': late("if (dueDay > '2025-07-01') throw new Error('it is late');") }, scopeOf(['job/lookLate'])),
    'properties',
    /lookLate breaks with a generated input: .*it is late/,
  );
});

const withSettle = (from: string, to: string): typeof whole => ({
  ...whole,
  'reactions/settle-order.test.ts': settleExamples.replaceAll(from, to),
});
test('refused by mutation: an event that no example shows, with the step to write; by examples: one that comes twice, or tells something else', async () => {
  refusedBy(
    await bench.run(withSettle("{ emitted: 'orderPaid', then: [{ order: 'first' }] },", ''), scope),
    'mutation',
    /no example shows what is emitted of orderPaid, such as \{ emitted: 'orderPaid', then: \[/,
  );
  refusedBy(await bench.run(withSettle("then: [{ order: 'first' }]", 'then: [{}]'), scope), 'mutation', /no example shows what is emitted/);
  const emits = "await emit('orderPaid', { order: order.id });";
  for (const [to, why] of [
    [`${emits} ${emits}`, /of orderPaid was emitted 2 in all .*, not 1/],
    ["await emit('orderPaid', { order: invoice.id });", /of orderPaid was emitted, as number 1, order "/],
  ] as const)
    refusedBy(await bench.run({ ...whole, 'reactions/settle-order.ts': settle.replace(emits, to) }, scope), 'examples', why);
});

const book = `${head}import { integer, operation } from 'theseus/sdk';

export default operation({
  id: 'o_book',
  name: 'bookOrder',
  on: 'order',
  http: { method: 'POST', path: '/api/orders/{id}/book', status: 200 },
  input: { days: integer({ id: 'f_bdays', no: 1, required: true, min: 1, max: 3 }) },
  output: { row: 'order' },
  capabilities: { fetch: { 'books.example': { methods: ['POST'] } } },
  async run({ row, input, fetch }) {
    await fetch(\`https://books.example/v1/\${row.id}\`, { method: 'POST', headers: { 'x-kind': 'order' }, body: { order: row.id, days: input.days } });
    return row;
  },
});
`;
const booked = (then: string): string =>
  examples(
    `{ sent: 'books.example', then: [] }, { call: 'bookOrder', on: 'first', with: { days: 3 } }, { sent: 'books.example/v1', then: ${then} },
    { call: 'bookOrder', on: 'first', with: { days: 4 }, then: { refused: 'invalid' } }, { call: 'bookOrder', on: 'first', with: { days: 0 }, then: { refused: 'invalid' } }, { call: 'bookOrder', on: 'first', with: { days: 1 } },`,
  );
const request =
  "[{ method: 'POST', url: 'https://books.example/v1/{first}', headers: { 'x-kind': 'order' }, body: { order: 'first', days: 3 } }]";
const booking = (code: string, then: string): { readonly [path: string]: string } => ({
  'operations/book-order.ts': code,
  'operations/book-order.test.ts': booked(then),
});

test('accepted: what is sent to a host outside, with where to and what; refused where nothing shows it, or it is another', async () => {
  const asked = scopeOf(['operation/bookOrder']);
  const result = await bench.run(booking(book, request), asked);
  assert.ok(result.passed, told(result));
  for (const [then, why] of [
    ['[{}]', /no example shows what is sent to books\.example\/v1\/, such as \{ sent: 'books\.example\/v1\/', then: \[\{ method/],
    ["[{ body: { order: 'first', days: 3 } }]", /no example shows what is sent to books\.example/],
  ] as const)
    refusedBy(await bench.run(booking(book, then), asked), 'mutation', why);
  for (const [from, to, why] of [
    ['days: input.days', 'days: input.days + 1', /as number 1, body\.days 4, not 3/],
    ['example/v1/', 'example/v2/', /to books\.example\/v1 was sent nothing, not 1/],
    ["'order' }, body", "'other' }, body", /as number 1, headers\.x-kind "other"/],
  ] as const)
    refusedBy(await bench.run(booking(book.replace(from, to), request), asked), 'examples', why);
});

test('a reaction hears what was emitted before, where its example says nothing else', async () => {
  const chain = settleExamples.replace(
    /\]\),\s*\]\);\s*$/,
    `]),\n  example('it goes on', [\n    ${rows}\n    ${invoice(true)} { react: 'settleOrder', on: 'bill' }, { react: 'shipOrder' }, { read: 'first', then: { status: 'shipped' } },\n  ]),\n]);\n`,
  );
  const edits = { ...whole, 'reactions/settle-order.test.ts': chain };
  assert.ok((await bench.run(edits, scope)).passed);
  const other = { ...edits, 'reactions/settle-order.ts': settle.replace('{ order: order.id }', '{ orders: order.id }') };
  refusedBy(await bench.run(other, scope), 'examples', /it goes on, step 5: it was refused: It names no order/);
});
