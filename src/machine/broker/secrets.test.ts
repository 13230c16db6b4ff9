import assert from 'node:assert/strict';
import { test } from 'node:test';
import { hashSecret, isSecret } from './secrets.ts';

/** Of two to this power: long enough to be told from no work at all. */
const cost = 13;

test('a secret is known again, and another one, another spelling or a broken hash is not', async () => {
  const kept = String(await hashSecret('a secret \u00e9', cost));
  assert.equal(await isSecret('a secret \u00e9', kept, cost), true);
  assert.equal(await isSecret('a secret e\u0301', kept, cost), true, 'two ways to write one letter are one secret');
  for (const wrong of ['', 'A secret \u00e9', 'a secret e', 'a secret \u00e9 '])
    assert.equal(await isSecret(wrong, kept, cost), false, wrong);
  for (const broken of [undefined, '', 'scrypt', 'scrypt$13$', kept.slice(0, -20)])
    assert.equal(await isSecret('a secret \u00e9', broken, cost), false);
});

test('whether somebody is there cannot be told from how long the answer takes', async () => {
  const kept = String(await hashSecret('a secret', cost));
  const shortest = { there: Infinity, nobody: Infinity };
  for (let round = 0; round < 7; round += 1)
    for (const [who, hash] of [
      ['there', kept],
      ['nobody', undefined],
    ] as const) {
      const began = performance.now();
      assert.equal(await isSecret('another', hash, cost), false);
      shortest[who] = Math.min(shortest[who], performance.now() - began);
    }
  const ratio = shortest.nobody / shortest.there;
  assert.ok(ratio > 0.5 && ratio < 2, `${shortest.nobody.toFixed(2)} ms for nobody, ${shortest.there.toFixed(2)} ms for a wrong secret`);
});
