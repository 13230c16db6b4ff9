/**
 * Tries: to read the rows of others by an operation whose contract reads all of them.
 * Must: she sees no more through it than by herself.
 */
import assert from 'node:assert/strict';
import { asked, customersOf } from '../harness/own-rows.ts';
import type { SystemAttack } from '../harness/systems.ts';

export const attack: SystemAttack = {
  operations: {
    looks: {
      capabilities: "{ parcel: ['read', 'create', 'update', 'delete'] }",
      body: "const said = []; const attempt = async (go) => { try { said.push(JSON.stringify(await go())); } catch (error) { said.push(error.code + ' ' + error.message); } }; await attempt(() => data.parcel.list({})); await attempt(() => data.parcel.get(input.text)); await attempt(() => data.parcel.list({ filters: [{ field: 'buyer', op: 'eq', value: 'bo' }] })); await attempt(() => data.parcel.list({ q: 'bosgoldenwatch' })); await attempt(() => data.parcel.list({ sort: '-price', limit: 1 })); return { said: said.join(' ').replaceAll(input.text, ''), count: said.length };",
    },
  },
  run: async (system) => {
    const { hidden } = await customersOf(system);
    const { status, text } = await asked(system, 'POST', '/api/hostile/looks', { text: hidden });
    assert.equal(status, 200, text);
    assert.doesNotMatch(text, /boscode77/);
    assert.match(text, /adascode/);
  },
};
