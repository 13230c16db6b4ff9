/**
 * Tries: a name that leads outside when it is looked at and inside a moment later.
 * Must: it is looked up once, and what was looked at is connected to.
 */
import assert from 'node:assert/strict';
import { type OutsideAttack } from '../harness/outsides.ts';

export const attack: OutsideAttack = {
  body: "await attempt(() => fetch('https://public.test/'));",
  resolve: (_name, turn) => [turn === 1 ? { address: '192.0.2.1', family: 4 } : { address: '127.0.0.1', family: 4 }],
  watch: ({ said, lookedUp }) => {
    assert.equal(lookedUp.length, 1);
    assert.match(said[0] ?? '', /^refused/);
  },
};
