/**
 * Tries: to know what others have by sums, counts and the largest of all.
 * Must: her own rows are added up, and nothing else.
 */
import assert from 'node:assert/strict';
import { asked } from '../harness/own-rows.ts';
import type { SystemAttack } from '../harness/systems.ts';

export const attack: SystemAttack = {
  run: async (system) => {
    const own = JSON.parse((await asked(system, 'GET', '/api/parcels?limit=500')).text) as {
      readonly items: readonly { readonly price: number }[];
    };
    const { status, text } = await asked(system, 'GET', '/api/views/worth');
    assert.equal(status, 200, text);
    const [worth] = (
      JSON.parse(text) as { readonly items: readonly { readonly sum: number; readonly many: number; readonly most: number }[] }
    ).items;
    const prices = own.items.map(({ price }) => price);
    assert.deepEqual(
      [Number(worth?.sum), Number(worth?.many), Number(worth?.most)],
      [prices.reduce((sum, price) => sum + price, 0), prices.length, Math.max(...prices)],
    );
  },
};
