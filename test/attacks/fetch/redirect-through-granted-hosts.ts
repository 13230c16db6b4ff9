/**
 * Tries: to hide the last step behind granted hosts that lead to one another, and for ever.
 * Must: each step is judged, and there are few.
 */
import assert from 'node:assert/strict';
import { moved, type OutsideAttack } from '../harness/outsides.ts';

export const attack: OutsideAttack = {
  body: "await attempt(() => fetch(api + '/one')); await attempt(() => fetch(api + '/round'));",
  pages: {
    '/one': (socket, { port }) => void socket.end(moved(`http://other.test:${port}/two`)),
    '/two': (socket, { insidePort }) => void socket.end(moved(`http://127.0.0.1:${insidePort}/`)),
    '/round': (socket) => void socket.end(moved('/round')),
  },
  watch: ({ said, heard }) => {
    assert.match(said.join(), /leads on to 127.*leads on more than 3 times/);
    assert.ok(heard.length <= 6, `${heard.length} requests`);
  },
};
