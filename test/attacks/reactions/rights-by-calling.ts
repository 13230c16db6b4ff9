/**
 * Tries: to have an operation done that is another role's, without naming it in its contract, by many names.
 * Must: it is denied; nothing of the operation is written.
 */
import assert from 'node:assert/strict';
import { reaction } from '../../unasked/bench.ts';
import type { UnaskedAttack } from '../harness/unasked.ts';

export const attack: UnaskedAttack = {
  files: {
    ...reaction('pretender', 'product.created', '', 'retries: { attempts: 1 },'),
    'operations/free.ts': `/**\n * It.\n *\n * why: it\n * change: start\n * generator: person\n * date: 2026-11-23\n */
import { operation } from 'theseus/sdk';
export default operation({ id: 'o_free', name: 'free', on: 'product', roles: ['manager'], capabilities: { product: ['update'] }, output: { row: 'product' },
  async run({ data, row }) { return data.product.update(row.id, { stock: 777 }); } });\n`,
  },
  code: {
    'reaction/pretender':
      "for (const name of ['free', 'o_free', 'operation/free', 'FREE', 'free/']) try { await call(name, { on: event.row }); } catch {} for (const caller of [{ roles: ['manager'] }]) try { await call('free', { on: event.row, caller }); } catch {}",
  },
  run: async (system) => {
    const id = await system.product('not free');
    await system.unasked.settle();
    assert.equal((await system.get('product', id))['stock'], 1);
  },
};
