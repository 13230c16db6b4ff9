import assert from 'node:assert/strict';
import { after, test } from 'node:test';
import pg from 'pg';
import { changeId, instant } from '#kernel';
import { saveRequest } from '#store/records';
import { startThrowAwayServer } from '#store/server';
import { openEarlierChanges } from './earlier-changes.ts';

const server = await startThrowAwayServer();
const kernel = new pg.Pool({ connectionString: server.url('kernel', 'theseus'), max: 1 });
kernel.on('error', () => {});
const changes = openEarlierChanges(server.url('workshop', 'theseus'));
after(async () => {
  await changes.close();
  await kernel.end();
  await server.stop();
});

async function ended(id: string, text: string, ...outcomes: readonly string[]): Promise<void> {
  await saveRequest(kernel, { id: changeId(id), text, by: 'ada', roles: ['owner'], askedAt: instant(Date.UTC(2026, 0, 31)) });
  for (const [seq, outcome] of outcomes.entries())
    await kernel.query('insert into theseus.change_events (change, seq, at, event) values ($1, $2, now(), $3)', [
      id,
      seq,
      JSON.stringify({ kind: 'ended', outcome, why: `so it ${outcome}` }),
    ]);
}

test('changes that came to serve are found by words of their request, with what became of them last', async () => {
  await ended('a', 'Orders over 100 get a discount', 'live');
  await ended('b', 'Give discounts to gold customers', 'live', 'rolled-back');
  await ended('c', 'A discount for everybody', 'refused');
  await ended('d', 'A discount that is still being written');
  await ended('e', 'Invoices are due in a week', 'live');
  const found = await changes.like(['discount', 'order'], 10);
  assert.deepEqual(
    found.map(({ id, outcome, why, at, files }) => ({ id, outcome, why, at, files })),
    [
      { id: 'a', outcome: 'live', why: '', at: '2026-01-31', files: [] },
      { id: 'b', outcome: 'rolled-back', why: 'so it rolled-back', at: '2026-01-31', files: [] },
    ],
  );
});

test('words of a question are never syntax of a statement', async () => {
  assert.deepEqual(await changes.like([`'; drop table theseus.changes; --`, ')(&|!', '', ':*'], 10), []);
  assert.equal((await changes.like(['discount:*', "week'"], 10)).length, 3);
});
