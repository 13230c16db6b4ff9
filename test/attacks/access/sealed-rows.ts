/**
 * Tries: to alter an own row that the rule has closed to her, by opening it first, in the same request, by an operation.
 * Must: it stays as it is.
 */
import assert from 'node:assert/strict';
import { asked } from '../harness/own-rows.ts';
import type { SystemAttack } from '../harness/systems.ts';

export const attack: SystemAttack = {
  operations: {
    opens: {
      capabilities: "{ parcel: ['read', 'update'] }",
      more: "on: 'parcel',",
      body: "await data.parcel.update(row.id, { sealed: false, price: 4 }); return { said: 'opened', count: 1 };",
    },
  },
  run: async (system) => {
    const made = await system.call('POST', '/api/parcels', { what: 'sealed tea', buyer: 'ada', price: 3, sealed: true });
    const id = String(made.json['id']);
    for (const body of [{ price: 4 }, { sealed: false }, { sealed: false, price: 4 }, {}])
      assert.equal((await asked(system, 'PATCH', `/api/parcels/${id}`, body)).status, 403, JSON.stringify(body));
    assert.equal((await asked(system, 'DELETE', `/api/parcels/${id}`)).status, 403);
    assert.notEqual((await asked(system, 'POST', `/api/hostile/${id}/opens`, {})).status, 200);
    const { json } = await system.call('GET', `/api/parcels/${id}`);
    assert.deepEqual([json['price'], json['sealed']], [3, true]);
    await system.call('DELETE', `/api/parcels/${id}`);
  },
};
