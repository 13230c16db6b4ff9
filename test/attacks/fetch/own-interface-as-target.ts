/**
 * Tries: the system's own interface, which listens inside: by a name that leads there, by a redirect, by what is sent after the commit.
 * Must: it is not asked.
 */
import assert from 'node:assert/strict';
import { moved, type OutsideAttack } from '../harness/outsides.ts';

export const attack: OutsideAttack = {
  body: "await attempt(() => fetch('https://public.test/')); await attempt(() => fetch(api + '/home')); await attempt(() => fetch('http://localhost:' + insidePort + '/_theseus/health')); await attempt(() => fetch('http://send.test:' + port + '/post', { method: 'POST', body: 'x' }));",
  pages: {
    '/home': (socket, { insidePort }) => void socket.end(moved(`http://localhost:${insidePort}/_theseus/health`)),
    '/post': (socket, { insidePort }) => void socket.end(moved(`http://localhost:${insidePort}/_theseus/keys`, '307 Temporary Redirect')),
  },
  watch: ({ said, sendings }) => {
    assert.ok(
      said.slice(0, 3).every((each) => each.startsWith('refused')),
      said.join('; '),
    );
    assert.deepEqual(
      sendings.map(({ state, why }) => [state, /leads what was sent to it on/.test(why ?? '')]),
      [['waiting', true]],
    );
  },
};
