/**
 * Tries: JSON that is deep, has `__proto__`, wrong letters or another type; headers that are none; a switch of protocols.
 * Must: it is plain data or it is refused, and the machine goes on.
 */
import assert from 'node:assert/strict';
import { answer, type OutsideAttack } from '../harness/outsides.ts';

export const attack: OutsideAttack = {
  body: "for (const path of ['/deep', '/proto', '/letters', '/html', '/switch', '/none', '/two']) await attempt(() => fetch(api + path)); said.push(String(({}).polluted));",
  pages: {
    '/deep': (socket) => void socket.end(answer('['.repeat(200_000) + ']'.repeat(200_000))),
    '/proto': (socket) => void socket.end(answer('{"__proto__":{"polluted":"yes"},"constructor":{"prototype":{"polluted":"yes"}}}')),
    '/letters': (socket) => void socket.end(answer('"\\ud800\\u0000"')),
    '/html': (socket) => void socket.end('HTTP/1.1 200 OK\r\ncontent-type: application/xml\r\n\r\n<a/>'),
    '/switch': (socket) => void socket.write('HTTP/1.1 101 Switching Protocols\r\nupgrade: websocket\r\nconnection: upgrade\r\n\r\n'),
    '/none': (socket) => void socket.end('SSH-2.0-OpenSSH_9.0\r\n'),
    '/two': (socket) => void socket.end('HTTP/1.1 200 OK\r\ncontent-length: 1\r\ncontent-length: 2\r\ncontent-type: text/plain\r\n\r\nab'),
  },
  watch: ({ said }) => {
    assert.equal(said.at(-1), 'undefined');
    assert.equal(({} as { readonly polluted?: string }).polluted, undefined);
    assert.equal(said.length, 8, said.join('; '));
  },
};
