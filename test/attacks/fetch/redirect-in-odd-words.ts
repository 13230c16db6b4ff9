/**
 * Tries: addresses in `Location` that parsers read differently: without a scheme, with backslashes, twice, with a user, with controls.
 * Must: nothing inside is asked.
 */
import assert from 'node:assert/strict';
import { answer, moved, type OutsideAttack } from '../harness/outsides.ts';

export const attack: OutsideAttack = {
  body: "for (const path of ['/a', '/b', '/c', '/d', '/e', '/f']) await attempt(() => fetch(api + path));",
  pages: {
    '/a': (socket, { insidePort }) => void socket.end(moved(`//127.0.0.1:${insidePort}/`)),
    '/b': (socket, { insidePort }) => void socket.end(moved(`\\\\127.0.0.1:${insidePort}/`)),
    '/c': (socket, { port, insidePort }) => void socket.end(moved(`http://api.test:${port}@127.0.0.1:${insidePort}/`)),
    '/d': (socket, { port, insidePort }) =>
      void socket.end(answer('', `location: http://api.test:${port}/ok\r\nlocation: http://127.0.0.1:${insidePort}/\r\n`, '302 Found')),
    '/e': (socket, { insidePort }) => void socket.end(moved(`\thttp://127.0.0.1:${insidePort}/`)),
    '/f': (socket, { insidePort }) => void socket.end(moved(`http://0x7f.1:${insidePort}/`)),
  },
  watch: ({ said }) => {
    assert.equal(said.filter((each) => each.startsWith('refused')).length >= 5, true, said.join('; '));
  },
};
