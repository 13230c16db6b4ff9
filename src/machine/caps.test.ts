/** Each cap of a contract, at its limit and one over, with real hosts. */
import assert from 'node:assert/strict';
import { after, before, describe, it } from 'node:test';
import { isRefusal } from '#kernel';
import type { Hosts } from '#hosts';
import { entityNamed, operationNamed } from '#model';
import type { PlainRow, PlainValues } from '#store';
import { caller, head, openSpecimenHosts, operationSource, type Specimen, specimenCalls } from './broker/specimen-calls.ts';

const shelf = `${head('Where things stand.')}import { entity, text } from 'theseus/sdk';

export default entity({ id: 'e_shel', name: 'shelf', plural: 'shelves', title: 'name', fields: { name: text({ id: 'f_shna', no: 1, required: true }) } });
`;
const members = (name: string, caps: string, access: string): string =>
  `http: { method: 'POST', path: '/api/shelves/${name.toLowerCase()}', status: 200 }, input: { many: integer({ id: 'f_@', no: 1 }), shelf: text({ id: 'f_@', no: 2 }), from: integer({ id: 'f_@', no: 3 }) },
  output: { fields: { text: text({ id: 'f_@', no: 1 }), done: integer({ id: 'f_@', no: 2 }) } }, capabilities: { shelf: ${access} }, caps: { ${caps} },`;
const operations: { readonly [path: string]: string } = {
  'operations/reads.ts': operationSource(
    'reads',
    members('reads', 'rows: 4', "['read']"),
    'for (let at = 0; at < (input.many ?? 0); at += 1) await data.shelf.get(input.shelf ?? ""); return { done: 1 };',
    'data, input',
  ),
  'operations/lists.ts': operationSource(
    'lists',
    members('lists', 'rows: 4', "['read']"),
    'return { done: (await data.shelf.list({ limit: input.many ?? 1 })).items.length };',
    'data, input',
  ),
  'operations/writes.ts': operationSource(
    'writes',
    members('writes', 'rows: 4', "['create']"),
    'let done = 0; for (let at = 0; at < (input.many ?? 0); at += 1) { try { await data.shelf.create({ name: "made" }); done += 1; } catch { } } return { done };',
    'data, input',
  ),
  'operations/asks.ts': operationSource(
    'asks',
    members('asks', 'capabilityCalls: 3', "['read']"),
    'for (let at = 0; at < (input.many ?? 0); at += 1) await data.shelf.get(input.shelf ?? ""); return { done: 1 };',
    'data, input',
  ),
  // {"text":"..."} is eleven characters and the text.
  'operations/answers.ts': operationSource(
    'answers',
    members('answers', 'bytes: 500', "['read']"),
    'if (input.many === 0) await data.shelf.get(""); return { text: "x".repeat((input.many ?? 0) - 11) };',
    'data, input',
  ),
};

describe('the caps of a contract', () => {
  let hosts: Hosts;
  let desk: Specimen;
  let first: PlainRow;
  before(async () => {
    hosts = await openSpecimenHosts();
    desk = await specimenCalls(hosts, { 'entities/shelf.ts': shelf, ...operations });
    for (const name of ['a', 'b', 'c', 'd', 'e', 'f']) {
      const entity = entityNamed(desk.model, 'shelf') ?? assert.fail('no shelf');
      first = (await desk.calls.create(desk.loaded, entity, { name }, { caller: caller('owner') })).value as PlainRow;
    }
  });
  after(() => hosts.close());
  async function call(name: string, values: PlainValues): Promise<string> {
    const operation = operationNamed(desk.model, name) ?? assert.fail(`no ${name}`);
    const { value } = await desk.calls.operate(desk.loaded, operation, null, { shelf: first.id, ...values }, { caller: caller('owner') });
    return isRefusal(value) ? value.code : JSON.stringify(value).replace('"text":null,', '');
  }

  it('hold for rows that are read one by one, or in a list', async () => {
    assert.equal(await call('reads', { many: 4 }), '{"done":1}');
    assert.equal(await call('reads', { many: 5 }), 'too-large');
    assert.equal(await call('lists', { many: 4 }), '{"done":4}');
    assert.equal(await call('lists', { many: 5 }), 'too-large');
  });

  it('hold for rows that are written, also where a component goes on after it was refused', async () => {
    assert.equal(await call('writes', { many: 4 }), '{"done":4}');
    assert.equal(await call('writes', { many: 9 }), '{"done":4}');
  });

  it('hold for the number of asks', async () => {
    assert.equal(await call('asks', { many: 3 }), '{"done":1}');
    assert.equal(await call('asks', { many: 4 }), 'too-large');
  });

  it('hold for the size of the answer', async () => {
    assert.match(await call('answers', { many: 500 }), /^\{"text":"x+"/);
    assert.equal(await call('answers', { many: 501 }), 'component-failed');
  });

  it('hold for the time: a call that waits longer than its contract says is let go', async () => {
    const slow = await hosts.call({
      component: desk.loaded.code.get((operationNamed(desk.model, 'reads') ?? assert.fail()).id) ?? '',
      key: 'operation/reads',
      alone: false,
      input: { input: { many: 1, id: 'x' }, row: null, today: '2026-01-31', caller: { id: 'u', name: 'u', roles: [] } },
      now: Date.now(),
      seed: 's',
      caps: { wallMs: 100, capabilityCalls: 10, rows: 10, bytes: 1_000 },
      deadline: Date.now() + 100,
      perform: () => new Promise((done) => setTimeout(() => done(null), 400)),
    });
    assert.ok(isRefusal(slow) && slow.code === 'deadline', JSON.stringify(slow));
  });
});
