import assert from 'node:assert/strict';
import { after, test } from 'node:test';
import pg from 'pg';
import { changeId, digest, instant } from '#kernel';
import type { NewChangeEvent } from '#ports';
import { saveRequest } from '#store/records';
import { startThrowAwayServer } from '#store/server';
import { changeRecords } from './change-records.ts';

const server = await startThrowAwayServer();
const url = server.url('workshop', 'theseus');
const kernel = new pg.Pool({ connectionString: server.url('kernel', 'theseus'), max: 2 });
kernel.on('error', () => {});
const records = await changeRecords(url);
after(async () => {
  await records.close();
  await kernel.end();
  await server.stop();
});
const change = changeId('ch-1');
const certificate = digest(`sha256:${'c'.repeat(64)}`);
const generation = digest(`sha256:${'d'.repeat(64)}`);
const step = (state: 'started' | 'done'): NewChangeEvent => ({ change, at: instant(1), kind: 'step', step: 'understand', state });

test('an event of the same key is written once, whoever writes at the same time', async () => {
  await saveRequest(kernel, { id: change, text: 'Add a phone to customers', by: 'ada', roles: ['owner'], askedAt: instant(5) });
  await Promise.all(Array.from({ length: 8 }, (_, at) => records.append(step('started'), `key ${at % 4}`)));
  const events = await records.events(change);
  assert.deepEqual(
    events.map((event) => event.seq),
    [0, 1, 2, 3],
  );
  assert.equal((await records.request(change))?.text, 'Add a phone to customers');
  assert.deepEqual(await records.open(), [change]);
});

test('the end that the kernel writes is heard, of this certificate alone', async () => {
  await records.append({ change, at: instant(2), kind: 'certified', certificate, generation }, 'certified');
  const waiting = records.awaitEnding(change, certificate, 10_000);
  await kernel.query(`insert into theseus.change_events (change, seq, at, event) values ($1, 90, now(), $2)`, [
    change,
    JSON.stringify({
      change,
      seq: 90,
      at: 3,
      kind: 'step',
      step: 'roll-out',
      state: 'failed',
      detail: { certificate: 'another', conditions: ['base'] },
    }),
  ]);
  await kernel.query(`insert into theseus.change_events (change, seq, at, event) values ($1, 91, now(), $2)`, [
    change,
    JSON.stringify({ change, seq: 91, at: 3, kind: 'ended', outcome: 'live', why: 'It serves now.' }),
  ]);
  await kernel.query(`select pg_notify('change', $1)`, [change]);
  assert.deepEqual(await waiting, { kind: 'ended', outcome: 'live', why: 'It serves now.' });
  assert.deepEqual(await records.open(), []);
});

test('a base that moved on and an approval that is needed are told apart from an end', async () => {
  const other = changeId('ch-2');
  const say = (seq: number, step: string, state: string): Promise<unknown> =>
    kernel.query(`insert into theseus.change_events (change, seq, at, event) values ($1, $2, now(), $3)`, [
      other,
      seq,
      JSON.stringify({ change: other, seq, at: 3, kind: 'step', step, state, detail: { certificate, why: 'It needs one.' } }),
    ]);
  await records.append({ change: other, at: instant(2), kind: 'certified', certificate, generation }, 'certified');
  assert.equal(await records.awaitEnding(other, certificate, 1), null);
  await say(10, 'approve', 'started');
  assert.deepEqual(await records.awaitEnding(other, certificate, 10_000), { kind: 'waiting-for-approval', why: 'It needs one.' });
  await say(11, 'roll-out', 'failed');
  assert.deepEqual(await records.awaitEnding(other, certificate, 10_000), { kind: 'moved-on' });
});

test('candidates, certificates and costs are there once, however often they are inserted', async () => {
  const candidate = {
    id: 'ch-1.1',
    change,
    base: generation,
    generator: 'sentences',
    files: { 'entities/x.ts': 'x', 'entities/y.ts': null },
    scope: { components: [], members: [] },
    notes: [],
  };
  const predicate = { change, generation, issued: instant(5) } as Parameters<typeof records.insertCertificate>[0]['predicate'];
  for (let time = 0; time < 2; time++) {
    await records.insertCandidate(candidate, generation);
    await records.insertCertificate(
      { digest: certificate, envelope: { payloadType: 'application/vnd.in-toto+json', payload: '', signatures: [] }, predicate },
      '1 certified',
    );
    await records.insertLedger({ change, phase: 'gate', cpuMs: 1.5, wallMs: 2 });
  }
  const counts = await kernel.query<{ n: number }>(
    `select (select count(*) from theseus.candidates)::int + (select count(*) from theseus.certificates)::int + (select count(*) from theseus.ledger)::int as n`,
  );
  assert.equal(counts.rows[0]?.n, 3);
  assert.deepEqual(await records.lineage(generation), {
    change,
    text: 'Add a phone to customers',
    by: 'ada',
    certificate,
    at: (await records.lineage(generation))?.at,
  });
});

test('with this login nothing can be activated, and no record altered', async () => {
  const workshop = new pg.Client({ connectionString: url });
  await workshop.connect();
  for (const statement of [
    `update theseus.routing set stable = 'mine'`,
    `insert into theseus.live values (7, 'mine', 'serving')`,
    `insert into theseus.events (seq, event, previous, digest, signature) values (1, '{}', '', 'x', 'y')`,
    `insert into theseus.sources values ('x', 'y')`,
    `insert into theseus.generations (id, content) values ('x', '{}')`,
    `update theseus.certificates set generation = 'mine'`,
    `delete from theseus.candidates`,
    `update theseus.changes set text = 'other'`,
    `select * from theseus.keys`,
    `select * from theseus.sessions`,
    `select * from theseus.journal`,
  ])
    await assert.rejects(workshop.query(statement), { code: '42501' }, statement);
  await workshop.end();
});
