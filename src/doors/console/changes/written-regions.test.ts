import assert from 'node:assert/strict';
import { test } from 'node:test';
import { regionsOf } from './written-regions.ts';

test('a region that is written out can be altered before it is asked again; one that a sentence states cannot', () => {
  const everyRow = { node: 'constant', type: { kind: 'boolean', optional: false }, value: true } as const;
  const scope = { components: [], members: [], regions: { 'rule/discount': 'order.paid', 'entity/order#field/total': everyRow } };
  const understanding = { echo: [], notes: [], risk: 'medium', scope } as const;
  assert.deepEqual(regionsOf({ understanding }), { 'rule/discount': 'order.paid' });
  assert.deepEqual(regionsOf({ understanding: null }), {});
});
