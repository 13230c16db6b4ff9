/** What a reaction is told of a change: no more than its contract lets it read. */
import assert from 'node:assert/strict';
import { test } from 'node:test';
import { type Capability, type Field, type Json, permanentId, type ReactionContract } from '#kernel';
import type { SystemModel } from '#model';
import { reactionGiven } from './given.ts';

const entity = permanentId('e_order');
const field = (name: string, sensitive = false): Field => ({
  id: permanentId(`f_${name}`),
  no: 1,
  name,
  type: { kind: 'integer' },
  required: false,
  unique: false,
  sensitive,
});
const model = {
  entities: [
    {
      kind: 'entity',
      id: entity,
      name: 'order',
      plural: 'orders',
      fields: [field('count'), field('margin', true)],
      retired: [],
      title: 'count',
      invariants: [],
    },
  ],
} as unknown as SystemModel;
const hears = (capabilities: readonly Capability[], happens: 'updated' | 'created' = 'updated'): ReactionContract =>
  ({ kind: 'reaction', name: 'it', on: { entity, happens }, capabilities }) as unknown as ReactionContract;
const may = (access: readonly ('read' | 'update')[], sensitive: readonly string[] = []): Capability => ({
  kind: 'data',
  entity,
  access,
  sensitive: sensitive.map((name) => permanentId(`f_${name}`)),
});
const happened = { id: 'x', at: 1, row: 'r', before: { count: 1, margin: 5, version: 1 }, after: { count: 2, margin: 6, version: 2 } };
const told = (reaction: ReactionContract): Json => {
  const { before, after } = reactionGiven(reaction, model, happened).event as { readonly [name: string]: Json };
  return [before ?? null, after ?? null];
};

test('own fields are told as they were and as they became', () => {
  assert.deepEqual(told(hears([may(['read'])])), [{ count: 1 }, { count: 2 }]);
});
test('what is sensitive is told only where the contract names it', () => {
  assert.deepEqual(told(hears([may(['read'], ['margin'])])), [
    { count: 1, margin: 5 },
    { count: 2, margin: 6 },
  ]);
});
test('who may not read the rows is told nothing of them', () => {
  assert.deepEqual(told(hears([may(['update'])])), [{}, {}]);
  assert.deepEqual(told(hears([])), [{}, {}]);
});
test('of a new row there is no before', () => {
  assert.deepEqual(told(hears([may(['read'])], 'created')), [null, null]);
});
