/** What of an undo is told to whom: counts before it, conflicts as far as their reader may see rows and fields, what left the system, and who did it. */
import assert from 'node:assert/strict';
import { test } from 'node:test';
import type { UndoConflictJson } from '#api/client';
import { type Caller, isRefusal } from '#kernel';
import { controlRecords } from '../../src/processes/control-records.ts';
import { rightsOf } from '../../src/doors/api/rights.ts';
import { undoRoutes } from '../../src/doors/api/control/undos.ts';
import { owner, tidy, type Yard } from './yard.ts';

const clerk: Caller = { id: 'cleo', name: 'Cleo', roles: ['clerk'] };
/** Hides accounts from clerks. */
export const lowAlone = `/**
 * It.
 *
 * why: it
 * change: start
 * generator: person
 * date: 2026-11-23
 */
import { access } from 'theseus/sdk';

export default access({ id: 'r_low', name: 'lowAlone', on: 'account', roles: ['clerk'], rows: (account) => account.level === 'low' });
`;

export function toldToWhom(yard: Yard): void {
  async function conflictsFor(caller: Caller, undo: string): Promise<readonly UndoConflictJson[]> {
    const { settings } = yard.running().model;
    const routes = undoRoutes({ machine: yard.machine, reads: controlRecords(yard.pool, new Set()) } as never);
    const route = routes.find(({ path }) => path === 'undos/{id}/conflicts');
    const answer = await route?.run({
      identity: { caller },
      rights: rightsOf(caller, settings),
      parameter: () => undo,
      query: new URLSearchParams(),
    } as never);
    assert.ok(answer !== undefined && 'value' in answer);
    return (answer.value as { readonly items: readonly UndoConflictJson[] }).items;
  }

  test('a conflict shows both values to who may see them, and neither a sensitive value nor a row that a rule hides to others', async () => {
    const [low, high] = [
      await yard.create('account', { name: 'told a', note: 'before', level: 'low', secret: 'old secret' }),
      await yard.create('account', { name: 'told b', note: 'before', level: 'high' }),
    ];
    const change = await yard.live({
      'operations/tidy.ts': tidy('a', "\n    await data.account.update(input.row, { note: 'wrong', secret: 'wrong' });")
        .replace('account: [', "account: { access: ['update'], sensitive: ['secret'] }, former: [")
        .replace(/ former: \[[^\]]*\],/, ''),
    });
    for (const { id } of [low, high]) await yard.tidy('', id);
    await yard.update('account', low.id, { secret: 'new secret', note: 'mine' });
    await yard.update('account', high.id, { note: 'mine' });
    const { undo } = await yard.revert(change);
    const byRow = (items: readonly UndoConflictJson[], row: string | null): UndoConflictJson | undefined =>
      items.find((one) => one.row === row);
    const whole = await conflictsFor(owner, undo.id);
    assert.deepEqual(byRow(whole, low.id)?.fields, [
      { field: 'note', before: 'before', now: 'mine' },
      { field: 'secret', before: 'old secret', now: 'new secret' },
    ]);
    const some = await conflictsFor(clerk, undo.id);
    assert.deepEqual(byRow(some, low.id)?.fields, [{ field: 'note', before: 'before', now: 'mine' }, { field: 'secret' }]);
    assert.deepEqual(byRow(some, null), {
      no: byRow(whole, high.id)?.no,
      row: null,
      entity: 'account',
      deed: 'put-back',
      code: 'written-since',
      why: 'You may not see this row.',
      fields: [],
    });
    assert.ok(!JSON.stringify(some).includes('new secret') && !JSON.stringify(some).includes(high.id));
  });

  test('who may not take changes back may not put rows back, nor count them', async () => {
    const viewer: Caller = { id: 'vera', name: 'Vera', roles: ['viewer'] };
    const change = await yard.live();
    for (const options of [{ change, withLater: false }, { withLater: false }]) {
      const refused = await yard.machine.rollBack(viewer, { ...options, data: 'revert' });
      assert.ok(isRefusal(refused) && refused.code === 'forbidden');
      const asked = await yard.machine.wouldRollBack(viewer, options);
      assert.ok(isRefusal(asked) && asked.code === 'forbidden');
    }
    await yard.back();
    const late = await yard.machine.rollBack(viewer, { change, withLater: false, data: 'revert' });
    assert.ok(isRefusal(late) && late.code === 'forbidden');
    const would = await yard.machine.wouldRollBack(viewer, { change, withLater: false });
    assert.ok(isRefusal(would) && would.code === 'forbidden');
  });

  test('what would go back is counted before, and nothing is done by that', async () => {
    const [set, kept] = [
      await yard.create('account', { name: 'told c', note: 'before' }),
      await yard.create('account', { name: 'told d' }),
    ];
    const change = await yard.live();
    await yard.tidy('set', set.id, 'wrong');
    await yard.tidy('set', kept.id, 'wrong');
    await yard.tidy('make', null, 'told e');
    await yard.update('account', kept.id, { note: 'mine' });
    await yard.create('account', { name: 'told f' });
    const would = await yard.machine.wouldRollBack(owner, { change, withLater: false });
    assert.ok(!isRefusal(would));
    assert.deepEqual([would.already, would.rows.components], [false, ['operation/tidy']]);
    assert.deepEqual(would.rows.entities, [
      { entity: 'account', made: 1, changed: 2, deleted: 0, since: 1 },
      { entity: 'entry', made: 1, changed: 0, deleted: 0, since: 0 },
    ]);
    assert.equal(would.rows.others, 1);
    assert.equal((await yard.get('account', set.id))?.['note'], 'wrong');
    await yard.back();
  });

  test('what left the system is told with its call, and what had not left is given up', async () => {
    const row = await yard.create('account', { name: 'told g', note: 'before' });
    const change = await yard.live();
    await yard.tidy('set', row.id, 'wrong');
    const [call] = await yard.query<{ call: string; generation: string }>(
      "select call, generation from theseus.journal where component = 'operation/tidy' order by id desc limit 1",
    );
    const data = { component: 'operation/tidy', method: 'POST', host: 'mail.example', url: 'https://mail.example/x' };
    for (const id of ['sent', 'waits', 'theirs'])
      await yard.asOwner(
        `insert into theseus.outbox (id, type, source, time, data, call, generation) values ($1, 'yard.outside.request', '/yard', now(), $2, $3, $4)`,
        [id, { ...data, ...(id === 'theirs' ? { component: 'operation/outer' } : {}) }, call?.call, call?.generation],
      );
    await yard.asOwner("insert into theseus.sendings (id, state, tries, next_at, status) values ('sent', 'sent', 1, now(), 200)");
    const { undo } = await yard.revert(change);
    assert.equal(undo.outsideStopped, 1);
    assert.deepEqual(await yard.query('select id, state from theseus.sendings order by id'), [
      { id: 'sent', state: 'sent' },
      { id: 'waits', state: 'stopped' },
    ]);
    const told = await controlRecords(yard.pool, new Set()).undo(undo.id);
    assert.deepEqual(
      [told?.outside.sent, told?.outside.waiting, told?.outside.first.map(({ id, call: by, state }) => [id, by, state])],
      [
        1,
        0,
        [
          ['sent', call?.call, 'sent'],
          ['waits', call?.call, 'stopped'],
        ],
      ],
    );
  });

  test('the audit has who began it, and how it ended', async () => {
    const change = await yard.live();
    await yard.tidy('make', null, 'told h');
    const { undo } = await yard.revert(change);
    const audit = await yard.query<{ caller: string; action: string; detail: { readonly [name: string]: unknown } }>(
      'select caller, action, detail from theseus.audit where subject = $1 order by id',
      [change],
    );
    assert.deepEqual(
      audit.map(({ caller, action }) => [caller, action]),
      [
        [owner.id, 'roll-back'],
        [owner.id, 'begin-undo'],
        [owner.id, 'undo-rows'],
      ],
    );
    assert.deepEqual([audit[0]?.detail['data'], audit[2]?.detail['undo'], audit[2]?.detail['deleted']], ['revert', undo.id, 2]);
  });
}
