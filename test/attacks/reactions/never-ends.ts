/**
 * Tries: never to end: a loop, and a wait for nothing, in a transaction that has written.
 * Must: each try ends with its time, nothing of it stays, tries are counted, and others are served.
 */
import assert from 'node:assert/strict';
import { reaction } from '../../unasked/bench.ts';
import type { UnaskedAttack } from '../harness/unasked.ts';

export const attack: UnaskedAttack = {
  files: {
    ...reaction(
      'loops',
      'product.created',
      '',
      "capabilities: { product: ['update'] }, caps: { wallMs: 400 }, retries: { attempts: 2, firstMs: 1000 },",
    ),
    ...reaction(
      'waits',
      'product.created',
      '',
      "capabilities: { product: ['update'] }, caps: { wallMs: 400 }, retries: { attempts: 2, firstMs: 1000 },",
    ),
  },
  code: {
    'reaction/loops': 'await data.product.update(event.row, { stock: 9 }); for (;;) {}',
    'reaction/waits': 'await data.product.update(event.row, { stock: 9 }); await new Promise(() => {});',
  },
  run: async (system) => {
    const id = await system.product('endless');
    await system.unasked.settle();
    system.clock.now += 60_000;
    await system.unasked.settle();
    assert.ok(await system.isTold(id));
    assert.equal((await system.get('product', id))['stock'], 1);
    const dead = await system.deliveries('dead');
    assert.deepEqual(dead.map(({ component, attempts }) => [component, attempts]).sort(), [
      ['reaction/loops', 2],
      ['reaction/waits', 2],
    ]);
  },
};
