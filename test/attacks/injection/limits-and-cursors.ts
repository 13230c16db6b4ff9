/**
 * Tries: limits and cursors that are texts, negative, huge, or SQL.
 * Must: none of them reaches the statement as it is.
 */
import assert from 'node:assert/strict';
import type { SystemAttack } from '../harness/systems.ts';

export const attack: SystemAttack = {
  operations: {
    cursors: {
      capabilities: "{ product: ['read'] }",
      body: "let most = 0; for (const limit of ['1; select 1', -1, 1e9, 1.5, null, '10 offset 0', [1], NaN]) for (const cursor of [undefined, \"x' --\", 'AAAA', 'eyJ9', {}]) try { const { items } = await data.product.list({ limit, cursor }); most = Math.max(most, items.length); } catch {} return { said: 'x', count: most };",
    },
  },
  run: async (system) => {
    const { json } = await system.operate('cursors');
    assert.ok(Number(json['count'] ?? 0) <= 1_000, JSON.stringify(json));
  },
};
