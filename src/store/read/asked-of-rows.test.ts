/** Rows are named to whoever reads of a change only where every role may read them. */
import assert from 'node:assert/strict';
import { test } from 'node:test';
import type { Call } from '#kernel';
import { linkModel } from '#model';
import { product, settings } from '../conformance/shop-model.ts';
import { prepareModel } from '../prepare/prepare-model.ts';
import { askedOfRows } from './asked-of-rows.ts';

async function titled(name: string, read: boolean): Promise<readonly boolean[]> {
  const roles = [
    { name: 'owner', read: true, write: true, sensitive: true },
    { name, read, write: false, sensitive: false },
  ];
  const prepared = prepareModel(linkModel({ ...settings, roles }, [product]));
  const asked: boolean[] = [];
  const unkept = async (...[, , , , isTitled]: readonly unknown[]): Promise<never> => {
    asked.push(isTitled === true);
    return { count: 0, titles: [] } as never;
  };
  const fields = product.fields.map((field) => ({ ...field, required: true, unique: true }));
  await askedOfRows({ unkept } as never, {} as Call, prepared, { ...product, fields }, true);
  return [...new Set(asked)];
}

test('no row is named where a role of the system reads none', async () => {
  assert.deepEqual(await titled('viewer', true), [true]);
  assert.deepEqual(await titled('courier', false), [false]);
});
