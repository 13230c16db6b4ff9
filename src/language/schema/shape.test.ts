import assert from 'node:assert/strict';
import { test } from 'node:test';
import fc from 'fast-check';
import type { Json } from '#kernel';
import { leastOf, misfits, shapeProblem } from './shape.ts';

const pet: Json = {
  type: 'object',
  required: ['name'],
  additionalProperties: false,
  properties: {
    name: { type: 'string', minLength: 1, maxLength: 3 },
    age: { type: ['integer', 'null'], minimum: 0, maximum: 30 },
    tags: { type: 'array', minItems: 1, maxItems: 2, items: { enum: ['a', 'b'] } },
    mail: { type: 'string', format: 'email' },
  },
};

test('what fits has no misfit, and each misfit names its place', () => {
  assert.deepEqual(misfits(pet, { name: 'Rex', age: null, tags: ['a'], mail: 'ada@example.org' }), {});
  assert.deepEqual(misfits(pet, { name: '', age: 31.5, tags: ['c', 'a', 'b'], mail: 'x', more: 1 }), {
    name: 'must not be empty',
    age: 'must be integer or null',
    tags: 'must have at most 2 items',
    'tags[0]': 'must be one of "a", "b"',
    mail: 'must be of the format email',
    more: 'is not a member of this',
  });
  assert.deepEqual(misfits(pet, {}), { name: 'is required' });
  assert.deepEqual(misfits(pet, [] as unknown as Json), { '': 'must be object' });
  assert.deepEqual(misfits({ const: 1 }, 2), { '': 'must be 1' });
  assert.deepEqual(misfits({ type: 'object', additionalProperties: { type: 'string' } }, { a: 1 }), { a: 'must be string' });
});

test('numbers keep off an open bound and within their format, and a list holds nothing twice where it says so', () => {
  const price: Json = { type: 'number', format: 'double', exclusiveMinimum: 0, exclusiveMaximum: 10 };
  assert.deepEqual(
    [misfits(price, 0)[''], misfits(price, 10)[''], misfits(price, 0.5)['']],
    ['must be more than 0', 'must be less than 10', undefined],
  );
  assert.deepEqual(misfits(price, leastOf(price)), {});
  assert.deepEqual(misfits({ type: 'integer', format: 'int32' }, 2 ** 31), { '': 'must be a whole number of 32 bits' });
  assert.deepEqual(misfits({ type: 'array', uniqueItems: true }, [1, { a: 1 }, { a: 1 }]), { '': 'must not hold the same twice' });
});

test('a shape that could not be held is refused when it is stated', () => {
  assert.equal(shapeProblem(pet), undefined);
  assert.equal(shapeProblem(true), undefined);
  for (const [shape, why] of [
    [{ pattern: '^a' }, /pattern cannot be held/],
    [{ properties: { a: { oneOf: [] } } }, /oneOf cannot be held/],
    [{ type: 'text' }, /type is one of/],
    [{ format: 'ipv4' }, /format is one of/],
    [{ required: [1] }, /required is a list of names/],
    [{ minimum: '1' }, /minimum is a number/],
    [{ properties: [] }, /properties is an object/],
    [7, /a shape is an object/],
    [Array.from({ length: 20 }).reduce<Json>((inner) => ({ items: inner }), true), /nested at most/],
  ] as const)
    assert.match(shapeProblem(shape as Json) ?? '', why, JSON.stringify(shape));
});

test('the smallest value fits its shape, and no JSON makes it throw', () => {
  assert.deepEqual(misfits(pet, leastOf(pet)), {});
  fc.assert(fc.property(fc.jsonValue(), (value) => Object.keys(misfits(pet, value as Json)).length >= 0));
  const odd = misfits(pet, JSON.parse('{"name":"a","__proto__":{},"constructor":1,"toString":2}') as Json);
  assert.deepEqual(Object.keys(odd).sort(), ['__proto__', 'constructor', 'toString']);
});

test('only a text can be a password, since only a text can have a stand-in', () => {
  assert.equal(shapeProblem({ type: 'string', format: 'password' }), undefined);
  assert.equal(shapeProblem({ type: ['string', 'null'], format: 'password' }), undefined);
  for (const shape of [
    { format: 'password' },
    { type: ['string', 'integer'], format: 'password' },
    { type: 'integer', format: 'password' },
  ])
    assert.equal(shapeProblem({ type: 'object', properties: { pin: shape } }), "what has the format password is a text: type is 'string'");
  assert.equal(shapeProblem({ type: 'string', format: 'password', enum: ['a'] }), 'a password is not chosen from a list');
});
