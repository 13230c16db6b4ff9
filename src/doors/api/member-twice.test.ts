import assert from 'node:assert/strict';
import { test } from 'node:test';
import fc from 'fast-check';
import { memberTwice } from './member-twice.ts';

const twice = (text: string): string | null => memberTwice(text, JSON.parse(text));

test('a member that stands twice in its object is found, however it is written and however deep', () => {
  for (const [text, name] of [
    ['{"a":1,"a":2}', 'a'],
    ['{"a":1,"\\u0061":2}', 'a'],
    ['[{"b":{"c":[{"d":1 , "d" :2}]}}]', 'd'],
    ['{"__proto__":1,"__proto__":2}', '__proto__'],
    ['{"a:\\"b":1,"x":":","a:\\"b":{}}', 'a:"b'],
    ['{"":1,"":2}', ''],
    ['{"a":{"b":1},"a":{"b":1}}', 'a'],
  ] as const)
    assert.equal(twice(text), name, text);
});

test('names that stand in several objects, or in texts, are none', () => {
  for (const text of [
    '{"a":{"a":1},"b":[{"a":1},{"a":2}]}',
    '{"a":"{\\"a\\":1}","b":"a:b"}',
    '[]',
    '"a:b"',
    '{}',
    '{"__proto__":{"a":1}}',
    '{"1":1,"01":2}',
  ])
    assert.equal(twice(text), null, text);
  fc.assert(fc.property(fc.jsonValue(), (value) => assert.equal(twice(JSON.stringify(value)), null)));
});

test('a text of any depth is looked at', () => {
  const deep = `${'['.repeat(50_000)}{"a":1,"a":2}${']'.repeat(50_000)}`;
  assert.equal(twice(deep), 'a');
});
