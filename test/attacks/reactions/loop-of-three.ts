/**
 * Tries: to hide a loop: three reactions that feed one another by events of three names.
 * Must: the chain of all three together ends where one of itself does.
 */
import assert from 'node:assert/strict';
import { reaction } from '../../unasked/bench.ts';
import type { UnaskedAttack } from '../harness/unasked.ts';

export const attack: UnaskedAttack = {
  files: {
    ...reaction('first', 'product.created', '', "emits: ['two'],"),
    ...reaction('second', 'two', '', "emits: ['three'],"),
    ...reaction('third', 'three', '', "emits: ['two'],"),
  },
  code: {
    'reaction/first': "await emit('two', {});",
    'reaction/second': "await emit('three', {});",
    'reaction/third': "await emit('two', {});",
  },
  run: async (system) => {
    const before = (await system.events('%.event.two')) + (await system.events('%.event.three'));
    await system.product('in a circle');
    await system.unasked.settle();
    const made = (await system.events('%.event.two')) + (await system.events('%.event.three')) - before;
    assert.ok(made <= 16, `${made} events came of one`);
    assert.deepEqual(
      (await system.deliveries('dead')).map(({ code }) => code),
      ['loop'],
    );
  },
};
