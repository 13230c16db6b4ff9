/**
 * Tries: to forget the chain by having an operation write what sets it off.
 * Must: what an operation writes within a run is of that run.
 */
import assert from 'node:assert/strict';
import { reaction } from '../../unasked/bench.ts';
import type { UnaskedAttack } from '../harness/unasked.ts';

export const attack: UnaskedAttack = {
  files: {
    ...reaction('caller', 'product.updated', '', "calls: ['bump'],"),
    ...reaction('starter', 'product.created', '', "calls: ['bump'],"),
    'operations/bump.ts': `/**\n * It.\n *\n * why: it\n * change: start\n * generator: person\n * date: 2026-11-23\n */
import { operation } from 'theseus/sdk';
export default operation({ id: 'o_bump', name: 'bump', on: 'product', capabilities: { product: ['read', 'update'] }, output: { row: 'product' },
  async run({ data, row }) { return data.product.update(row.id, { stock: (row.stock ?? 0) + 1 }); } });\n`,
  },
  code: { 'reaction/caller': "await call('bump', { on: event.row });", 'reaction/starter': "await call('bump', { on: event.row });" },
  run: async (system) => {
    const id = await system.product('through an operation');
    await system.unasked.settle();
    const { stock } = await system.get('product', id);
    assert.ok(Number(stock) <= 35, `it ran ${String(stock)} times`);
    assert.ok((await system.deliveries('dead')).every(({ code }) => code === 'loop'));
    assert.ok((await system.deliveries('dead')).length > 0);
  },
};
