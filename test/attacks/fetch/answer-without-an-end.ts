/**
 * Tries: answers that never end: a body, a header, lines of 1xx, chunks of one byte.
 * Must: each is cut off by size or by time, and memory stays.
 */
import type { Socket } from 'node:net';
import assert from 'node:assert/strict';
import { type OutsideAttack } from '../harness/outsides.ts';

export const attack: OutsideAttack = {
  body: "for (const path of ['/body', '/header', '/hints', '/chunks']) await attempt(() => fetch(api + path));",
  pages: {
    '/body': (socket) => flood(socket, 'HTTP/1.1 200 OK\r\ncontent-type: text/plain\r\n\r\n', 'a'.repeat(65_536)),
    '/header': (socket) => flood(socket, 'HTTP/1.1 200 OK\r\nx-long: ', 'a'.repeat(65_536)),
    '/hints': (socket) => flood(socket, '', 'HTTP/1.1 103 Early Hints\r\nlink: </a>\r\n\r\n'.repeat(500)),
    '/chunks': (socket) =>
      flood(socket, 'HTTP/1.1 200 OK\r\ncontent-type: text/plain\r\ntransfer-encoding: chunked\r\n\r\n', '1;x=y\r\na\r\n'.repeat(2_000)),
  },
  watch: ({ said, heldMb, grownMb }) => {
    assert.ok(
      said.every((each) => each.startsWith('refused')),
      said.join('; '),
    );
    assert.ok(heldMb < 30, `it holds ${Math.round(heldMb)} MB more`);
    // What streams by is garbage until somebody collects it; what is piled up at this speed is more than that.
    assert.ok(grownMb < 800, `it grew by ${Math.round(grownMb)} MB`);
  },
};

/** Writes as fast as it is read, as long as anybody reads. */
function flood(socket: Socket, head: string, piece: string): void {
  socket.write(head);
  const more = (): void => {
    while (!socket.destroyed && socket.write(piece));
  };
  socket.on('drain', more);
  more();
}
