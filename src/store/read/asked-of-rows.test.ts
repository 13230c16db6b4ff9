/** Rows are named to whoever reads of a change only where every role may read them; rows are counted only where somebody is told of it. */
import assert from 'node:assert/strict';
import { test } from 'node:test';
import type { Call } from '#kernel';
import { type Demand, linkModel } from '#model';
import { product, settings } from '../conformance/shop-model.ts';
import { prepareModel } from '../prepare/prepare-model.ts';
import { type AskedOfRows, askedOfRows } from './asked-of-rows.ts';

const fields = product.fields.map((field) => ({ ...field, required: true, unique: true }));

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
  await askedOfRows({ unkept } as never, {} as Call, prepared, { ...product, fields }, { seesAll: true, barringAlone: false });
  return [...new Set(asked)];
}

test('no row is named where a role of the system reads none', async () => {
  assert.deepEqual(await titled('viewer', true), [true]);
  assert.deepEqual(await titled('courier', false), [false]);
});

test('before the switch, rows are counted for what bars it alone', async () => {
  const counted: string[] = [];
  const unkept = async (...[, , , { asks }]: readonly [unknown, unknown, unknown, Demand]): Promise<never> => {
    counted.push(asks.kind);
    return { count: 1, titles: [] } as never;
  };
  const prepared = prepareModel(linkModel(settings, [product]));
  const ask = (now: typeof product): Promise<readonly AskedOfRows[]> =>
    askedOfRows({ unkept } as never, {} as Call, prepared, now, { seesAll: true, barringAlone: true });
  assert.equal(
    (await ask({ ...product, fields })).every(({ stay }) => !stay),
    true,
  );
  assert.deepEqual([...new Set(counted)], ['different']);
  counted.length = 0;
  assert.deepEqual(await ask({ ...product, fields: product.fields.map((field) => ({ ...field, required: true })) }), []);
  assert.deepEqual(counted, []);
});
