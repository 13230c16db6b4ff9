/** What a change wrote goes back with it: what nobody has written since, and nothing else. */
import assert from 'node:assert/strict';
import { test } from 'node:test';
import { isRefusal } from '#kernel';
import { owner, type Told, type Yard } from './yard.ts';

const codes = (told: Told): readonly unknown[] => told.conflicts.map(({ code }) => code);

export function whatGoesBack(yard: Yard): void {
  test('what a changed operation wrote goes back to what stood there before its first write', async () => {
    const row = await yard.create('account', { name: 'a1', note: 'before', size: 3 });
    const change = await yard.live();
    await yard.tidy('set', row.id, 'wrong');
    await yard.tidy('set', row.id, 'worse');
    const { counts, conflicts } = await yard.revert(change);
    assert.deepEqual([counts.putBack, counts.conflicts, conflicts], [1, 0, []]);
    const now = await yard.get('account', row.id);
    assert.deepEqual([now?.['note'], now?.['size'], now?.version], ['before', 3, 4]);
    const steps = await yard.query<{ component: string; caller: string; change: string; action: string }>(
      'select component, caller, change, action from theseus.journal where row = $1 order by id desc limit 1',
      [row.id],
    );
    assert.deepEqual(steps, [{ component: 'undo/rows', caller: owner.id, change, action: 'update' }]);
  });

  test('rows that it made are deleted, those that refer to them first, and rows that it deleted are there again with their ids', async () => {
    const gone = await yard.create('account', { name: 'a2', note: 'n', level: 'high', secret: 's' });
    const part = await yard.create('entry', { account: gone.id, amount: 5, lines: [{ what: 'x', count: 1 }] });
    const change = await yard.live();
    await yard.tidy('make', null, 'made');
    await yard.tidy('clear', gone.id);
    const { counts } = await yard.revert(change);
    assert.deepEqual([counts.deleted, counts.madeAgain, counts.conflicts], [2, 2, 0]);
    const again = await yard.get('account', gone.id);
    assert.deepEqual([again?.['name'], again?.['level'], again?.['secret'], again?.version], ['a2', 'high', 's', 2]);
    const entry = await yard.get('entry', part.id);
    assert.deepEqual(entry?.['lines'], part['lines']);
    assert.equal((await yard.query("select 1 from theseus.journal where action = 'create' and after ->> 'f_aname' = 'made'")).length, 1);
  });

  test('items of a list come back with their ids and in their order', async () => {
    const account = await yard.create('account', { name: 'a3' });
    const entry = await yard.create('entry', {
      account: account.id,
      lines: [
        { what: 'one', count: 1 },
        { what: 'two', count: 2 },
      ],
    });
    const change = await yard.live();
    await yard.tidy('lines', entry.id);
    await yard.revert(change);
    assert.deepEqual((await yard.get('entry', entry.id))?.['lines'], entry['lines']);
  });

  test('what a person wrote since stays and is a conflict with both values, and the other fields of the row go back', async () => {
    const row = await yard.create('account', { name: 'a4', note: 'before' });
    const change = await yard.live();
    await yard.tidy('set', row.id, 'wrong');
    await yard.tidy('level', row.id, 'high');
    await yard.update('account', row.id, { note: 'mine' });
    const { counts, conflicts } = await yard.revert(change);
    assert.deepEqual([counts.putBack, counts.conflicts], [1, 1]);
    assert.deepEqual(conflicts[0]?.fields, [{ field: 'f_anote', before: 'before', now: 'mine' }]);
    const now = await yard.get('account', row.id);
    assert.deepEqual([now?.['note'], now?.['level']], ['mine', 'low']);
  });

  test('orders that people took meanwhile stay, and so does what untouched components wrote', async () => {
    const change = await yard.live();
    const row = await yard.create('account', { name: 'a5', note: 'mine' });
    await yard.tidy('alone', row.id, 'by outer', 'outer');
    const told = await yard.revert(change);
    assert.equal(told.counts.rows, 0);
    assert.equal((await yard.get('account', row.id))?.['note'], 'by outer');
  });

  test('what a changed operation wrote from inside an untouched one goes back', async () => {
    const row = await yard.create('account', { name: 'a6', note: 'before' });
    const change = await yard.live();
    await yard.tidy('set', row.id, 'wrong', 'outer');
    const { counts } = await yard.revert(change);
    assert.equal(counts.putBack, 1);
    assert.equal((await yard.get('account', row.id))?.['note'], 'before');
  });

  test('a row that it made and somebody wrote since stays, and says so', async () => {
    const change = await yard.live();
    await yard.tidy('make', null, 'kept');
    const [made] = await yard.query<{ row: string }>("select row from theseus.journal where after ->> 'f_aname' = 'kept'");
    await yard.update('account', made?.row ?? '', { note: 'mine' });
    const told = await yard.revert(change);
    assert.deepEqual([told.counts.deleted, codes(told)], [1, ['written-since']]);
    assert.deepEqual(told.conflicts[0]?.fields, [{ field: 'f_anote', before: null, now: 'mine' }]);
    assert.equal((await yard.get('account', made?.row ?? ''))?.['note'], 'mine');
  });

  test('a row that it made and that something refers to since stays', async () => {
    const change = await yard.live();
    await yard.tidy('make', null, 'used');
    const [made] = await yard.query<{ row: string }>("select row from theseus.journal where after ->> 'f_aname' = 'used'");
    await yard.create('entry', { account: made?.row, amount: 7 });
    const told = await yard.revert(change);
    assert.deepEqual([told.counts.deleted, codes(told)], [1, ['in-use']]);
    assert.ok((await yard.get('account', made?.row ?? '')) !== null);
  });

  test('a unique value that somebody took meanwhile is not taken from them', async () => {
    const row = await yard.create('account', { name: 'a7' });
    const change = await yard.live();
    await yard.tidy('rename', row.id, 'other');
    await yard.create('account', { name: 'a7' });
    const told = await yard.revert(change);
    assert.deepEqual([told.counts.putBack, codes(told)], [0, ['invalid']]);
    assert.match(told.conflicts[0]?.why ?? '', /not allowed|unique/);
    assert.deepEqual(told.conflicts[0]?.places, ['f_aname']);
    assert.equal((await yard.get('account', row.id))?.['name'], 'other');
  });

  test("two rows that stand in one another's way go back together with what frees their values", async () => {
    const [left, right] = [await yard.create('account', { name: 'left' }), await yard.create('account', { name: 'right' })];
    const change = await yard.live();
    await yard.tidy('rename', left.id, 'third');
    await yard.tidy('rename', right.id, 'left');
    // The row that was written last keeps the value that the first one is to have.
    await yard.tidy('set', left.id, 'later');
    const told = await yard.revert(change);
    assert.deepEqual([told.counts.putBack, told.counts.conflicts], [2, 0]);
    assert.deepEqual([(await yard.get('account', left.id))?.['name'], (await yard.get('account', right.id))?.['name']], ['left', 'right']);
  });

  test('a row that somebody deleted meanwhile stays deleted, and is told with what it would hold', async () => {
    const row = await yard.create('account', { name: 'a8', note: 'before' });
    const change = await yard.live();
    await yard.tidy('set', row.id, 'wrong');
    await yard.remove('account', row.id);
    const told = await yard.revert(change);
    assert.deepEqual(codes(told), ['gone']);
    assert.deepEqual(told.conflicts[0]?.fields, [{ field: 'f_anote', before: 'before', now: null }]);
    assert.equal(await yard.get('account', row.id), null);
  });

  test('nothing is told to reactions of what goes back', async () => {
    const row = await yard.create('account', { name: 'a9', note: 'before' });
    const change = await yard.live();
    await yard.tidy('set', row.id, 'wrong');
    const before = await yard.query('select 1 from theseus.outbox');
    await yard.revert(change);
    assert.equal((await yard.query('select 1 from theseus.outbox')).length, before.length);
  });

  test('without the word, no row is touched; the rows can follow later, and a second time nothing is done', async () => {
    const row = await yard.create('account', { name: 'a10', note: 'before' });
    const change = await yard.live();
    await yard.tidy('set', row.id, 'wrong');
    const kept = await yard.machine.rollBack(owner, { change, withLater: false });
    assert.ok(!isRefusal(kept));
    assert.equal(kept.undo, null);
    assert.equal((await yard.get('account', row.id))?.['note'], 'wrong');
    assert.equal((await yard.revert(change)).counts.putBack, 1);
    assert.equal((await yard.get('account', row.id))?.['note'], 'before');
    const again = await yard.revert(change);
    assert.deepEqual([again.counts.putBack, again.counts.asBefore], [0, 1]);
    assert.equal((await yard.get('account', row.id))?.version, 3);
  });
}
