/**
 * Tries: other ports of a host that is granted with one: the service inside listens there.
 * Must: a port is part of what is granted.
 */
import assert from 'node:assert/strict';
import { type OutsideAttack } from '../harness/outsides.ts';

export const attack: OutsideAttack = {
  body: "for (const tail of [':' + insidePort, '', ':0', ':65536', ':0' + insidePort, ':' + insidePort + ':' + port]) await attempt(() => fetch('http://api.test' + tail + '/'));",
  watch: ({ said, heard }) => {
    assert.ok(
      said.every((each) => each.startsWith('refused')),
      said.join('; '),
    );
    assert.deepEqual(heard, []);
  },
};
