/**
 * Tries: a small answer that unpacks to a gigabyte, under each name of a packing.
 * Must: nothing is unpacked.
 */
import { gzipSync } from 'node:zlib';
import assert from 'node:assert/strict';
import { type OutsideAttack } from '../harness/outsides.ts';

const bomb = gzipSync(Buffer.alloc(50_000_000, 0x20));
const head = (header: string): string => `HTTP/1.1 200 OK\r\ncontent-type: application/json\r\n${header}\r\nconnection: close\r\n\r\n`;

export const attack: OutsideAttack = {
  body: "for (const path of ['/gzip', '/deflate', '/br', '/zstd', '/twice', '/transfer']) await attempt(() => fetch(api + path));",
  pages: {
    '/gzip': (socket) => void socket.end(Buffer.concat([Buffer.from(head('content-encoding: gzip')), bomb])),
    '/deflate': (socket) => void socket.end(Buffer.concat([Buffer.from(head('content-encoding: deflate')), bomb])),
    '/br': (socket) => void socket.end(Buffer.concat([Buffer.from(head('content-encoding: br')), bomb])),
    '/zstd': (socket) => void socket.end(Buffer.concat([Buffer.from(head('content-encoding: zstd')), bomb])),
    '/twice': (socket) => void socket.end(Buffer.concat([Buffer.from(head('content-encoding: identity, gzip')), bomb])),
    '/transfer': (socket) => void socket.end(Buffer.concat([Buffer.from(head('transfer-encoding: gzip')), bomb])),
  },
  watch: ({ said, grownMb }) => {
    assert.ok(
      said.every((each) => each.startsWith('refused')),
      said.join('; '),
    );
    assert.ok(grownMb < 200, `it grew by ${Math.round(grownMb)} MB`);
  },
};
