/**
 * Tries: SQL in the names of fields, in filters, in sorting and in what is written.
 * Must: such a field is unknown.
 */
import assert from 'node:assert/strict';
import type { SystemAttack } from '../harness/systems.ts';

export const attack: SystemAttack = {
  operations: {
    sqlNames: {
      capabilities: "{ product: ['read', 'update'] }",
      body: "let taken = 0; const { items: [first] } = await data.product.list({}); for (const name of ['name\" = \\'x\\' --', 'name; select 1', '(select 1)', 'f_pname', '\"f_pname\"', 'name) --', 'name desc, (select pg_sleep(5))', '*']) for (const go of [() => data.product.list({ sort: name }), () => data.product.list({ filters: [{ field: name, operator: 'eq', value: 'x' }] }), () => data.product.update(first.id, { [name]: 'x' })]) try { await go(); taken += 1; } catch {} return { said: 'x', count: taken };",
    },
  },
  run: async (system) => {
    const began = performance.now();
    assert.match((await system.operate('sqlNames')).text, /"count":0/);
    assert.ok(performance.now() - began < 5_000);
  },
};
