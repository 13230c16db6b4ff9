import assert from 'node:assert/strict';
import { after, before, describe, it } from 'node:test';
import type { Evidence } from '#kernel';
import { ApiProblem, type ChangeEvent, type Client, openClient } from '../client.ts';
import { firstGeneration } from '../specimen/machine.ts';
import { secondGeneration } from '../specimen/reads.ts';
import { serveSpecimen, type ServedSpecimen } from '../specimen/serve-specimen.ts';

const scope = { components: ['entity/customer' as const], members: [] };
const evidence: Evidence = { gate: 'parse', verdict: 'pass', findings: [], looked: [], engine: 'reader 1', cost: { cpuMs: 1, wallMs: 1 } };

describe('the control API', () => {
  let shop: ServedSpecimen;
  let owner: Client;
  const as = (role: string): Client => openClient({ url: shop.url, key: `key_${role}` });
  const refusedAs =
    (code: string) =>
    (cause: unknown): boolean =>
      cause instanceof ApiProblem && cause.problem.code === code;
  before(async () => {
    shop = await serveSpecimen();
    owner = as('owner');
  });
  after(() => shop.close(0));

  it('says who can do what to those who may ask for changes, and to nobody else', async () => {
    const { items } = await owner.whoCan();
    assert.ok(
      items.some(
        ({ who, deed, what, rows, path }) =>
          who === 'owner' && deed === 'create' && what === 'customer' && rows === 'all' && path.join() === 'owner creates customer',
      ),
    );
    assert.ok(items.every(({ who }) => who !== 'viewer'));
    await assert.rejects(as('clerk').whoCan(), refusedAs('forbidden'));
  });

  it('takes a request and answers at once where nobody waits', async () => {
    const { status, headers, json } = await shop.call('POST', '/_theseus/changes', { body: { request: 'Add a phone to customers' } });
    assert.equal(status, 202);
    assert.equal(headers.get('location'), `/_theseus/changes/${String(json['id'])}`);
    assert.equal(json['state'], 'queued');
    assert.equal(json['outcome'], null);
  });

  it('refuses requests that say nothing, say too much, or come from those who may not ask', async () => {
    for (const request of ['', '   ', 7, 'a\u0000b']) await assert.rejects(owner.ask({ request: request as string }), refusedAs('invalid'));
    await assert.rejects(owner.ask({ request: 'x'.repeat(100_000) }), refusedAs('too-large'));
    await assert.rejects(owner.ask({ request: 'Add a phone', base: 'yesterday' }), refusedAs('invalid'));
    await assert.rejects(as('clerk').ask({ request: 'Add a phone' }), refusedAs('forbidden'));
    assert.equal((await shop.call('POST', '/_theseus/changes', { body: { sentence: 'x' } })).status, 422);
  });

  it('waits for the end where it is told to, and shows all that a change left behind', async () => {
    const saved = new Promise<string>((resolve) => shop.reads.watchChanges(resolve));
    const asking = owner.ask({ request: 'Track suppliers with a name' }, { wait: 10 });
    const id = await saved;
    assert.equal((await owner.changes({ limit: 1 })).items[0]?.id, id);
    shop.reads.add(id, { kind: 'asked' });
    shop.reads.add(id, { kind: 'step', step: 'understand', state: 'started' });
    shop.reads.add(id, {
      kind: 'understood',
      understanding: { echo: ['Track suppliers with a name (text).'], notes: [], scope, risk: 'low' },
    });
    shop.reads.add(id, { kind: 'step', step: 'understand', state: 'done', cpuMs: 2, wallMs: 3 });
    shop.reads.add(id, { kind: 'candidate', candidate: 'cand-1', generation: secondGeneration });
    shop.reads.add(id, { kind: 'evidence', evidence });
    shop.reads.add(id, { kind: 'ended', outcome: 'live', why: 'It serves now.', generation: secondGeneration });
    const change = await asking;
    assert.equal(change.id, id);
    assert.equal(change.outcome, 'live');
    assert.equal(change.generation, secondGeneration);
    assert.deepEqual(change.understanding?.echo, ['Track suppliers with a name (text).']);
    assert.deepEqual(
      change.steps.slice(0, 2).map(({ name, state }) => `${name} ${state}`),
      ['understand done', 'decide skipped'],
    );
    assert.deepEqual(
      change.candidate?.files.map(({ path, kind }) => `${kind} ${path}`),
      ['changed entities/customer.ts', 'added rules/discount.ts'],
    );
    assert.deepEqual(
      change.candidate?.files[0]?.lines.map(({ kind }) => kind),
      ['same', 'added'],
    );
    assert.deepEqual(change.evidence, [evidence]);
    assert.equal(change.cost.wallMs, 3);
  });

  it('answers what is there when the seconds are over', async () => {
    const asked = await shop.call('POST', '/_theseus/changes?wait=1', { body: { request: 'Slow' } });
    assert.equal(asked.status, 202);
    assert.equal((await shop.call('POST', '/_theseus/changes?wait=900', { body: { request: 'Slow' } })).status, 422);
  });

  it('makes one change of a request that is sent twice with a key', async () => {
    const first = await owner.ask({ request: 'Once' }, { idempotencyKey: 'k-1' });
    assert.equal((await owner.ask({ request: 'Once' }, { idempotencyKey: 'k-1' })).id, first.id);
    await assert.rejects(owner.ask({ request: 'Twice' }, { idempotencyKey: 'k-1' }), refusedAs('idempotency-mismatch'));
  });

  it('streams what happens to a change, from where the reader left off, to its end', async () => {
    const { id } = await owner.ask({ request: 'Watch me' });
    shop.reads.add(id, { kind: 'asked' });
    const seen: ChangeEvent[] = [];
    for await (const event of owner.watchChange(id)) {
      seen.push(event);
      if (event.kind === 'asked') shop.reads.add(id, { kind: 'step', step: 'understand', state: 'started' });
      if (event.kind === 'step') shop.reads.add(id, { kind: 'ended', outcome: 'refused', why: 'No.' });
    }
    assert.deepEqual(
      seen.map(({ kind }) => kind),
      ['asked', 'step', 'ended'],
    );
    const rest: ChangeEvent[] = [];
    for await (const event of owner.watchChange(id, { after: 1 })) rest.push(event);
    assert.deepEqual(
      rest.map(({ kind }) => kind),
      ['ended'],
    );
    const plain = await shop.call('GET', `/_theseus/changes/${id}/events?after=0`);
    assert.equal((plain.json['items'] as readonly unknown[]).length, 2);
  });

  it('shows a change that waits for an approval, and goes on after it', async () => {
    const { id } = await owner.ask({ request: 'Risky' });
    shop.reads.add(id, {
      kind: 'step',
      step: 'approve',
      state: 'started',
      detail: { why: 'A change of high risk needs one approval first.' },
    });
    const waiting = await owner.change(id);
    assert.equal(waiting.state, 'waiting');
    assert.equal(waiting.outcome, 'waiting-for-approval');
    assert.match(waiting.why ?? '', /high risk/);
    await assert.rejects(as('manager').approveChange(id), refusedAs('forbidden'));
    assert.equal((await owner.approveChange(id)).id, id);
    shop.reads.add(id, { kind: 'ended', outcome: 'live', why: 'It serves now.', generation: secondGeneration });
    shop.reads.add(id, { kind: 'step', step: 'learn', state: 'done', wallMs: 1 });
    shop.reads.add(id, { kind: 'step', step: 'roll-out', state: 'done', wallMs: 1 });
    assert.equal((await owner.change(id)).outcome, 'live');
    assert.equal((await owner.changes({ limit: 1 })).items[0]?.outcome, 'live');
    shop.reads.add(id, { kind: 'ended', outcome: 'rolled-back', why: 'Taken back.' });
    assert.equal((await owner.change(id)).outcome, 'rolled-back');
  });

  it('ends what waits and what streams when it closes', async () => {
    const own = await serveSpecimen();
    const client = openClient({ url: own.url, key: 'key_owner' });
    const asking = client.ask({ request: 'Slow' }, { wait: 60 });
    const streamed = fetch(`${own.url}/_theseus/events`, { headers: { authorization: 'Bearer key_owner' } }).then((answer) =>
      answer.text(),
    );
    while ((await client.changes()).items.length === 0) await client.health();
    await own.close(30_000);
    assert.equal((await asking).outcome, null);
    assert.match(await streamed, /hello/);
  });

  it('tells pages what to look at again', async () => {
    const stop = new AbortController();
    const kinds: string[] = [];
    for await (const event of owner.watchSystem({ signal: stop.signal })) {
      kinds.push(event.kind);
      if (event.kind === 'hello') shop.reads.add('change-1', { kind: 'asked' });
      if (event.kind === 'change') shop.machine.activate({ ...(shop.machine.current() ?? assert.fail()), activation: 2 });
      if (event.kind === 'generation') stop.abort();
    }
    assert.deepEqual(kinds, ['hello', 'change', 'generation']);
  });

  it('shows generations, components and sources to those who steer, and to nobody else', async () => {
    const { items } = await owner.generations();
    assert.deepEqual(
      items.map(({ serving, inForce }) => [serving, inForce]),
      [
        [false, true],
        [true, true],
      ],
    );
    assert.equal((await owner.generation(firstGeneration.slice(0, 14))).components.length, 1);
    assert.equal((await owner.generation('11111111')).id, firstGeneration);
    await assert.rejects(owner.generation('nothing'), refusedAs('not-found'));
    const bundle = await owner.bundle(firstGeneration);
    assert.equal(Object.keys(bundle.sources).length, 2);
    const component = await owner.component('entity', 'customer');
    assert.match(component.text, /entity\(/);
    assert.equal(component.lineage.length, 1);
    await assert.rejects(
      owner.component('entity', 'custmer'),
      (cause) => cause instanceof ApiProblem && cause.message.includes('entity/customer'),
    );
    assert.equal((await owner.source(component.source)).text, component.text);
    for (const path of ['changes', 'generations', 'components', 'ledger', 'events', `sources/${component.source}`])
      assert.equal((await shop.call('GET', `/_theseus/${path}`, { as: 'clerk' })).status, 403, path);
    for (const path of ['audit', 'keys', 'callers'])
      assert.equal((await shop.call('GET', `/_theseus/${path}`, { as: 'manager' })).status, 403, path);
  });

  it('gives pages the model and what the caller may do', async () => {
    const model = await as('clerk').model();
    assert.deepEqual(
      model.entities.map(({ path }) => path),
      ['/api/customers', '/api/sales-orders'],
    );
    const order = model.entities[1];
    assert.deepEqual(
      order?.fields.map(({ widget }) => widget),
      ['reference', 'select', 'list', 'money'],
    );
    assert.deepEqual(
      order?.fields[1]?.choices?.map(({ name, by }) => [name, by]),
      [
        ['open', null],
        ['cancelled', 'cancelSalesOrder'],
      ],
    );
    assert.deepEqual(order?.fields[0]?.to, { entity: 'customer', path: '/api/customers', title: 'name' });
    assert.equal(order?.approvals[0]?.may, false);
    assert.deepEqual(
      model.operations.map(({ name, may }) => [name, may]),
      [
        ['cancelSalesOrder', false],
        ['placeSalesOrder', true],
        ['quote', true],
        ['ping', true],
      ],
    );
    assert.deepEqual(
      model.views[0]?.columns.map(({ widget }) => widget),
      ['reference', 'integer', 'money'],
    );
    assert.deepEqual(model.may, {
      ask: false,
      approve: false,
      rollBack: false,
      freeze: false,
      read: true,
      write: true,
      sensitive: false,
      administer: false,
    });
  });

  it('freezes, and then takes no request', async () => {
    await assert.rejects(as('manager').freeze('audit'), refusedAs('forbidden'));
    await assert.rejects(owner.freeze(''), refusedAs('invalid'));
    await owner.freeze('audit');
    await assert.rejects(owner.ask({ request: 'Add a phone' }), refusedAs('frozen'));
    await owner.unfreeze();
    assert.equal((await owner.health()).frozen, false);
  });

  it('lets owners issue keys and links, and says who is signed in', async () => {
    assert.equal((await owner.issueKey('till', ['clerk'])).key, 'key_clerk');
    await assert.rejects(as('manager').issueKey('till', ['clerk']), refusedAs('forbidden'));
    await owner.endKey('k1');
    assert.equal((await owner.keys()).items.length, 1);
    assert.equal((await owner.callers()).items.length, 4);
    assert.equal((await owner.session()).caller.name, 'Olga');
    const link = await owner.link();
    assert.equal(link.url, `${shop.url}/sign-in?link=${link.link}`);
    assert.equal((await openClient({ url: shop.url }).signIn(link.url)).caller.name, 'Olga');
    await assert.rejects(openClient({ url: shop.url }).signIn(link.url), refusedAs('unauthenticated'));
    await assert.rejects(owner.signOut(), refusedAs('conflict'));
    await assert.rejects(openClient({ url: 'http://127.0.0.1:1' }).health(), refusedAs('unreachable'));
  });

  it('shows the history of a row, its sensitive fields to those who may see them', async () => {
    const row = '00000000-0000-7000-8000-000000000001';
    const images = async (role: string): Promise<unknown> =>
      (await as(role).journal(row)).items.map(({ before, after }) => [before, after]);
    assert.deepEqual(await images('owner'), [
      [null, { id: row, f_tname: 'Ada', f_tnote: 'owes', f_gone: 1, f_tlines: [{ id: 'x', f_tquantity: 1, f_gone: 2 }] }],
    ]);
    assert.deepEqual(await images('clerk'), [[null, { id: row, f_tname: 'Ada', f_tlines: [{ id: 'x', f_tquantity: 1 }] }]]);
    await assert.rejects(owner.journal('nothing'), refusedAs('not-found'));
  });

  it('takes changes back', async () => {
    assert.deepEqual((await owner.rollBack({})).changes, ['ch_1']);
    await assert.rejects(as('viewer').rollBack({}), refusedAs('forbidden'));
    assert.equal((await shop.call('POST', '/_theseus/rollback', { body: { change: 7 } })).status, 422);
    assert.equal((await shop.call('POST', '/_theseus/rollback', { body: { data: 'drop' } })).status, 422);
    assert.equal((await shop.call('GET', '/_theseus/rollback?withLater=maybe')).status, 422);
    assert.deepEqual((await owner.wouldRollBack({})).changes, ['ch_1']);
    await assert.rejects(as('viewer').wouldRollBack({}), refusedAs('forbidden'));
  });

  it('tells what went back with a change, and of a conflict no value that the asker may not see', async () => {
    const [undo] = (await owner.undos('ch_1')).items;
    assert.deepEqual([undo?.rows.putBack, undo?.rows.conflicts, undo?.components], [1, 1, ['operation/placeSalesOrder']]);
    const conflicts = async (role: string): Promise<unknown> => (await as(role).undoConflicts(undo?.id ?? '')).items[0]?.fields;
    assert.deepEqual(await conflicts('owner'), [
      { field: 'name', before: 'Ada', now: 'Eve' },
      { field: 'note', before: 'owes', now: 'paid' },
    ]);
    await assert.rejects(as('viewer').undoConflicts(undo?.id ?? ''), refusedAs('forbidden'));
    await assert.rejects(owner.undo('00000000-0000-7000-8000-0000000000ff'), refusedAs('not-found'));
    await assert.rejects(owner.undo('nothing'), refusedAs('not-found'));
  });
});
