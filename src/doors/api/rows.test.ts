import assert from 'node:assert/strict';
import { after, before, describe, it } from 'node:test';
import { type Called, serveSpecimen, type ServedSpecimen } from './specimen/serve-specimen.ts';

const fieldsOf = ({ json }: Called): { readonly [place: string]: string } =>
  (json['evidence'] as { readonly fields: { readonly [place: string]: string } }).fields;

describe('rows over HTTP', () => {
  let shop: ServedSpecimen;
  before(async () => {
    shop = await serveSpecimen();
  });
  after(() => shop.close(0));
  const create = async (name: string): Promise<{ readonly id: string; readonly path: string }> => {
    const { json } = await shop.call('POST', '/api/customers', { body: { name } });
    return { id: String(json['id']), path: `/api/customers/${String(json['id'])}` };
  };

  it('are made with their place and version, in the JSON of the interface', async () => {
    const made = await shop.call('POST', '/api/customers', {
      body: {
        name: 'Ada',
        creditLimit: { amount: '12.5', currency: 'EUR' },
        rating: '4.5',
        seenAt: '2026-11-23T10:00:00+01:00',
        extra: { a: [1] },
      },
    });
    assert.equal(made.status, 201);
    assert.equal(made.headers.get('location'), `/api/customers/${String(made.json['id'])}`);
    assert.equal(made.headers.get('etag'), '"1"');
    assert.deepEqual(made.json['creditLimit'], { amount: '12.50', currency: 'EUR' });
    assert.equal(made.json['rating'], '4.50');
    assert.equal(made.json['seenAt'], '2026-11-23T09:00:00.000Z');
    assert.equal(made.json['email'], null);
  });

  it('are refused with a message for each place', async () => {
    const answer = await shop.call('POST', '/api/customers', {
      body: { email: 'no', tier: 'lead', creditLimit: { amount: '-1', currency: 'EUR' }, colour: 'red', id: 'x' },
    });
    assert.equal(answer.status, 422);
    assert.deepEqual(Object.keys(fieldsOf(answer)).sort(), ['colour', 'creditLimit', 'email', 'id', 'name', 'tier']);
    const lines = await shop.call('POST', '/api/sales-orders', {
      body: { customer: 'x', lines: [{ quantity: 0 }], total: { amount: '1.00', currency: 'EUR' } },
    });
    assert.deepEqual(Object.keys(fieldsOf(lines)).sort(), ['customer', 'lines[0].quantity', 'total']);
  });

  it('are altered by what is named, when they are as they were read', async () => {
    const { path } = await create('Bea');
    const altered = await shop.call('PATCH', path, { body: { tier: 'gold' }, headers: { 'if-match': '"1"' } });
    assert.equal(altered.status, 200);
    assert.equal(altered.headers.get('etag'), '"2"');
    assert.equal(altered.json['name'], 'Bea');
    assert.equal((await shop.call('PATCH', path, { body: { tier: 'gold' }, headers: { 'if-match': '"1"' } })).status, 412);
    assert.equal((await shop.call('PATCH', path, { body: { tier: 'gold' }, headers: { 'if-match': '"abc"' } })).status, 412);
    assert.equal((await shop.call('PATCH', path, { body: { tier: 'gold' }, headers: { 'if-match': '*' } })).status, 200);
    assert.equal((await shop.call('PATCH', path, { body: { name: null } })).status, 422);
  });

  it('are read, not sent again where they are known, and deleted', async () => {
    const { path, id } = await create('Cem');
    assert.equal((await shop.call('GET', path)).json['id'], id);
    assert.equal((await shop.call('GET', path, { headers: { 'if-none-match': 'W/"1"' } })).status, 304);
    assert.equal((await shop.call('HEAD', path)).status, 200);
    assert.equal((await shop.call('DELETE', path)).status, 204);
    assert.equal((await shop.call('GET', path)).status, 404);
    for (const wrong of ['/api/customers/17', '/api/customers/%00', '/api/customers/..%2f..'])
      assert.equal((await shop.call('GET', wrong)).status, 404);
  });

  it('act once for a key, and refuse the key with another body', async () => {
    const headers = { 'idempotency-key': 'a-1' };
    const first = await shop.call('POST', '/api/customers', { body: { name: 'Dan' }, headers });
    const second = await shop.call('POST', '/api/customers', { body: { name: 'Dan' }, headers });
    assert.equal(second.json['id'], first.json['id']);
    assert.equal(second.headers.get('idempotency-replayed'), 'true');
    assert.equal((await shop.call('POST', '/api/customers', { body: { name: 'Eve' }, headers })).json['code'], 'idempotency-mismatch');
    for (const key of ['', 'a b', 'x'.repeat(201)])
      assert.equal((await shop.call('POST', '/api/customers', { body: { name: 'Dan' }, headers: { 'idempotency-key': key } })).status, 400);
  });

  it('are listed by known parameters alone', async () => {
    assert.equal((await shop.call('GET', '/api/customers?limit=1&sort=-name&tier=gold&creditLimit[gt]=5&q=a')).status, 200);
    const unknown = await shop.call('GET', '/api/customers?colour=red&limit=0&name[like]=x&limit=2');
    assert.equal(unknown.status, 422);
    assert.deepEqual(Object.keys(fieldsOf(unknown)).sort(), ['colour', 'limit', 'name[like]']);
    assert.match(fieldsOf(unknown)['colour'] ?? '', /limit, cursor, sort, q and the fields id, name, email/);
    assert.equal((await shop.call('GET', '/api/views/open-sales-orders?sort=total')).status, 422);
    const { path } = await create('Fay');
    assert.equal((await shop.call('GET', `${path}?expand=1`)).status, 422);
  });

  it('refuse what the caller has no role for', async () => {
    assert.equal((await shop.call('POST', '/api/customers', { as: 'viewer', body: { name: 'Gil' } })).status, 403);
    assert.equal((await shop.call('GET', '/api/customers', { as: 'viewer' })).status, 200);
  });

  it('answer operations at the path that they state, before the generic one', async () => {
    const { id } = await create('Hal');
    const placed = await shop.call('POST', '/api/sales-orders/place', { body: { customer: id } });
    assert.equal(placed.status, 201);
    assert.equal(placed.headers.get('location'), `/api/sales-orders/${String(placed.json['id'])}`);
    const path = `/api/sales-orders/${String(placed.json['id'])}/cancel`;
    assert.equal((await shop.call('POST', path)).status, 403);
    assert.equal((await shop.call('POST', path, { as: 'manager' })).status, 200);
    assert.equal((await shop.call('POST', path, { as: 'manager', body: { reson: 'x' } })).status, 422);
    assert.equal((await shop.call('PUT', '/legacy/ping')).status, 202);
    assert.deepEqual((await shop.call('GET', '/api/quote?quantity=3&price=1.50')).json, {
      price: { amount: '12.50', currency: 'EUR' },
      days: 3,
    });
    assert.equal((await shop.call('GET', '/api/quote?quantity=many')).status, 422);
    assert.equal((await shop.call('GET', '/api/quote?quantity=3&colour=red')).status, 422);
  });

  it('are approved by the rules of their entity', async () => {
    const { id } = await create('Ida');
    const placed = await shop.call('POST', '/api/sales-orders/place', { body: { customer: id } });
    const path = `/api/sales-orders/${String(placed.json['id'])}/approve`;
    assert.equal((await shop.call('POST', path, { as: 'clerk' })).status, 403);
    assert.equal((await shop.call('POST', path, { as: 'manager' })).status, 200);
    assert.equal((await shop.call('POST', path, { as: 'manager', body: { rule: 'largeOrders' } })).status, 200);
    assert.equal((await shop.call('POST', path, { as: 'manager', body: { rule: 'other' } })).status, 422);
    assert.equal((await shop.call('POST', '/api/customers/x/approve', { as: 'manager' })).status, 404);
  });

  it('show views by the types of their columns', async () => {
    const { items } = (await shop.call('GET', '/api/views/open-sales-orders')).json as {
      items: readonly { readonly [column: string]: unknown }[];
    };
    assert.deepEqual(items[0]?.['total'], { amount: '1234.50', currency: 'EUR' });
    assert.equal(items[0]?.['count'], 2);
  });
});
