/**
 * Tries: to grow: each run emits two events that set it off, so that one becomes 65,536.
 * Must: its hour is spent, what is over waits, and others are served meanwhile.
 */
import assert from 'node:assert/strict';
import { reaction } from '../../unasked/bench.ts';
import type { UnaskedAttack } from '../harness/unasked.ts';

export const attack: UnaskedAttack = {
  files: {
    ...reaction('doubles', 'twice', '', "emits: ['twice'], hourly: { runs: 40 },"),
    ...reaction('begins', 'product.created', '', "emits: ['twice'],"),
  },
  code: {
    'reaction/doubles': "await emit('twice', {}); await emit('twice', {});",
    'reaction/begins': "await emit('twice', {});",
  },
  run: async (system) => {
    const id = await system.product('doubled');
    await system.unasked.settle();
    const all = await system.deliveries();
    const ran = all.filter(({ component, state }) => component === 'reaction/doubles' && state === 'done').length;
    assert.ok(ran > 0 && ran <= 40, `${ran} runs`);
    assert.ok(all.filter(({ held }) => held === 'hour').length > 0);
    assert.ok(await system.isTold(id));
  },
};
