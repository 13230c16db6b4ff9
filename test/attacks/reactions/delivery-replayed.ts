/**
 * Tries: to have a run taken for one that was applied, or applied twice: its key in a call of an ordinary caller, and the row of the delivery put back.
 * Must: keys count for their caller alone; what was applied is not applied again.
 */
import assert from 'node:assert/strict';
import { owner, reaction } from '../../unasked/bench.ts';
import type { UnaskedAttack } from '../harness/unasked.ts';

export const attack: UnaskedAttack = {
  files: reaction('adds', 'product.created', '', "capabilities: { product: ['read', 'update'] },"),
  code: { 'reaction/adds': 'await data.product.update(event.row, { stock: 1 + (await data.product.get(event.row)).stock });' },
  run: async (system) => {
    const id = await system.product('added to');
    const [event] = await system.query<{ id: string }>("select id from theseus.outbox where subject = $1 and type like '%created'", [id]);
    const key = `${event?.id ?? ''} n_adds`;
    await system.create('product', { sku: 'by the same key', name: 'x', price: 1 }, { idempotency: { key, body: '' } });
    await system.unasked.settle();
    assert.equal((await system.get('product', id))['stock'], 2, 'it ran, whatever key another used');
    for (const put of ["state = 'waiting'", "state = 'waiting', attempts = 0, ended_at = null", "state = 'dead'"]) {
      await system.query(`update theseus.deliveries set ${put} where component = 'reaction/adds'`);
      for (const { no } of await system.deliveries('dead')) await system.unasked.retry(owner, no);
      await system.unasked.settle();
    }
    assert.equal((await system.get('product', id))['stock'], 2, 'it was applied once');
  },
};
