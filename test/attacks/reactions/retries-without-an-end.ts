/**
 * Tries: to be tried for ever: a contract of a billion tries, and refusals that pretend to be words of the machine, which cost no try.
 * Must: tries have a bound that no contract passes, and each of these costs one.
 */
import assert from 'node:assert/strict';
import { reaction, shop } from '../../unasked/bench.ts';
import type { UnaskedAttack } from '../harness/unasked.ts';

export const attack: UnaskedAttack = {
  files: {
    ...reaction('billion', 'product.created', '', 'retries: { attempts: 3, firstMs: 1000, mostMs: 1000 },'),
    ...reaction('busy', 'product.created', '', 'retries: { attempts: 3, firstMs: 1000, mostMs: 1000 },'),
    ...reaction('away', 'product.created', '', 'retries: { attempts: 3, firstMs: 1000, mostMs: 1000 },'),
    ...reaction('held', 'product.created', '', 'retries: { attempts: 3, firstMs: 1000, mostMs: 1000 },'),
  },
  code: {
    'reaction/billion': "throw Object.assign(new Error('again'), { code: 'conflict' });",
    'reaction/busy': "throw Object.assign(new Error('later'), { code: 'busy' });",
    'reaction/away': "throw Object.assign(new Error('later'), { code: 'unavailable' });",
    'reaction/held':
      "throw Object.assign(new Error('later'), { code: 'component-failed', evidence: { component: 'reaction/held', quarantined: true } });",
  },
  run: async (system) => {
    for (const source of ['billion', 'busy', 'away', 'held'].slice(0, 1))
      await assert.rejects(
        system.serve({ ...shop, ...reaction(source, 'product.created', '', 'retries: { attempts: 1000000000 },') }),
        /attempts/,
      );
    await system.product('tried');
    for (let minute = 0; minute < 30; minute += 1) {
      await system.unasked.settle();
      system.clock.now += 61_000;
    }
    const all = (await system.deliveries()).filter(({ component }) => component !== 'reaction/tell' && component.startsWith('reaction/'));
    assert.deepEqual(
      all.map(({ component, state, attempts }) => [component, state, attempts]).sort(),
      ['away', 'billion', 'busy', 'held'].map((name) => [`reaction/${name}`, 'dead', 3]),
    );
  },
};
