import assert from 'node:assert/strict';
import { after, before, describe, it } from 'node:test';
import { ApiProblem, type AskJson, type Client, openClient } from '../client.ts';
import { firstGeneration } from '../specimen/machine.ts';
import { serveSpecimen, type ServedSpecimen } from '../specimen/serve-specimen.ts';

describe('code that is handed in to the control API', () => {
  let shop: ServedSpecimen;
  let owner: Client;
  const as = (role: string): Client => openClient({ url: shop.url, key: `key_${role}` });
  before(async () => {
    shop = await serveSpecimen();
    owner = as('owner');
  });
  after(() => shop.close(0));
  const files = { 'entities/supplier.ts': 'export default entity({});\n', 'entities/old.ts': null };
  const asking: AskJson = { request: 'Suppliers', proposal: { from: 'agent', files } };
  const refused = (ask: unknown, why: RegExp, client: Client = owner): Promise<void> =>
    assert.rejects(
      client.ask(ask as AskJson),
      (cause) => cause instanceof ApiProblem && why.test(`${cause.problem.code} ${cause.problem.detail}`),
    );

  it('is kept with the request, on what serves where nothing is said, by who may ask', async () => {
    const change = await owner.ask(asking);
    assert.deepEqual([change.kind, change.handedInBy, change.base], ['change', 'agent', firstGeneration]);
    assert.deepEqual((await shop.reads.change(change.id))?.proposal, { from: 'agent', files, notes: [] });
    await refused(asking, /forbidden/, as('clerk'));
  });

  it('is refused for its shape, its paths, its size and its depth', async () => {
    const proposal = (more: object): object => ({ ...asking, proposal: { from: 'agent', files, ...more } });
    await refused({ ...asking, request: '' }, /invalid .*what the code changes/);
    await refused(proposal({ from: 'model' }), /from/);
    await refused(proposal({ files: [] }), /files/);
    await refused(proposal({ files: { 'entities/a.ts': 7 } }), /files/);
    await refused(proposal({ files: { 'theseus.json': '{}' } }), /theseus\.json cannot be handed in/);
    await refused(proposal({ files: { '../a.ts': '' } }), /no place for a component/);
    await refused(proposal({ files: { 'entities/a.ts': 'x'.repeat(300_000) } }), /at most 200000/);
    await refused(proposal({ files: Object.fromEntries(Array.from({ length: 300 }, (_, at) => [`entities/e${at}.ts`, ''])) }), /300 files/);
    await refused(proposal({ more: 1 }), /does not know more/);
    await refused(proposal({ scope: { components: ['theseus.json'], members: [] } }), /scope/);
    await refused(proposal({ notes: ['a\u0000'] }), /notes/);
    await refused({ ...asking, kind: 'rehearsal' }, /kind/);
    await refused({ ...asking, base: `sha256:${'9'.repeat(64)}` }, /no generation/);
    await refused({ ...asking, continues: 'nothing' }, /There is no change nothing/);
    let deep: unknown = 1;
    for (let level = 0; level < 5_000; level++) deep = { a: deep };
    const step = (value: unknown): object => ({
      ...asking,
      acceptance: [{ component: 'entity/order', example: { name: 'x', steps: [{ create: value }] } }],
    });
    await refused(step(deep), /acceptance/);
    await refused(step('a\u0000'), /acceptance/);
    await refused(step('x'.repeat(30_000)), /acceptance/);
    await refused({ ...asking, acceptance: [{ component: 'order', example: {} }] }, /acceptance/);
    await refused(proposal({ files: { 'entities/a.ts': 'x'.repeat(2_000_000) } }), /too-large/);
  });

  it('comes once with one key, and another with the same key is told', async () => {
    const first = await owner.ask(asking, { idempotencyKey: 'k1' });
    assert.equal((await owner.ask(asking, { idempotencyKey: 'k1' })).id, first.id);
    await assert.rejects(
      owner.ask({ ...asking, proposal: { from: 'agent', files: { 'entities/other.ts': '' } } }, { idempotencyKey: 'k1' }),
      /another request/,
    );
  });

  it('is listed as a change, and as a check only where that is asked for', async () => {
    const check = await owner.ask({ ...asking, kind: 'check' });
    assert.equal(
      (await owner.changes()).items.some(({ id }) => id === check.id),
      false,
    );
    assert.equal((await owner.changes({ checks: 'yes' })).items.find(({ id }) => id === check.id)?.kind, 'check');
  });

  it('can be cancelled by who handed it in or may reject it, while nothing is certified', async () => {
    const one = await owner.ask(asking);
    await assert.rejects(as('clerk').cancelChange(one.id), /Only who asked/);
    const cancelled = await owner.cancelChange(one.id, 'the wrong file');
    assert.deepEqual([cancelled.outcome, cancelled.why?.includes('the wrong file')], ['cancelled', true]);
    await assert.rejects(owner.cancelChange(one.id), /ended already/);
    const other = await owner.ask(asking);
    shop.reads.add(other.id, { kind: 'certified', certificate: firstGeneration, generation: firstGeneration });
    await assert.rejects(owner.cancelChange(other.id), /certified already/);
  });

  it('finds what it needs to know, and only who may ask does', async () => {
    const description = await owner.describe();
    assert.deepEqual([description.generation, description.kinds.length, description.caps.files], [firstGeneration, 7, 200]);
    await assert.rejects(as('clerk').describe(), /may ask/);
    await assert.rejects(as('clerk').context({ question: 'customers' }), /may ask/);
    await assert.rejects(as('clerk').sources(), /may ask/);
    await assert.rejects(owner.sources(`sha256:${'9'.repeat(64)}`), /no generation/);
    await assert.rejects(owner.context({ component: 'entity/nobody' }), /There is no component/);
    assert.equal((await shop.call('GET', '/_theseus/context')).status, 422);
    assert.deepEqual(Object.keys((await owner.sources()).files), ['theseus.json', 'entities/customer.ts']);
    const context = await owner.context({ component: 'entity/customer' });
    assert.match(context.components[0]?.text ?? '', /export default entity/);
    assert.equal(context.kinds[0]?.kind, 'entity');
    assert.match(context.components[0]?.short ?? '', /^entity\/customer: .*\n\{ name: text/);
    assert.deepEqual(context.writing, []);
    assert.match(description.policy.goesLive.high, /after one approval of owner|by itself/);
  });

  it('tells how a kind is written, of which the system has none', async () => {
    const asked = await owner.context({ kind: 'workflow' });
    assert.deepEqual(
      asked.writing.map(({ title }) => title),
      ['Formulas', 'Workflows', 'Tests'],
    );
    assert.match(asked.writing[1]?.text ?? '', /starts: 'open'/);
    assert.deepEqual([asked.components, asked.kinds.map(({ kind }) => kind)], [[], ['workflow']]);
    const spoken = await owner.context({ question: 'how is a job for customers written' });
    assert.deepEqual(
      [spoken.components.map(({ component }) => component), spoken.writing.map(({ title }) => title)],
      [['entity/customer'], ['Operations', 'Reactions and jobs', 'Tests']],
    );
    await assert.rejects(owner.context({ kind: 'service' }), /kinds are entity, rule, workflow/);
    await assert.rejects(owner.context({ question: 'zeppelins' }), /told by kind: entity/);
    await assert.rejects(owner.context({ component: 'job/remind' }), /told by kind: entity/);
  });

  it('takes a scope in part, and says what is wrong with one', async () => {
    const scoped = (scope: object): AskJson => ({ ...asking, proposal: { from: 'agent', files, scope } });
    const change = await owner.ask(scoped({ reaches: ['reaction/closePaid'] }));
    assert.deepEqual((await shop.reads.change(change.id))?.proposal?.scope, { reaches: ['reaction/closePaid'] });
    await refused(scoped({ parts: [] }), /does not know parts; it knows components, members, reaches, tests, data/);
    await refused(scoped({ reaches: ['closePaid'] }), /names closePaid, which is no component: kind\/name/);
    await refused(scoped({ tests: 'all' }), /takes tests as a list/);
  });
});
