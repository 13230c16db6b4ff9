import assert from 'node:assert/strict';
import { test } from 'node:test';
import { openClient } from '#api/client';
import { manyTools } from './many-tools.ts';
import { schemaOf, type Tool } from './tool.ts';

const client = openClient({ url: 'http://127.0.0.1:1' });
const tool = (name: string, description: string): Tool => ({
  name,
  title: name,
  description,
  inputSchema: schemaOf({}),
  reads: true,
  run: async () => ({ value: { ran: name } }),
});
const all = [
  tool('orders_list', 'The orders, page by page'),
  tool('orders_create', 'A new order'),
  tool('call_placeOrder', 'Place order'),
  ...Array.from({ length: 200 }, (_, at) => tool(`things${at}_list`, 'The things')),
];
const [find, use] = manyTools(all, async (name, given) => ({ value: { name, given } }));

test('operations are found by words, the best first, and no more than can be read', async () => {
  const found = (await find?.run(client, { words: 'list the orders' }))?.value;
  const names = ((found?.['tools'] ?? []) as unknown as readonly Tool[]).map(({ name }) => name);
  assert.deepEqual([names[0], names.length], ['orders_list', 20]);
  assert.ok(Number(found?.['more']) > 100);
  assert.deepEqual((await find?.run(client, { words: 'zebra' }))?.value, { tools: [], more: 0 });
});
test('and used by name, with what was given', async () => {
  assert.deepEqual((await use?.run(client, { name: 'orders_list', arguments: { limit: 1 } }))?.value, {
    name: 'orders_list',
    given: { limit: 1 },
  });
  assert.deepEqual((await use?.run(client, { name: 'orders_list', arguments: 'x' }))?.value, { name: 'orders_list', given: {} });
});
