import assert from 'node:assert/strict';
import { test } from 'node:test';
import type { EntityContract } from '#kernel';
import { linkModel } from '#model';
import { callBy } from '../conformance/suite.ts';
import { contracts, id, ids, settings, shopModel } from '../conformance/shop-model.ts';
import { prepareModel } from '../prepare/prepare-model.ts';
import { cursorsOf } from './cursor.ts';
import { readerOver } from './reader.ts';

const byStock = linkModel(
  settings,
  contracts.map((contract): typeof contract =>
    contract.kind === 'entity' && contract.name === 'product'
      ? ({ ...contract, indexes: [{ filter: [], sort: [{ field: id('f_pstock'), descending: false }] }] } as EntityContract)
      : contract,
  ),
);

test('with other indexes a list is another statement: no connection keeps to a plan from before there was one', async () => {
  const texts: string[] = [];
  const reader = readerOver(async (_call, { text }) => {
    texts.push(text);
    return { rows: [], count: 0, command: '' };
  }, cursorsOf('test'));
  for (const model of [shopModel, byStock, byStock, shopModel])
    await reader.list(callBy(), prepareModel(model), ids.product, { sort: 'stock' });
  const [without, having, again, back] = texts;
  assert.notEqual(having, without);
  assert.equal(having?.replace(/ \/\* [0-9a-f]{12} \*\/$/, ''), without);
  assert.equal(again, having);
  assert.equal(back, without);
});
