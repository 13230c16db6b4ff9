/**
 * Tries: to hold up what others do about a row, by failing on it for ever.
 * Must: lanes are its own: others run about the same row.
 */
import assert from 'node:assert/strict';
import { reaction } from '../../unasked/bench.ts';
import type { UnaskedAttack } from '../harness/unasked.ts';

export const attack: UnaskedAttack = {
  files: reaction('stubborn', 'product.created', '', 'retries: { attempts: 20, firstMs: 3600000, mostMs: 3600000 },'),
  code: { 'reaction/stubborn': "throw Object.assign(new Error('no'), { code: 'conflict' });" },
  run: async (system) => {
    const id = await system.product('held up');
    await system.unasked.settle();
    assert.ok(await system.isTold(id));
    assert.deepEqual(
      (await system.deliveries('waiting')).map(({ component }) => component),
      ['reaction/stubborn'],
    );
  },
};
