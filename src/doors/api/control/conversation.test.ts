import assert from 'node:assert/strict';
import { after, before, describe, it } from 'node:test';
import type { AcceptanceExample } from '#change';
import { type Client, openClient } from '../client.ts';
import { specimenModel } from '../specimen/model.ts';
import { secondGeneration } from '../specimen/reads.ts';
import { serveSpecimen, type ServedSpecimen } from '../specimen/serve-specimen.ts';

const example = (name: string, hidden: boolean): AcceptanceExample => ({
  component: 'entity/customer',
  example: { name, steps: [{ create: 'customer', with: { name: 'Ada' } }] },
  hidden,
});
const understanding = {
  echo: ['Customers have a phone.'],
  notes: [],
  scope: { components: ['entity/customer' as const], members: [] },
  risk: 'medium' as const,
  acceptance: [example('a phone is kept', false), example('a phone that is none is refused', true)],
};

describe('a conversation of changes', () => {
  let shop: ServedSpecimen;
  const as = (role: string): Client => openClient({ url: shop.url, key: `key_${role}` });
  before(async () => {
    shop = await serveSpecimen();
  });
  after(() => shop.close(0));

  it('shows what was said before, oldest first, with what it was answered, and the budget of the change', async () => {
    const first = await as('owner').ask({ request: 'A phone' });
    const options = [{ sentence: 'Add a phone to customers', meaning: 'a text' }];
    shop.reads.add(first.id, { kind: 'ended', outcome: 'question', why: 'Of whom?', options });
    const second = await as('owner').ask({ request: 'Of customers', continues: first.id });
    shop.reads.add(second.id, { kind: 'ended', outcome: 'question', why: 'What is a phone?' });
    const third = await as('owner').ask({ request: 'A text', continues: second.id });
    assert.deepEqual(
      third.conversation.map(({ request, outcome, why, options: offered }) => [request, outcome, why, offered.length]),
      [
        ['A phone', 'question', 'Of whom?', 1],
        ['Of customers', 'question', 'What is a phone?', 0],
      ],
    );
    assert.deepEqual(first.conversation, []);
    assert.deepEqual(third.budget, specimenModel.settings.policy.budgets.change);
  });

  it('takes documents along with a request, tells their names and lengths alone, and knows another document for another request', async () => {
    const attachments = [{ name: 'openapi.yaml', text: 'openapi: 3.1.0' }];
    const asked = await as('owner').ask({ request: 'Meet it', attachments });
    assert.deepEqual(asked.attached, [{ name: 'openapi.yaml', characters: 14 }]);
    assert.ok(!JSON.stringify(await as('owner').change(asked.id)).includes('3.1.0'));
    const send = (body: object): ReturnType<typeof shop.call> =>
      shop.call('POST', '/_theseus/changes', { as: 'owner', body, headers: { 'idempotency-key': 'same' } });
    assert.equal((await send({ request: 'Meet it', attachments })).status, 202);
    assert.equal((await send({ request: 'Meet it', attachments })).status, 202);
    assert.equal((await send({ request: 'Meet it', attachments: [{ name: 'openapi.yaml', text: 'another' }] })).status, 422);
  });

  it('refuses documents that are none, too many, too long, under one name or under the name of a folder', async () => {
    const codeOf = async (attachments: unknown): Promise<unknown> => {
      const { status, json } = await shop.call('POST', '/_theseus/changes', { as: 'owner', body: { request: 'Meet it', attachments } });
      return [status, json['code']];
    };
    const one = { name: 'a.yaml', text: 'a' };
    const wrong = [
      [],
      {},
      'a',
      [null],
      [{ name: 'a.yaml' }],
      [{ ...one, text: ' ' }],
      [{ ...one, text: 7 }],
      [{ ...one, url: 'http://localhost' }],
      [{ ...one, name: '../a.yaml' }],
      [{ ...one, name: 'a\nb' }],
      [{ ...one, text: 'a\u0000' }],
      [{ ...one, text: '\ud800' }],
      [one, one],
      Array.from({ length: 9 }, (_, at) => ({ name: `${at}.yaml`, text: 'a' })),
    ];
    for (const attachments of wrong) assert.deepEqual(await codeOf(attachments), [422, 'invalid'], JSON.stringify(attachments));
    const half = 'a'.repeat(200_001);
    assert.deepEqual(
      await codeOf([
        { ...one, text: half },
        { name: 'b', text: half },
      ]),
      [413, 'too-large'],
    );
  });

  it('keeps the words of a hidden example from those who neither asked nor may approve', async () => {
    const { id } = await as('owner').ask({ request: 'Add a phone to customers', acceptance: [example('mine', true)] });
    shop.reads.add(id, { kind: 'understood', understanding });
    shop.reads.add(id, { kind: 'candidate', candidate: 'cand-1', generation: secondGeneration });
    const seen = await as('owner').change(id);
    assert.deepEqual(seen.understanding?.acceptance, understanding.acceptance);
    assert.deepEqual(seen.stated, [example('mine', true)]);
    assert.deepEqual(seen.candidate?.notes, ['A customer says more.']);
    const closed = await as('manager').change(id);
    assert.deepEqual(
      closed.understanding?.acceptance?.map(({ example: said, hidden }) => [said === null, hidden]),
      [
        [false, false],
        [true, true],
      ],
    );
    assert.deepEqual(closed.stated, [{ ...example('mine', true), example: null }]);
    assert.ok(!JSON.stringify(closed).includes('a phone that is none'));
    const events = await shop.call('GET', `/_theseus/changes/${id}/events`, { as: 'manager' });
    assert.ok(JSON.stringify(events.json).includes('a phone is kept'));
    assert.ok(!JSON.stringify(events.json).includes('a phone that is none'));
  });

  it('keeps it also from where gates, ends and later turns speak of it', async () => {
    const name = "it's kept";
    const { id } = await as('owner').ask({ request: 'Add a phone to customers', acceptance: [example(name, true)] });
    shop.reads.add(id, {
      kind: 'ended',
      outcome: 'refused',
      why: `examples: ${name}: it holds 0815 instead.`,
      evidence: [{ statement: name, verdict: 'fail', shownBy: 'tested', witness: 'it holds 0815 instead' }],
    });
    const seen = await as('owner').change(id);
    assert.match(String(seen.why), /it's kept: it holds 0815/);
    const later = await as('manager').ask({ request: 'Again', continues: id });
    const told = [
      await as('manager').change(id),
      later,
      (await shop.call('GET', `/_theseus/changes/${id}/events?after=0`, { as: 'manager' })).json,
      (await shop.call('GET', '/_theseus/changes', { as: 'manager' })).json,
    ].map((answer) => JSON.stringify(answer));
    for (const text of told) assert.doesNotMatch(text, /it's kept|0815/);
    assert.match(told[0] ?? '', /an example of the asker that is not shown here/);
  });
});
