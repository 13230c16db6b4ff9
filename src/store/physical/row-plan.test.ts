import assert from 'node:assert/strict';
import { test } from 'node:test';
import type { EntityContract } from '#kernel';
import { linkModel } from '#model';
import { contracts, customer, field, ids, orderEntity, settings, shopModel } from '../conformance/shop-model.ts';
import { prepareModel } from '../prepare/prepare-model.ts';

const changed = (entity: EntityContract, change: (entity: EntityContract) => EntityContract): ReturnType<typeof prepareModel> =>
  prepareModel(
    linkModel(
      settings,
      contracts.map((contract) => (contract === entity ? change(entity) : contract)),
    ),
  );

test('a view is named by its entity and the digest of its shape, and equal shapes share it', () => {
  const view = prepareModel(shopModel).row(ids.order).viewName;
  assert.match(view, /^e_order_[0-9a-f]{16}$/);
  assert.equal(prepareModel(linkModel(settings, contracts)).row(ids.order).viewName, view);
});
test('a renamed field makes another view over the same columns', () => {
  const renamed = changed(customer, (entity) => ({
    ...entity,
    fields: entity.fields.map((one) => (one.name === 'email' ? { ...one, name: 'mail' } : one)),
  }));
  const before = prepareModel(shopModel);
  assert.notEqual(renamed.row(ids.customer).viewName, before.row(ids.customer).viewName);
  assert.deepEqual(renamed.row(ids.customer).tableColumns, before.row(ids.customer).tableColumns);
  assert.equal(renamed.row(ids.product).viewName, before.row(ids.product).viewName);
});
test('a rule that only checks makes no other view', () => {
  const free = changed(orderEntity, (entity) => ({ ...entity, invariants: [] }));
  assert.equal(free.row(ids.order).viewName, prepareModel(shopModel).row(ids.order).viewName);
});
test('a formula changed elsewhere makes another view of what derives from it', () => {
  const free = changed(orderEntity, (entity) => ({
    ...entity,
    fields: entity.fields.map((one) =>
      one.name === 'total'
        ? {
            ...one,
            derived: {
              mode: 'live',
              formula: { node: 'constant', type: { kind: 'number', scale: 2, money: true, optional: false }, value: 0 },
            } as const,
          }
        : one,
    ),
  }));
  assert.notEqual(free.row(ids.customer).viewName, prepareModel(shopModel).row(ids.customer).viewName);
});
test('a chain of derived fields stays small: each is computed once', () => {
  const money = { kind: 'number', scale: 2, money: true, optional: false } as const;
  const row = { node: 'input', name: 'row', type: { kind: 'row', of: ids.customer, optional: false } } as const;
  const chain = Array.from({ length: 20 }, (_, index) => {
    const before =
      index === 0
        ? ({ node: 'constant', type: money, value: 1 } as const)
        : ({ node: 'field', of: row, field: `d${index - 1}`, id: `f_chain${index - 1}`, type: money } as never);
    return field(
      `f_chain${index}`,
      `d${index}`,
      { kind: 'money' },
      { derived: { mode: 'live', formula: { node: 'binary', op: 'add', left: before, right: before, type: money } } },
    );
  });
  const long = changed(customer, (entity) => ({ ...entity, fields: [...entity.fields, ...chain] }));
  assert.ok(long.row(ids.customer).viewText.length < 60_000, String(long.row(ids.customer).viewText.length));
});
