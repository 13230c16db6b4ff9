import assert from 'node:assert/strict';
import { after, before, test } from 'node:test';
import { startThrowAwaySystem, type ThrowAwaySystem } from '../../scripts/throw-away-system.ts';

let system: ThrowAwaySystem;
before(async () => {
  system = await startThrowAwaySystem({
    samples: false,
    log: (line) => void (process.env['THESEUS_LOG'] && process.stderr.write(`${line}\n`)),
  });
});
after(() => system.stop());

/** Asks until it is answered: a process that was killed is started again by the supervisor. */
async function answered(
  path: string,
  method = 'GET',
  body?: unknown,
): Promise<{ readonly status: number; readonly json: Record<string, unknown> }> {
  const end = Date.now() + 30_000;
  let last = '';
  for (;;) {
    try {
      const answer = await system.call(method, path, body);
      if (answer.status < 500) return answer;
      last = `${answer.status} ${JSON.stringify(answer.json)}`;
    } catch (cause) {
      last = String(cause);
    }
    assert.ok(Date.now() < end, `the system answers again; last: ${last}`);
    await new Promise((done) => setImmediate(done));
  }
}
async function ended(change: string): Promise<Record<string, unknown>> {
  const end = Date.now() + 60_000;
  for (;;) {
    const { json } = await answered(`/_theseus/changes/${change}`);
    if (typeof json['outcome'] === 'string') return json;
    assert.ok(Date.now() < end, `the change ends: ${JSON.stringify(json).slice(0, 400)}`);
    await new Promise((done) => setTimeout(done, 50));
  }
}
const asked = async (sentence: string): Promise<string> =>
  String((await answered('/_theseus/changes', 'POST', { request: sentence })).json['id']);

test('the workshop is killed while a change is under way: the change becomes live, once', async () => {
  const change = await asked('Add a note to customers');
  process.kill(system.pids().workshop, 'SIGKILL');
  assert.equal((await ended(change))['outcome'], 'live');
});

test('the kernel is killed while a change is under way: the change becomes live, and rows that were acknowledged are there', async () => {
  const row = await system.call('POST', '/api/customers', { name: 'Ada' });
  assert.equal(row.status, 201);
  const change = await asked('Add a phone to customers');
  process.kill(system.pids().kernel, 'SIGKILL');
  assert.equal((await ended(change))['outcome'], 'live');
  const again = await answered(`/api/customers/${String(row.json['id'])}`);
  assert.equal(again.json['name'], 'Ada');
  assert.ok('phone' in again.json);
});

test('PostgreSQL is killed: the system answers again, with all that was acknowledged', async () => {
  const row = await system.call('POST', '/api/customers', { name: 'Ben' });
  process.kill(system.pids().postgresql ?? 0, 'SIGKILL');
  const again = await answered(`/api/customers/${String(row.json['id'])}`);
  assert.equal(again.json['name'], 'Ben');
  assert.equal((await ended(await asked('Add a title to customers')))['outcome'], 'live');
});
