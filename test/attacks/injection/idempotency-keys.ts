/**
 * Tries: SQL, lengths and other callers in the key that makes a call unique.
 * Must: a key counts for its caller alone, as a text.
 */
import assert from 'node:assert/strict';
import type { SystemAttack } from '../harness/systems.ts';

export const attack: SystemAttack = {
  operations: {
    keyed: {
      capabilities: "{ product: ['create'] }",
      body: "await data.product.create({ name: 'keyed ' + caller.id }); return { said: caller.id, count: 1 };",
    },
  },
  run: async (system) => {
    const clerk = await system.keyFor(['clerk']);
    const said = [];
    for (const key of [undefined, clerk])
      said.push(
        (
          await system.call(
            'POST',
            '/api/hostile/keyed',
            { text: 'x' },
            { headers: { 'idempotency-key': 'the-same-key' }, ...(key === undefined ? {} : { key }) },
          )
        ).json['said'],
      );
    assert.ok(said[0] !== undefined && said[1] !== undefined && said[0] !== said[1], JSON.stringify(said));
    await system.call(
      'POST',
      '/api/hostile/keyed',
      { text: 'x' },
      { headers: { 'idempotency-key': "'; delete from theseus.idempotency; --" } },
    );
    assert.ok((await system.sql('select 1 from theseus.idempotency')).length >= 2);
    assert.equal(
      (await system.call('POST', '/api/hostile/keyed', { text: 'x' }, { headers: { 'idempotency-key': 'x'.repeat(5_000) } })).status >= 400,
      true,
    );
  },
};
