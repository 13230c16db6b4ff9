/**
 * Tries: answers that come byte by byte, so that a transaction is held open.
 * Must: a read ends in three seconds, whatever comes.
 */
import assert from 'node:assert/strict';
import { type OutsideAttack } from '../harness/outsides.ts';

export const attack: OutsideAttack = {
  body: "await attempt(() => fetch(api + '/drip')); await attempt(() => fetch(api + '/silent'));",
  pages: {
    '/drip': (socket) => {
      socket.write('HTTP/1.1 200 OK\r\ncontent-type: text/plain\r\n\r\n');
      const drip = setInterval(() => socket.write('a'), 50);
      socket.on('close', () => clearInterval(drip));
    },
    '/silent': () => {},
  },
  watch: ({ said, elapsedMs }) => {
    assert.ok(
      said.every((each) => each.startsWith('refused unavailable')),
      said.join('; '),
    );
    assert.ok(elapsedMs < 9_000, `${Math.round(elapsedMs)} ms`);
  },
};
