/**
 * Tries: to be led to a host that the contract does not name, at an address that is allowed.
 * Must: it is not asked.
 */
import assert from 'node:assert/strict';
import { moved, type OutsideAttack } from '../harness/outsides.ts';

export const attack: OutsideAttack = {
  body: "await attempt(() => fetch(api + '/away'));",
  pages: { '/away': (socket, { port }) => void socket.end(moved(`http://elsewhere.test:${port}/told`)) },
  watch: ({ said, heard, lookedUp }) => {
    assert.match(said[0] ?? '', /refused forbidden .*leads on to elsewhere\.test/);
    assert.deepEqual([heard.length, lookedUp], [1, ['api.test']]);
  },
};
