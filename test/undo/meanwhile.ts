/** What happens while rows go back: others write, kernels die, calls of what was left are still under way. */
import assert from 'node:assert/strict';
import { test } from 'node:test';
import { isRefusal } from '#kernel';
import type { MachineProcess } from '#machine';
import { owner, type Yard } from './yard.ts';

export function meanwhile(yard: Yard): void {
  const begin = async (machine: MachineProcess, change: string): Promise<string> => {
    const done = await machine.rollBack(owner, { change, withLater: false, data: 'revert' });
    assert.ok(!isRefusal(done) && done.undo !== null);
    return done.undo;
  };

  test('who writes a row between the look at its history and its way back is not overwritten', async () => {
    const row = await yard.create('account', { name: 'b1', note: 'before' });
    const change = await yard.live();
    await yard.tidy('set', row.id, 'wrong');
    await yard.tidy('level', row.id, 'high');
    let met = 0;
    const other = await yard.another(async (write) => {
      met += 1;
      if (met === 1) await yard.update('account', row.id, { note: 'mine' });
      return write();
    });
    const { counts, conflicts } = await yard.settle(await begin(other, change));
    assert.deepEqual([met, counts.putBack, conflicts[0]?.fields], [2, 1, [{ field: 'f_anote', before: 'before', now: 'mine' }]]);
    const now = await yard.get('account', row.id);
    assert.deepEqual([now?.['note'], now?.['level']], ['mine', 'low']);
  });

  test('a kernel that dies after rows went back, before it noted that, leaves the same end as one that lives', async () => {
    const rows = await Promise.all(Array.from({ length: 100 }, (_, at) => yard.create('account', { name: `c${at}`, note: 'before' })));
    const change = await yard.live();
    for (const { id } of rows) await yard.tidy('set', id, 'wrong');
    await yard.tidy('make', null, 'c made');
    let writes = 0;
    const dying = await yard.another(async (write) => {
      writes += 1;
      const written = await write();
      if (writes === 2) throw new Error('killed');
      return written;
    });
    const undo = await begin(dying, change);
    await dying.lookAtUndos();
    assert.equal(writes, 2);
    await yard.free();
    const { counts } = await yard.settle(undo);
    assert.deepEqual([counts.putBack, counts.deleted, counts.conflicts, counts.waiting], [100, 2, 0, 0]);
    const versions = await Promise.all(rows.map(async ({ id }) => (await yard.get('account', id))?.version));
    assert.deepEqual(new Set(versions), new Set([3]));
  });

  test('two kernels at one undo put each row back once', async () => {
    const row = await yard.create('account', { name: 'd1', note: 'before' });
    const change = await yard.live();
    await yard.tidy('set', row.id, 'wrong');
    const slow = await yard.another(async (write) => {
      // The other one finds it free and does all of it meanwhile.
      await yard.free();
      await yard.machine.lookAtUndos();
      return write();
    });
    const { counts } = await yard.settle(await begin(slow, change));
    await slow.lookAtUndos();
    assert.deepEqual([counts.putBack, counts.conflicts], [1, 0]);
    assert.equal((await yard.get('account', row.id))?.version, 3);
  });

  test('what a call that was under way still wrote by the version that was left goes back as well', async () => {
    const [early, late] = [
      await yard.create('account', { name: 'e1', note: 'before' }),
      await yard.create('account', { name: 'e2', note: 'before' }),
    ];
    const change = await yard.live();
    const left = yard.running();
    await yard.tidy('set', early.id, 'wrong');
    const undo = await begin(yard.machine, change);
    await yard.machine.lookAtUndos();
    assert.equal((await yard.get('account', early.id))?.['note'], 'before');
    await yard.tidyIn(left, 'set', late.id, 'wrong');
    await yard.tidyIn(left, 'set', early.id, 'wrong again');
    assert.equal((await yard.get('account', late.id))?.['note'], 'wrong');
    const { counts } = await yard.settle(undo);
    assert.deepEqual([counts.rows, counts.putBack, counts.conflicts], [2, 2, 0]);
    assert.deepEqual(
      [(await yard.get('account', early.id))?.['note'], (await yard.get('account', late.id))?.['note']],
      ['before', 'before'],
    );
  });

  test('one that is asked for twice at once is one', async () => {
    const row = await yard.create('account', { name: 'f1', note: 'before' });
    const change = await yard.live();
    await yard.tidy('set', row.id, 'wrong');
    const first = await begin(yard.machine, change);
    const second = await begin(yard.machine, change);
    assert.equal(first, second);
    assert.equal((await yard.settle(first)).counts.putBack, 1);
  });
}
