/**
 * Tries: to write events that stop whoever hands them out: NUL, lone surrogates, prototypes, depth, odd numbers.
 * Must: the run that wrote them fails or they are plain data; what comes after is handed out.
 */
import assert from 'node:assert/strict';
import { reaction } from '../../unasked/bench.ts';
import type { UnaskedAttack } from '../harness/unasked.ts';

export const attack: UnaskedAttack = {
  files: {
    ...reaction('poisons', 'product.created', '', "emits: ['poison'], retries: { attempts: 1 },"),
    ...reaction('hears', 'poison', '', ''),
  },
  code: {
    'reaction/poisons': `const deep = JSON.parse('['.repeat(60) + ']'.repeat(60));
const all = [{ text: 'a\\u0000b' }, { text: '\\ud800' }, JSON.parse('{"__proto__":{"polluted":true}}'), { deep }, { n: 1e308 * 10 }, { n: -0 }, [undefined], 'text', null, { '\\u0000': 1 }];
const data_ = all[Math.floor(random() * all.length)];
for (const each of all) try { await emit('poison', each); } catch {}`,
    'reaction/hears': 'if (({}).polluted === true) log({ polluted: true }); log({ heard: typeof event.data });',
  },
  run: async (system) => {
    for (let each = 0; each < 3; each += 1) {
      const id = await system.product(`poisoned ${each}`);
      await system.unasked.settle();
      assert.ok(await system.isTold(id));
    }
    assert.doesNotMatch(JSON.stringify(system.logged), /"polluted"/);
    assert.deepEqual((await system.deliveries('running')).length, 0);
  },
};
