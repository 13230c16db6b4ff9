/**
 * Tries: a contract that claims an hour for itself.
 * Must: no call lasts longer than the machine allows any.
 */
import assert from 'node:assert/strict';
import type { SystemAttack } from '../harness/systems.ts';

export const attack: SystemAttack = {
  operations: {
    hour: {
      capabilities: "{ product: ['read', 'update', 'create'] }",
      more: 'caps: { wallMs: 60000 },',
      body: 'await new Promise(() => {});',
    },
  },
  run: async (system) => {
    const began = performance.now();
    assert.ok((await system.operate('hour')).status >= 500);
    assert.ok(performance.now() - began < 15_000);
  },
};
