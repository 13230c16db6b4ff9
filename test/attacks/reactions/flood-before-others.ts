/**
 * Tries: to stand before all others with hundreds of runs that take long.
 * Must: each reaction has its turn: an innocent run that comes last is not last.
 */
import assert from 'node:assert/strict';
import { reaction } from '../../unasked/bench.ts';
import type { UnaskedAttack } from '../harness/unasked.ts';

export const attack: UnaskedAttack = {
  files: {
    ...reaction('crowd', 'crowded', '', 'caps: { wallMs: 2000 }, retries: { attempts: 1 },'),
    ...reaction('gathers', 'product.created', '', "emits: ['crowded'], caps: { capabilityCalls: 400 },"),
  },
  code: {
    'reaction/gathers': "for (let each = 0; each < 300; each += 1) await emit('crowded', { each });",
    'reaction/crowd': 'await new Promise(() => {});',
  },
  run: async (system) => {
    await system.product('the one that gathers');
    const place = async (): Promise<{ readonly crowd: number; readonly told: number }> => {
      const ended = (await system.deliveries()).filter(({ state }) => state === 'done' || state === 'dead');
      return {
        crowd: ended.filter(({ component }) => component === 'reaction/crowd').length,
        told: ended.filter(({ component }) => component === 'reaction/tell').length,
      };
    };
    const began = performance.now();
    while ((await system.deliveries('waiting')).length < 250 && performance.now() - began < 20_000) {
      system.unasked.look();
      await new Promise((turn) => setTimeout(turn, 20));
    }
    const before = await place();
    const id = await system.product('comes last');
    const came = performance.now();
    while (!(await system.isTold(id)) && performance.now() - came < 30_000) {
      system.unasked.look();
      await new Promise((turn) => setTimeout(turn, 20));
    }
    const after = await place();
    assert.ok(await system.isTold(id), 'the innocent run came');
    assert.ok(after.crowd - before.crowd < 30, `${after.crowd - before.crowd} of the crowd went before it`);
    await system.query("update theseus.deliveries set state = 'stopped', ended_at = now() where state = 'waiting'");
  },
};
