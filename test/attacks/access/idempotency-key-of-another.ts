/**
 * Tries: to be given the answer that another was given, by the same key and the same body.
 * Must: a key is of its caller: she is answered for herself.
 */
import assert from 'node:assert/strict';
import { asked, customersOf } from '../harness/own-rows.ts';
import type { SystemAttack } from '../harness/systems.ts';

export const attack: SystemAttack = {
  run: async (system) => {
    const { bo } = await customersOf(system);
    const body = { what: 'one of a kind', buyer: 'bo' };
    const first = await system.call('POST', '/api/parcels', body, { key: bo, headers: { 'idempotency-key': 'shared-key-1' } });
    assert.equal(first.status, 201);
    const second = await asked(system, 'POST', '/api/parcels', body, { 'idempotency-key': 'shared-key-1' });
    assert.ok(second.status >= 400, second.text);
    assert.equal(second.headers.get('idempotency-replayed'), null);
    assert.ok(!second.text.includes(String(first.json['id'])));
    await system.call('DELETE', `/api/parcels/${String(first.json['id'])}`);
  },
};
