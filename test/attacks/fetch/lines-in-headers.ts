/**
 * Tries: line ends in names and values of headers, also as letters that lose their upper bits on the wire.
 * Must: no header is written that was not judged.
 */
import assert from 'node:assert/strict';
import { type OutsideAttack } from '../harness/outsides.ts';

export const attack: OutsideAttack = {
  body: "for (const value of ['a\\r\\nx-injected: 1', 'a\\nx-injected: 1', 'a\\u010d\\u010ax-injected: 1', 'a\\u0000', 'a\\u560d\\u560ax-injected: 1', 'a\\u2028x-injected: 1']) await attempt(() => fetch(api + '/', { headers: { 'x-note': value } })); for (const name of ['x-a\\r\\nx-injected', 'x-a:', 'x-a: b\\r\\nx-injected', 'x-\\u010ax-injected']) await attempt(() => fetch(api + '/', { headers: { [name]: '1' } }));",
  watch: ({ said, heard }) => {
    assert.ok(
      said.every((each) => each.startsWith('refused')),
      said.join('; '),
    );
    assert.doesNotMatch(heard.join(''), /x-injected/);
  },
};
