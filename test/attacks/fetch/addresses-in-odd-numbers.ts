/**
 * Tries: the service inside by decimal, octal, hexadecimal, short and bracketed addresses, and by names that lead there.
 * Must: none is of the contract, and none is looked up.
 */
import assert from 'node:assert/strict';
import { type OutsideAttack } from '../harness/outsides.ts';

export const attack: OutsideAttack = {
  body: "for (const host of ['127.0.0.1', '2130706433', '017700000001', '0x7f000001', '0177.0.0.1', '0x7f.0.0.1', '127.1', '127.0.1', '[::1]', '[::ffff:127.0.0.1]', '[0:0:0:0:0:ffff:7f00:1]', 'localhost', 'localhost.', '127.0.0.1.', '①②⑦.⓪.⓪.①', '127。0。0。1', '169.254.169.254', '0', '0.0.0.0']) for (const scheme of ['http', 'https']) await attempt(() => fetch(scheme + '://' + host + ':' + insidePort + '/'));",
  watch: ({ said, lookedUp }) => {
    assert.equal(said.length, 38);
    assert.ok(
      said.every((each) => each.startsWith('refused')),
      said.join('; '),
    );
    assert.deepEqual(lookedUp, []);
  },
};
