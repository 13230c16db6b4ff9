/** Writes that leave with the commit: what they find out only then is told to the body all the same, in a run that asks. */
import assert from 'node:assert/strict';
import { randomUUIDv7 } from 'node:crypto';
import { after, before, test } from 'node:test';
import { type Call, type EntityContract, isRefusal, type Refusal } from '#kernel';
import { linkModel } from '#model';
import { type PostgresStore, postgresStore } from '../conformance/postgres-store.ts';
import { callBy, given, refused } from '../conformance/suite.ts';
import { contracts, field, id, ids, settings } from '../conformance/shop-model.ts';
import { isFencedOut } from '../fenced-out.ts';
import { prepareModel } from '../prepare/prepare-model.ts';
import type { PlainRow } from '../row.ts';
import type { WriteTransaction } from './transaction.ts';

/** A note refers to a product, and no rule follows the reference. */
const noteId = id('e_note');
const note: EntityContract = {
  kind: 'entity',
  id: noteId,
  name: 'note',
  plural: 'notes',
  title: 'text',
  retired: [],
  invariants: [],
  fields: [
    field('f_ntext', 'text', { kind: 'text' }, { required: true }),
    field('f_nprod', 'about', { kind: 'reference', to: ids.product }),
    field('f_nnote', 'answers', { kind: 'reference', to: noteId }),
  ],
};
const model = linkModel(settings, [...contracts, note]);
const prepared = prepareModel(model);

let shop: PostgresStore;
let product: PlainRow;
before(async () => {
  shop = await postgresStore(8);
  await shop.prepare(model);
  product = given(await write((tx) => tx.create(ids.product, { sku: 'tea', name: 'Tea', price: 450, stock: 10 })));
});
after(async () => shop.close());

async function write<Value>(body: (tx: WriteTransaction) => Promise<Value | Refusal>, call: Call = callBy()): Promise<Value | Refusal> {
  const written = await shop.store.write(call, prepared, {}, body);
  return isRefusal(written) ? written : written.value;
}
const notes = async (text: string): Promise<number> =>
  Number((await shop.owner.query('select count(*)::int as n from e.e_note where f_ntext = $1', [text])).rows[0].n);

test('a row and one that refers to it, made in one call, are both there', async () => {
  const [first, second] = given(
    await write(async (tx) => {
      const one = given(await tx.create(noteId, { text: 'first', about: product.id }));
      return [one, given(await tx.create(noteId, { text: 'second', answers: one.id }))] as const;
    }),
  );
  assert.equal(given(await shop.store.read.get(callBy(), prepared, noteId, second.id))['answers'], first.id);
});

test('a reference to what is not there is told to the body in a second run, which may go on without it', async () => {
  const told: string[] = [];
  const answer = await write(async (tx) => {
    given(await tx.create(noteId, { text: 'kept' }));
    const made = await tx.create(noteId, { text: 'lost', about: randomUUIDv7() });
    told.push(isRefusal(made) ? made.code : 'made');
    return 'done';
  });
  assert.equal(answer, 'done');
  assert.deepEqual([told[0], told.at(-1)], ['made', 'invalid']);
  assert.deepEqual([await notes('kept'), await notes('lost')], [1, 0]);
});

test('a body that answers with such a row is refused by its place, and leaves nothing', async () => {
  const refusal = refused(
    await write(async (tx) => {
      given(await tx.update(ids.product, product.id, { stock: 1 }));
      return tx.create(noteId, { text: 'refused', about: randomUUIDv7() });
    }),
    'invalid',
  );
  assert.deepEqual(Object.keys((refusal.evidence as { readonly fields: object }).fields), ['about']);
  assert.equal(await notes('refused'), 0);
  assert.equal(given(await shop.store.read.get(callBy(), prepared, ids.product, product.id))['stock'], 10);
});

test('what was deleted in the same call cannot be referred to, though it was read before', async () => {
  const gone = given(await write((tx) => tx.create(ids.product, { sku: 'gone', name: 'Gone', price: 1 })));
  refused(
    await write(async (tx) => {
      given(await tx.get(ids.product, gone.id));
      given(await tx.delete(ids.product, gone.id));
      return tx.create(noteId, { text: 'of gone', about: gone.id });
    }),
    'invalid',
  );
  assert.equal(await notes('of gone'), 0);
});

test('a row that others delete while a call that read it comes to refer to it: one of the two is refused', async () => {
  for (let round = 0; round < 8; round += 1) {
    const gone = given(await write((tx) => tx.create(ids.product, { sku: `gone ${round}`, name: 'Gone', price: 1 })));
    const results = await Promise.all([
      write(async (tx) => {
        const read = await tx.get(ids.product, gone.id);
        return isRefusal(read) ? read : tx.create(noteId, { text: `of ${round}`, about: gone.id });
      }),
      write((tx) => tx.delete(ids.product, gone.id)),
    ]);
    assert.equal(results.filter(isRefusal).length, 1);
  }
});

test('nothing is answered to the body of a closed activation, and nothing of it is left', async () => {
  await shop.kernel.query("insert into theseus.live (activation, generation, state) values (17, 'old', 'closed')");
  let went = false;
  await assert.rejects(
    write(
      async (tx) => {
        given(await tx.create(noteId, { text: 'closed' }));
        went = true;
        return null;
      },
      callBy(['manager'], { activation: 17 }),
    ),
    isFencedOut,
  );
  assert.equal(went, false);
  assert.equal(await notes('closed'), 0);
});

test('a key that another call used meanwhile undoes what was held, and is answered as that call was', async () => {
  const keyed = (): ReturnType<typeof shop.store.write<PlainRow>> =>
    shop.store.write(callBy(), prepared, { idempotency: { operation: 'call o_note', key: 'one', body: 'b' } }, (tx) =>
      tx.create(noteId, { text: 'keyed' }),
    );
  const values = (await Promise.all(Array.from({ length: 6 }, keyed))).map((result) => given(result));
  assert.equal(values.filter(({ replayed }) => !replayed).length, 1);
  assert.equal(new Set(values.map(({ value }) => value.id)).size, 1);
  assert.equal(await notes('keyed'), 1);
});
