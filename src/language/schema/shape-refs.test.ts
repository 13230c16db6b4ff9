/** A shape that is named once is everywhere what it stands for, and no name makes a shape endless. */
import assert from 'node:assert/strict';
import { test } from 'node:test';
import type { Json } from '#kernel';
import { plainShape, refProblem, statedShape, writtenOut } from './shape-refs.ts';

const shapes: { readonly [name: string]: Json } = {
  'article.card': { type: 'object', properties: { title: { type: 'string' }, author: { $ref: 'person.card' } } },
  'person.card': { type: 'object', properties: { name: { type: 'string' } } },
  'a.a': { type: 'object', properties: { b: { $ref: 'b.b' } } },
  'b.b': { type: 'array', items: { $ref: 'a.a' } },
};
const look = (ref: string): Json | undefined => shapes[ref];

test('names are written out, and read back as they were stated', () => {
  const stated: Json = { type: 'array', items: { $ref: 'article.card' } };
  const made = writtenOut(stated, look);
  assert.ok('shape' in made);
  const person = { type: 'object', properties: { name: { type: 'string' } } };
  assert.deepEqual(plainShape(made.shape), {
    type: 'array',
    items: { type: 'object', properties: { title: { type: 'string' }, author: person } },
  });
  assert.deepEqual(statedShape(made.shape), stated);
  const open = writtenOut({ properties: { by: { $ref: 'person.card', nullable: true } } }, look);
  assert.ok('shape' in open);
  assert.deepEqual(plainShape(open.shape), { properties: { by: { ...person, type: ['object', 'null'] } } });
  assert.deepEqual(statedShape(open.shape), { properties: { by: { $ref: 'person.card', nullable: true } } });
});

test('a shape that holds itself, or grows without end, is refused', () => {
  const own = writtenOut({ $ref: 'a.a' }, look);
  assert.ok('problem' in own && /a\.a would hold itself, by way of a\.a, b\.b, a\.a/.test(own.problem));
  const doubling = (ref: string): Json | undefined => {
    const at = Number(/^x\.l(\d+)$/.exec(ref)?.[1]);
    return at > 0 ? { properties: { a: { $ref: `x.l${at - 1}` }, b: { $ref: `x.l${at - 1}` } } } : { type: 'string' };
  };
  const grown = writtenOut({ $ref: 'x.l40' }, doubling);
  assert.ok('problem' in grown && /at most 2000 parts/.test(grown.problem));
});

test('a name stands alone and is one of a shape of an entity', () => {
  for (const good of [{ $ref: 'article.card' }, { $ref: 'article.card', nullable: true }, { type: 'string' }])
    assert.equal(refProblem(good), undefined);
  for (const bad of [
    { $ref: 'card' },
    { $ref: '#/components/schemas/Card' },
    { $ref: 3 },
    { $ref: 'a.b', type: 'object' },
    { $ref: 'a.b', nullable: false },
    { type: 'string', nullable: true },
  ])
    assert.notEqual(refProblem(bad), undefined, JSON.stringify(bad));
});
