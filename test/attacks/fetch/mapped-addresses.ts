/**
 * Tries: IPv4 inside IPv6: mapped, compatible, of translators, 6to4, and with a zone.
 * Must: each counts as what it leads to.
 */
import assert from 'node:assert/strict';
import { type OutsideAttack } from '../harness/outsides.ts';

export const attack: OutsideAttack = {
  body: "for (let each = 0; each < 9; each += 1) await attempt(() => fetch('https://public.test/' + each));",
  resolve: (_name, turn) => [
    {
      address:
        [
          '::ffff:127.0.0.1',
          '::ffff:7f00:1',
          '::127.0.0.1',
          '64:ff9b::7f00:1',
          '2002:7f00:1::1',
          'fe80::1%lo',
          '::',
          '::ffff:169.254.169.254',
          'fd00:ec2::254',
        ][turn - 1] ?? '::1',
      family: 6,
    },
  ],
  watch: ({ said, lookedUp }) => {
    assert.equal(lookedUp.length, 9);
    assert.ok(
      said.every((each) => /^refused forbidden .*(inside|never connected to)/.test(each)),
      said.join('; '),
    );
  },
};
