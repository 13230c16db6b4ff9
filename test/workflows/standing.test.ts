/** Rows that were there before: a workflow that comes to them, one that goes, and one that names other states than they stand in. */
import assert from 'node:assert/strict';
import { after, test } from 'node:test';
import { entityNamed, type SystemModel } from '#model';
import { readSystem } from '#model/read';
import type { SourceFiles } from '#model';
import { strandedIn } from '../../src/machine/stranded.ts';
import { openBench, owner } from '../unasked/bench.ts';
import { parcels } from './parcels.ts';

const bench = await openBench();
after(() => bench.close());

const path = 'workflows/parcel.ts';
/** Nothing governs the state. */
const { [path]: text = '', ...without } = parcels();
/** The workflow without its states held and lost: rows can go from packed to sent alone. */
const smaller: SourceFiles = {
  ...without,
  [path]: text
    .split('\n')
    .filter((line) => !/t_hold|t_free|t_lost|t_lose/.test(line))
    .join('\n')
    .replace("['sent', 'lost']", "['sent']"),
};
delete (smaller as { [path: string]: string })['operations/give-up-parcel.ts'];
function modelOf(files: SourceFiles): SystemModel {
  const reading = readSystem(files);
  assert.ok(reading.ok, JSON.stringify(reading));
  return reading.model;
}
const strandedBy = async (files: SourceFiles): Promise<readonly string[]> =>
  (await strandedIn(bench.calls, bench.running(), modelOf(files))).map(({ why }) => why);

test('rows keep what they have when a workflow comes, and go on from there; what it does not name is told with how many stand there', async () => {
  await bench.serve(without);
  const made = async (state: string | null): Promise<string> => (await bench.create('parcel', { label: 'Tea', grams: 5, state })).id;
  const [held, sent, none] = [await made('held'), await made('sent'), await made(null)];
  await made('held');
  await made('lost');
  assert.deepEqual(await strandedBy(parcels()), []);
  assert.deepEqual(await strandedBy(smaller), [
    '2 parcels stand in held, which the workflow parcel does not name',
    '1 parcel stands in lost, which the workflow parcel does not name',
  ]);

  await bench.serve(parcels());
  assert.deepEqual(await Promise.all([held, sent, none].map(async (id) => (await bench.get('parcel', id))['state'])), [
    'held',
    'sent',
    null,
  ]);
  await assert.rejects(bench.update('parcel', none, { state: 'sent' }), /is in no state and cannot become sent. It begins as packed/);
  assert.equal((await bench.update('parcel', none, { state: 'packed' }))['state'], 'packed');
  assert.equal((await bench.update('parcel', held, { state: 'packed' }))['state'], 'packed');
  await assert.rejects(
    bench.update('parcel', sent, { state: 'packed' }),
    /is sent and cannot become packed. No way is open to you from there/,
  );
});

test('going back to a workflow that does not name a state strands no reader: rows are read and altered, and stay where they are', async () => {
  await bench.serve(parcels());
  const { id } = await bench.create('parcel', { label: 'Tea', grams: 5 });
  await bench.update('parcel', id, { state: 'held' });
  assert.match((await strandedBy(smaller)).join(), /stands? in held, which the workflow parcel does not name/);
  await bench.serve(smaller);
  assert.equal((await bench.update('parcel', id, { label: 'Coffee' }))['state'], 'held');
  await assert.rejects(
    bench.update('parcel', id, { state: 'packed' }),
    /is held and cannot become packed. No way is open to you from there/,
  );
  assert.deepEqual(await strandedBy(smaller), [], 'a workflow that serves already is not asked again');
  await bench.serve(parcels());
  assert.equal((await bench.update('parcel', id, { state: 'packed' }))['state'], 'packed');
});

test('a state that came with a change that was taken back is kept under the rows, and cannot be written over', async () => {
  const base = parcels();
  const more = {
    ...base,
    'entities/parcel.ts': (base['entities/parcel.ts'] ?? '').replace("lost: 'c_lost'", "lost: 'c_lost', burnt: 'c_burn'"),
    [path]: text
      .replace('transitions: [', "transitions: [\n    { id: 't_burn', name: 'burn', from: ['packed'], to: 'burnt' },")
      .replace("'lost']", "'lost', 'burnt']"),
  };
  await bench.serve(more);
  const { id } = await bench.create('parcel', { label: 'Tea', grams: 5 });
  await bench.update('parcel', id, { state: 'burnt' });
  assert.ok((await strandedBy(base)).includes('1 parcel stands in burnt, which the workflow parcel does not name'));
  await bench.serve(base);
  assert.equal((await bench.update('parcel', id, { label: 'Ash' }))['state'], null);
  await assert.rejects(bench.update('parcel', id, { state: 'packed' }), /is in a state that the generation that serves does not know/);
  await bench.serve(more);
  assert.equal((await bench.get('parcel', id))['state'], 'burnt');
});

test('going back to where there was none leaves the choice open again', async () => {
  await bench.serve(parcels());
  const { id } = await bench.create('parcel', { label: 'Tea', grams: 5 });
  await bench.serve(without);
  const entity = entityNamed(bench.running().model, 'parcel') ?? assert.fail();
  const { value } = await bench.calls.update(bench.running(), entity, id, { state: 'sent' }, { caller: owner });
  assert.equal((value as { readonly state?: unknown }).state, 'sent');
});
