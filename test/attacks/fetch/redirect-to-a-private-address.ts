/**
 * Tries: to be led from a granted host to an address inside, by each status that leads on.
 * Must: none is followed.
 */
import assert from 'node:assert/strict';
import { moved, type OutsideAttack } from '../harness/outsides.ts';

export const attack: OutsideAttack = {
  body: "for (const path of ['/301', '/302', '/303', '/307', '/308']) await attempt(() => fetch(api + path));",
  pages: Object.fromEntries(
    ['301', '302', '303', '307', '308'].map((status) => [
      `/${status}`,
      (socket, { insidePort }) => void socket.end(moved(`http://127.0.0.1:${insidePort}/`, `${status} Moved`)),
    ]),
  ),
  watch: ({ said, heard }) => {
    assert.equal(heard.length, 5);
    assert.ok(
      said.every((each) => /refused forbidden .*leads on to 127/.test(each)),
      said.join('; '),
    );
  },
};
