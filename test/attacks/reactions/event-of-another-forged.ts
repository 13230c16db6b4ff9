/**
 * Tries: to emit events that it was not granted: of rows, of the machine, of other components, by odd names.
 * Must: none is written; each try is denied.
 */
import assert from 'node:assert/strict';
import { reaction } from '../../unasked/bench.ts';
import type { UnaskedAttack } from '../harness/unasked.ts';

export const attack: UnaskedAttack = {
  files: reaction('forger', 'product.created', '', "emits: ['granted'], retries: { attempts: 1 },"),
  code: {
    'reaction/forger': `const said = [];
for (const name of ['product.created', 'invoiceClosed', 'outside.request', 'event.granted', 'granted.x', '../granted', '', 'Granted', '__proto__', 'constructor'])
  try { await emit(name, { row: 'x' }); said.push(name); } catch (error) { if (error.code !== 'forbidden') said.push(name + ' ' + error.code); }
if (said.length > 0) log({ succeeded: said });
await emit('granted', {});`,
  },
  run: async (system) => {
    const before = (await system.query<{ type: string }>('select type from theseus.outbox')).length;
    await system.product('forged for');
    await system.unasked.settle();
    const types = (await system.query<{ type: string }>('select type from theseus.outbox order by seq'))
      .slice(before)
      .map(({ type }) => type);
    assert.deepEqual(
      types.filter((type) => !/^shop\.(product\.(created|updated)|event\.granted)$/.test(type)),
      [],
    );
    assert.doesNotMatch(JSON.stringify(system.logged), /succeeded/);
    assert.equal(types.filter((type) => type === 'shop.product.created').length, 1);
  },
};
