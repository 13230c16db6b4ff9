/**
 * Tries: to set itself off for ever by the row that it writes.
 * Must: the chain ends as a dead letter that names it; what it wrote is as long as the chain, no longer.
 */
import assert from 'node:assert/strict';
import { reaction } from '../../unasked/bench.ts';
import type { UnaskedAttack } from '../harness/unasked.ts';

export const attack: UnaskedAttack = {
  files: reaction('spinner', 'product.updated', '', "capabilities: { product: ['read', 'update'] },"),
  code: { 'reaction/spinner': 'await data.product.update(event.row, { stock: 1 + (await data.product.get(event.row)).stock });' },
  run: async (system) => {
    const id = await system.product('spun');
    await system.unasked.settle();
    const { stock } = await system.get('product', id);
    assert.ok(Number(stock) <= 17, `it ran ${String(stock)} times`);
    assert.deepEqual(
      (await system.deliveries('dead')).map(({ component, code }) => [component, code]),
      [['reaction/spinner', 'loop']],
    );
  },
};
