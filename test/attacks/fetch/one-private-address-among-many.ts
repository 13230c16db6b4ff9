/**
 * Tries: a name of several addresses, one of them inside.
 * Must: the name is not trusted at all.
 */
import assert from 'node:assert/strict';
import { type OutsideAttack } from '../harness/outsides.ts';

export const attack: OutsideAttack = {
  body: "await attempt(() => fetch('https://public.test/'));",
  resolve: () => [
    { address: '93.184.216.34', family: 4 },
    { address: '::1', family: 6 },
    { address: '127.0.0.1', family: 4 },
  ],
  watch: ({ said }) => {
    assert.match(said[0] ?? '', /refused forbidden .*an address inside/);
  },
};
