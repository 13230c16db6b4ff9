import assert from 'node:assert/strict';
import { test } from 'node:test';
import { linkModel, type SystemModel } from '#model';
import type { PlainRow } from '../row.ts';
import { startThrowAwayServer } from '../server/index.ts';
import { openTrialDatabase } from '../trial/trial-database.ts';
import { prepareModel } from '../prepare/prepare-model.ts';
import { binary, boolean, constant, contracts, field, ids, product, read, row, settings, shopModel, whole } from './shop-model.ts';
import { callBy, given, refused, storeConformance } from './suite.ts';

storeConformance('in a transaction of the trial database', async () => {
  const server = await startThrowAwayServer();
  const trial = await openTrialDatabase(server.url('workshop', 'theseus_trial'));
  await trial.prepare(shopModel);
  const { store, end } = await trial.begin(prepareModel(shopModel));
  const opened = {
    store,
    prepare: trial.prepare,
    close: async (): Promise<void> => {
      await end();
      await trial.close();
      await server.stop();
    },
  };
  return opened;
});

test('an id that came with another type before is made anew where no row is kept', async () => {
  const server = await startThrowAwayServer();
  const trial = await openTrialDatabase(server.url('workshop', 'theseus_trial'));
  const withColour = (kind: 'text' | 'integer'): SystemModel =>
    linkModel(
      settings,
      contracts.map((contract) =>
        contract === product ? { ...product, fields: [...product.fields, field('f_pcolour', 'colour', { kind })] } : contract,
      ),
    );
  for (const [kind, colour] of [
    ['text', 'red'],
    ['integer', 7],
    ['text', 'blue'],
  ] as const) {
    const model = withColour(kind);
    await trial.prepare(model);
    const prepared = prepareModel(model);
    const { store, end } = await trial.begin(prepared);
    const written = await store.write(callBy(), prepared, {}, (tx) => tx.create(ids.product, { sku: 's', name: 'Tea', price: 1, colour }));
    assert.equal((given(written).value as PlainRow)['colour'], colour);
    // What a commit would have told is told, and nothing of what was refused.
    refused(await store.write(callBy(), prepared, {}, (tx) => tx.create(ids.product, { sku: 's', name: 'Tea', price: 1 })), 'invalid');
    assert.deepEqual([store.journal.length, store.outbox.length], [1, 1]);
    await end();
  }
  await trial.close();
  await server.stop();
});

test('what one candidate promises of rows holds its own rows in its own words, and those of no other', async () => {
  const server = await startThrowAwayServer();
  const trial = await openTrialDatabase(server.url('workshop', 'theseus_trial'));
  const holds = binary('less', read(row(ids.product), 'stock', 'f_pstock', { ...whole, optional: true }), constant(whole, 10), boolean);
  const promising = linkModel(
    settings,
    contracts.map((contract) =>
      contract === product ? { ...product, invariants: [{ name: 'few', holds, message: 'there are few of each' }] } : contract,
    ),
  );
  for (const model of [promising, shopModel, promising]) {
    await trial.prepare(model);
    const prepared = prepareModel(model);
    const { store, end } = await trial.begin(prepared);
    const create = (stock: number) =>
      store.write(callBy(), prepared, {}, (tx) => tx.create(ids.product, { sku: 's', name: 'Tea', price: 1, stock }));
    if (model === promising) assert.equal(refused(await create(10), 'invalid').why, 'there are few of each.');
    else given(await create(11));
    await end();
  }
  await trial.close();
  await server.stop();
});
