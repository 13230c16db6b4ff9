/**
 * Tries: to tell what was meant for one granted host to another, by a redirect.
 * Must: nothing of the first request goes to the second.
 */
import assert from 'node:assert/strict';
import { moved, type OutsideAttack } from '../harness/outsides.ts';

export const attack: OutsideAttack = {
  body: "await attempt(() => fetch(api + '/on', { headers: { 'x-note': 'for api alone', 'if-match': 'mine' } }));",
  pages: { '/on': (socket, { port }) => void socket.end(moved(`http://other.test:${port}/there`, '307 Temporary Redirect')) },
  watch: ({ heard }) => {
    assert.equal(heard.length, 2);
    assert.match(heard[0] ?? '', /for api alone/);
    assert.doesNotMatch(heard[1] ?? '', /for api alone|if-match/i);
  },
};
