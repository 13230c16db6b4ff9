/**
 * Tries: to use that no caller stands behind it: rows that were not granted, operations of a role, events, hosts.
 * Must: it has its contract and nothing more.
 */
import assert from 'node:assert/strict';
import { job } from '../../unasked/bench.ts';
import type { UnaskedAttack } from '../harness/unasked.ts';

export const attack: UnaskedAttack = {
  files: job('takes', "cron: '0 * * * *', catchUp: 'last'", '', "capabilities: { product: ['read'] }, retries: { attempts: 1 },"),
  code: {
    'job/takes': `const said = [];
const attempt = async (go) => { try { said.push(JSON.stringify(await go())); } catch (error) { said.push(String(error.code ?? error.message)); } };
await attempt(() => data.customer.list({}));
const { items } = await data.product.list({});
await attempt(() => data.product.update(items[0].id, { stock: 778 }));
await attempt(() => data.product.delete(items[0].id));
await attempt(() => data.product.create({ sku: 'forged', name: 'x', price: 1 }));
await attempt(() => emit('product.created', {}));
await attempt(() => call('placeOrder', { with: {} }));
await attempt(() => fetch('http://127.0.0.1/'));
log({ said });`,
  },
  run: async (system) => {
    const id = await system.product('taken from');
    await system.unasked.settle();
    system.clock.now += 3_600_000;
    await system.unasked.settle();
    assert.match(JSON.stringify(system.logged), /forbidden/, 'it ran');
    assert.ok(!JSON.stringify(system.logged).includes(system.secret.text));
    assert.deepEqual([await system.written('job/takes'), (await system.get('product', id))['stock']], [0, 1]);
  },
};
