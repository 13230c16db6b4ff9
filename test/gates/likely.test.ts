/** What the examples of a change leave open between what it says and what was likely meant, by the mutation gate; each with the example that settles it. */
import assert from 'node:assert/strict';
import { after, before, test } from 'node:test';
import { mutationGate } from '#gates';
import { edited, openWorkbench, scopeOf, type Workbench } from './engines.ts';

let bench: Workbench;
before(async () => {
  bench = await openWorkbench();
});
after(() => bench.close());

const ada = `{ create: 'customer', as: 'ada', with: { name: 'Ada', creditLimit: '500.00' } }`;
const tea = `{ create: 'product', as: 'tea', with: { sku: 'T1', name: 'Tea', price: '4.00' } }`;
const order = (as: string, status = ''): string =>
  `{ create: 'order', as: '${as}', with: { customer: 'ada', ${status}lines: [{ product: 'tea', quantity: 1, unitPrice: '4.00' }] } }`;
const tests = (...steps: readonly string[]): string =>
  `import { example, examples } from 'theseus/sdk';\n\nexport default examples([\n  example('it is shown', [\n    ${steps.join(',\n    ')},\n  ]),\n]);\n`;

/** What the gate says of it, where it refuses. */
async function said(
  component: 'entity/customer' | 'entity/invoice' | 'operation/countOrders',
  files: { readonly [path: string]: string },
): Promise<string> {
  const evidence = await bench.one(mutationGate, files, scopeOf([component]));
  return evidence.findings.flatMap(({ verdict, statement }) => (verdict === 'fail' ? [statement] : [])).join('\n');
}
const withField = (path: string, after: string, field: string, imports: string): string =>
  edited(path, after, `${after}\n    ${field}`).replace(
    /import \{ (.*) \} from 'theseus\/sdk'/,
    `import { $1, ${imports} } from 'theseus/sdk'`,
  );
const limit = `creditLimit: money({ id: 'f_climit', no: 4 }),`;

test('rows that count whatever state they are in are shown in another than the first', async () => {
  const spent = withField(
    'entities/customer.ts',
    limit,
    `spent: money({ id: 'f_gspent', no: 40, live: (customer: Row<'customer'>) => sum(customer.orders, (order) => order.total) }),`,
    'type Row, sum',
  );
  const shown = (...steps: readonly string[]): Promise<string> =>
    said('entity/customer', { 'entities/customer.ts': spent, 'entities/customer.test.ts': tests(ada, tea, ...steps) });
  assert.match(
    await shown(order('o'), order('p'), `{ read: 'ada', then: { spent: '8.00' } }`),
    /no example shows that orders count whose status is not open: show one, or leave them out/,
  );
  assert.equal(await shown(order('o'), order('p', `status: 'cancelled', `), `{ read: 'ada', then: { spent: '8.00' } }`), '');
});

test('an amount that is written out is told from the field that has it in the examples', async () => {
  const bonus = withField(
    'entities/customer.ts',
    limit,
    `bonus: money({ id: 'f_gbonus', no: 40, live: (customer: Row<'customer'>) => customer.tier === 'gold' ? money('500.00') : money('0.00') }),`,
    'type Row',
  );
  const shown = (...steps: readonly string[]): Promise<string> =>
    said('entity/customer', { 'entities/customer.ts': bonus, 'entities/customer.test.ts': tests(...steps) });
  const gold = (more: string, then: string): string =>
    `{ create: 'customer', with: { name: 'Bo', tier: 'gold', ${more} }, then: { bonus: '${then}' } }`;
  const plain = `{ create: 'customer', with: { name: 'Cy' }, then: { bonus: '0.00' } }`;
  assert.match(
    await shown(gold(`creditLimit: '500.00'`, '500.00'), plain),
    /no example shows that it is 500\.00, and not the creditLimit of the customer/,
  );
  assert.equal(await shown(gold(`creditLimit: '70.00'`, '500.00'), plain), '');
});

test('a month and thirty days are told apart', async () => {
  const due = (formula: string, day: string, dueDate: string): Promise<string> =>
    said('entity/invoice', {
      'entities/invoice.ts': withField(
        'entities/invoice.ts',
        `issueDate: date({ id: 'f_iissue', no: 3, required: true }),`,
        `dueDate: date({ id: 'f_gdue', no: 40, live: (invoice: Row<'invoice'>) => ${formula} }),`,
        'addDays, addMonths, type Row',
      ),
      'entities/invoice.test.ts': tests(
        ada,
        tea,
        order('o'),
        `{ create: 'invoice', with: { order: 'o', number: 'R1', issueDate: '${day}', total: '4.00' }, then: { dueDate: '${dueDate}' } }`,
      ),
    });
  assert.match(
    await due('addMonths(invoice.issueDate, 1)', '2026-04-01', '2026-05-01'),
    /no example shows a date from which a month is not 30 days/,
  );
  assert.match(await due('addDays(invoice.issueDate, 60)', '2026-12-31', '2027-03-01'), /^$/);
  assert.equal(await due('addMonths(invoice.issueDate, 1)', '2026-01-31', '2026-02-28'), '');
});

test('a body that lists rows in any state is shown with one that is not in the first', async () => {
  const counting = (filters: string, ...steps: readonly string[]): Promise<string> =>
    said('operation/countOrders', {
      'operations/count-orders.ts': `/**
 * How many orders a customer has.
 *
 * why: it was asked for
 * change: start
 * generator: person
 * date: 2026-11-23
 */
import { integer, operation } from 'theseus/sdk';

export default operation({
  id: 'o_gcount',
  name: 'countOrders',
  on: 'customer',
  output: { fields: { orders: integer({ id: 'f_gorders', no: 1, required: true }) } },
  capabilities: { order: ['read'] },
  async run({ data, row }) {
    const found = await data.order.list({ filters: [{ field: 'customer', op: 'eq', value: row.id }${filters}] });
    return { orders: found.items.length };
  },
});
`,
      'operations/count-orders.test.ts': tests(
        ada,
        tea,
        `{ create: 'customer', as: 'bo', with: { name: 'Bo' } }`,
        `{ create: 'order', with: { customer: 'bo' } }`,
        ...steps,
      ),
    });
  const count = (orders: number): string => `{ call: 'countOrders', on: 'ada', then: { orders: ${orders} } }`;
  assert.match(
    await counting('', order('o'), order('p'), count(2)),
    /no example shows that orders are meant whose status is not open: show one, or leave them out/,
  );
  assert.equal(await counting('', order('o'), order('p', `status: 'paid', `), count(2)), '');
  assert.equal(await counting(`, { field: 'status', op: 'eq', value: 'open' }`, order('o'), order('p', `status: 'paid', `), count(1)), '');
});
