import assert from 'node:assert/strict';
import { after, before, test } from 'node:test';
import { startThrowAwaySystem, systemFiles, type ThrowAwaySystem } from '../../scripts/throw-away-system.ts';

let system: ThrowAwaySystem;
before(async () => {
  system = await startThrowAwaySystem({ samples: false });
});
after(() => system.stop());

async function problem(
  method: string,
  path: string,
  body: unknown,
  status: number | readonly number[],
  headers: { readonly [name: string]: string } = {},
): Promise<string> {
  const answer = await system.call(method, path, body, { headers });
  assert.ok(
    [status].flat().includes(answer.status),
    `${method} ${path} answered ${answer.status}: ${JSON.stringify(answer.json).slice(0, 300)}`,
  );
  assert.match(answer.headers.get('content-type') ?? '', /^application\/problem\+json/);
  assert.ok(typeof answer.json['detail'] === 'string' && answer.json['detail'].length > 10, 'it says what to do');
  return String(answer.json['detail']);
}

test('rows: malformed JSON, wrong types, unknown fields, oversized bodies and unknown routes are told apart', async () => {
  await problem('POST', '/api/customers', '{"name": ', 400);
  await problem('POST', '/api/customers', { name: 7 }, 422);
  await problem('POST', '/api/customers', { name: 'Ada', nonsense: 1 }, 422);
  await problem('POST', '/api/customers', { email: 'not an address', name: 'Ada' }, 422);
  await problem('POST', '/api/customers', { name: 'x'.repeat(1_100_000) }, 413);
  await problem('POST', '/api/products', { sku: 'a', name: 'b', price: { amount: '1.00', currency: 'USD' } }, 422);
  await problem('GET', '/api/custmers', undefined, 404);
  await problem('GET', '/api/customers/not-an-id', undefined, [404, 422]);
  await problem('PUT', '/api/customers', {}, 405);
  await problem('GET', '/api/customers?colour=red', undefined, 422);
  await problem('GET', '/api/customers?sort=constructor', undefined, 422);
  await problem('POST', '/api/customers', { ['__proto__' as string]: 1, name: 'Ada', constructor: {} }, 422);
});

test('requests: empty, huge, in another language, hostile names: each is answered, nothing is changed', async () => {
  const [before] = (await system.call('GET', '/_theseus/generations')).json.items ?? [];
  for (const request of [
    '',
    '   ',
    'x'.repeat(100_000),
    'Füge den Rechnungen ein Fälligkeitsdatum hinzu',
    '为发票添加截止日期',
    "'; drop table customers; --",
    'Add a constructor to customers with __proto__',
    'Add a <script>alert(1)</script> to invoices',
    '\u0000\u202e',
  ]) {
    const answer = await system.ask(request);
    assert.ok(['refused', 'question'].includes(answer.outcome), `${request.slice(0, 40)}: ${answer.outcome}`);
  }
  const beyond = await system.ask('Please let every invoice be argued about with the patience of a saint');
  assert.match(JSON.stringify(beyond['witness']), /no language model is configured.*THESEUS_MODEL_URL.*"nearest"/);
  await problem('POST', '/_theseus/changes', { nothing: true }, 422);
  const [now] = (await system.call('GET', '/_theseus/generations')).json.items ?? [];
  assert.equal(now?.['id'], before?.['id']);
});

test('a promise that a row breaks is refused with the row; once it is mended the promise serves, in its own words', async () => {
  const shop = systemFiles('systems/shop');
  const holds = "(product: Row<'product'>) => product.price < money('800.00') || (product.stock ?? 0) < 20";
  const text = (shop['entities/product.ts'] ?? '')
    .replace('text }', 'type Row, text }')
    .replace('default: 0 }),\n  },', `default: 0 }),\n  },\n  invariants: { few: { holds: ${holds}, message: 'dear ones are few' } },`);
  const product = (price: string, stock: number): string =>
    `create: 'product', with: { sku: '${price} ${stock}', name: 'Tea', price: '${price}', stock: ${stock} }`;
  const tests = `import { example, examples } from 'theseus/sdk';
export default examples([
  example('dear ones are few', [
    { ${product('800.00', 19)}, as: 'dear' },
    { ${product('800.00', 20)}, then: { refused: 'invalid' } },
    { ${product('799.99', 20)}, as: 'cheap' },
  ]),
]);
`;
  const proposal = { from: 'agent', files: { 'entities/product.ts': text, 'entities/product.test.ts': tests } };
  const handIn = async (): Promise<{ readonly [member: string]: unknown }> =>
    (await system.call('POST', '/_theseus/changes?wait=60', { request: 'Dear products are few', proposal })).json;
  const made = await system.call('POST', '/api/products', {
    sku: 'gold',
    name: 'Gold tea',
    price: { amount: '900.00', currency: 'EUR' },
    stock: 30,
  });
  const path = `/api/products/${String(made.json['id'])}`;
  const refused = await handIn();
  assert.equal(refused['outcome'], 'refused');
  assert.match(String(refused['why']), /product: one row breaks few \(dear ones are few\), "Gold tea"\. Change it first, or promise less/);
  assert.equal((await system.call('PATCH', path, { stock: 3 })).status, 200);
  const lives = await handIn();
  assert.equal(lives['outcome'], 'live', String(lives['why']));
  assert.equal(await problem('PATCH', path, { stock: 30 }, 422), 'dear ones are few.');
});

test('names that collide with SQL, JavaScript or our own words work fully or are refused', async () => {
  for (const name of ['select', 'user', 'order by', 'constructor', 'id', 'version', 'group', 'table', 'default', 'null']) {
    const answer = await system.ask(`Add a text field ${name} to customers`);
    assert.ok(['live', 'refused', 'question'].includes(answer.outcome), `${name}: ${JSON.stringify(answer).slice(0, 300)}`);
    const created = await system.call('POST', '/api/customers', { name: 'Ada' });
    assert.equal(created.status, 201, `after ${name}: ${JSON.stringify(created.json)}`);
    assert.equal((await system.call('GET', '/api/customers?limit=1&sort=-name')).status, 200);
  }
});
