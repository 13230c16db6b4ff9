/**
 * Tries: a host that sets cookies and asks for credentials, to know a caller again.
 * Must: nothing is kept from one request to the next.
 */
import assert from 'node:assert/strict';
import { answer, type OutsideAttack } from '../harness/outsides.ts';

export const attack: OutsideAttack = {
  body: "await attempt(() => fetch(api + '/set')); await attempt(() => fetch(api + '/401')); await attempt(() => fetch(api + '/set'));",
  pages: {
    '/set': (socket) =>
      void socket.end(answer('{"ok":true}', 'set-cookie: who=you; path=/\r\nwww-authenticate: Basic realm="x"\r\netag: "x"\r\n')),
    '/401': (socket) => void socket.end(answer('{}', 'www-authenticate: Basic realm="x"\r\n', '401 Unauthorized')),
  },
  watch: ({ heard, said }) => {
    assert.equal(heard.length, 3);
    assert.doesNotMatch(heard.join(''), /cookie|authorization/i);
    assert.doesNotMatch(said.join(), /who=you|set-cookie/);
  },
};
