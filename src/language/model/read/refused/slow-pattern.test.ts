import assert from 'node:assert/strict';
import { test } from 'node:test';
import { slowPattern } from './slow-pattern.ts';

/** Patterns that honest programs have. */
const accepted: readonly RegExp[] = [
  /^[a-z0-9]+(?:-[a-z0-9]+)*$/,
  /^\d{4}-\d{2}-\d{2}$/,
  /^\d{4}-\d{2}-\d{2}T\d{2}:\d{2}(?::\d{2}(?:\.\d{1,3})?)?Z$/,
  /^[^\s@]+@[^\s@]+\.[^\s@]+$/,
  /^[A-Z]{2}\d{2}(?: ?[A-Z0-9]{4}){2,7}(?: ?[A-Z0-9]{1,3})?$/,
  /^\s*(.*?)\s*$/,
  /\s+/g,
  /[^\w-]/giu,
  /^(?:\+\d{1,3} )?\d[\d /-]{4,20}$/,
  /^(?=.*[a-z])(?=.*\d).{8,64}$/,
  /^(\d+),(\d+)$/,
  /^(?:jpe?g|png|gif|webp)$/i,
  /^"(?:[^"\\]|\\.)*"$/,
  /^(?:[a-z]+\.)+[a-z]{2,}$/,
  /^#(?:[0-9a-f]{3}){1,2}$/i,
  /^\p{L}[\p{L}\p{N} .'-]*$/u,
  /^(?:(?:25[0-5]|2[0-4]\d|1?\d?\d)(?:\.(?!$)|$)){4}$/,
  /./,
  /(?<year>\d{4})(?<month>\d\d)/,
];
/** Patterns known to explode, or close relatives of such. */
const refused: readonly (readonly [RegExp, RegExp])[] = [
  [/^(a+)+$/, /several ways/],
  [/^(a*)*$/, /several ways/],
  [/^(a|a)*$/, /several ways/],
  [/^(a|aa)+$/, /several ways/],
  [/^(a|a?)+$/, /several ways/],
  [/^(.*a){10,}$/, /several ways/],
  [/^([a-zA-Z0-9])(([-.]|[_]+)?([a-zA-Z0-9]+))*(@){1}[a-z0-9]+[.]{1}(([a-z]{2,3})|([a-z]{2,3}[.]{1}[a-z]{2,3}))$/, /several ways/],
  [/^(\w+\s?)*$/, /several ways/],
  [/(x+x+)+y/, /several ways/],
  [/^(([a-z])+.)+[A-Z]([a-z])+$/, /several ways/],
  [/^(?:(?:a|b)*c?)*$/i, /several ways/],
  [/^([A-Z]|k)+$/i, /several ways/],
  [/^(?=(a+)+b)x/, /several ways/],
  [/^(\d{1,3}|\d)*;/, /several ways/],
  [/.*a.*b.*c.*d/, /compete/],
  [/^\s*\s*\s*\s*x/, /compete/],
  [/^(a)\1+$/, /reference back/],
  [/(?<w>a)\k<w>/, /reference back/],
  [/[[a-z]--[aeiou]]/v, /class of classes/],
];

for (const pattern of accepted)
  test(`accepted: ${String(pattern)}`, () => assert.equal(slowPattern(pattern.source, pattern.flags), undefined));
for (const [pattern, why] of refused)
  test(`refused: ${String(pattern)}`, () => assert.match(slowPattern(pattern.source, pattern.flags) ?? '', why));

test('whatever the pattern, it is read or refused; and one that is taken is quick on texts that make others explode', () => {
  const parts = ['a', 'b', '[ab]', '.', 'a?', '(?:a|b)', '(?:ab|a)', '\\w', '(?:a+)', '(?:a*b)', '\\s*'];
  const counts = ['', '*', '+', '?', '{2,}', '{2}'];
  let taken = 0;
  for (const one of parts)
    for (const inner of counts)
      for (const two of parts)
        for (const outer of ['*', '+', '{2,}']) {
          if (inner !== '' && /[*+?]$/.test(one)) continue;
          const source = `^(?:${one}${inner}${two})${outer}$`;
          if (slowPattern(source, '') !== undefined) continue;
          taken += 1;
          const began = performance.now();
          for (const text of ['a'.repeat(28), 'ab'.repeat(14), 'aab'.repeat(9)]) new RegExp(source).test(`${text}!`);
          assert.ok(performance.now() - began < 200, source);
        }
  assert.ok(taken > 100, String(taken));
});
