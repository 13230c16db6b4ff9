import assert from 'node:assert/strict';
import { after, before, describe, it } from 'node:test';
import fc from 'fast-check';
import { serveSpecimen, type ServedSpecimen } from './specimen/serve-specimen.ts';

const piece = fc.oneof(
  fc.constantFrom(
    'api',
    '_theseus',
    'customers',
    'sales-orders',
    'views',
    'changes',
    'generations',
    'components',
    'approve',
    'cancel',
    'place',
    'events',
    'console',
    '__proto__',
    'constructor',
    '..',
    '.',
    '%00',
    '%ff',
    '*',
    ':id',
    '{id}',
  ),
  fc.string({ maxLength: 20 }).map((text) => encodeURIComponent(text.toWellFormed())),
);
/** All but the stream that never ends. */
const path = fc
  .array(piece, { maxLength: 5 })
  .map((pieces) => `/${pieces.join('/')}`)
  .filter((text) => text !== '/_theseus/events');
const query = fc
  .array(
    fc.tuple(
      fc.oneof(fc.constantFrom('limit', 'cursor', 'sort', 'q', 'name', 'name[in]', 'wait', '__proto__'), fc.string({ maxLength: 8 })),
      fc.string({ maxLength: 20 }),
    ),
    { maxLength: 4 },
  )
  .map((pairs) =>
    pairs.length === 0 ? '' : `?${new URLSearchParams(pairs.map(([name, value]) => [name.toWellFormed(), value.toWellFormed()]))}`,
  );
const method = fc.constantFrom('GET', 'POST', 'PATCH', 'DELETE', 'PUT', 'OPTIONS', 'HEAD');
const member = fc.oneof(
  fc.constantFrom(
    'name',
    'tier',
    'creditLimit',
    'rating',
    'extra',
    'since',
    'seenAt',
    'customer',
    'lines',
    'request',
    'base',
    'why',
    'roles',
    'minutes',
    'link',
    '__proto__',
    'toJSON',
  ),
  fc.string({ maxLength: 6 }),
);
const body = fc.oneof(fc.dictionary(member, fc.jsonValue({ maxDepth: 3 }), { maxKeys: 5 }), fc.jsonValue());

describe('hostile requests', () => {
  let shop: ServedSpecimen;
  before(async () => {
    shop = await serveSpecimen();
  });
  after(() => shop.close(0));

  it('are answered by a row, a page or a problem, never by a bug', async () => {
    await fc.assert(
      fc.asyncProperty(method, path, query, body, fc.constantFrom('owner', 'clerk', null), async (verb, to, search, json, as) => {
        const sends = verb === 'POST' || verb === 'PATCH' || verb === 'PUT';
        const answer = await shop.call(verb, to + search, {
          as,
          ...(sends ? { body: JSON.stringify(json) } : {}),
          headers: { accept: 'application/json' },
        });
        assert.notEqual(answer.status, 500, `${verb} ${to}${search} ${JSON.stringify(json)}: ${JSON.stringify(shop.faults.at(-1))}`);
        if (answer.status >= 400 && answer.text !== '')
          assert.match(answer.headers.get('content-type') ?? '', /^application\/problem\+json/);
      }),
      { numRuns: 400 },
    );
    assert.deepEqual(shop.faults, []);
  });

  it('may not alter a row by a value that is not allowed, whatever it is', async () => {
    const { json: made } = await shop.call('POST', '/api/customers', { body: { name: 'Ada' } });
    await fc.assert(
      fc.asyncProperty(fc.jsonValue({ maxDepth: 2 }), async (value) => {
        const answer = await shop.call('PATCH', `/api/customers/${String(made['id'])}`, { body: { rating: value } });
        if (answer.status === 200) assert.ok(answer.json['rating'] === null || /^-?\d+\.\d\d$/.test(String(answer.json['rating'])));
        else assert.equal(answer.status, 422);
      }),
      { numRuns: 100 },
    );
  });

  it('that nest deep are refused without exhausting anything', async () => {
    const deep = '['.repeat(400_000) + ']'.repeat(400_000);
    const { status, json } = await shop.call('POST', '/api/customers', { body: `{"name":"A","extra":${deep}}` });
    assert.equal(status, 422);
    assert.match(JSON.stringify(json['evidence']), /nested/);
    assert.equal((await shop.call('POST', '/_theseus/changes', { body: deep })).status, 400);
    for (const member of ['request', 'base', 'acceptance', 'proposal', 'attachments', 'regions']) {
      const answer = await shop.call('POST', '/_theseus/changes', {
        body: `{${member === 'request' ? '' : '"request":"x",'}"${member}":${deep}}`,
      });
      assert.ok(answer.status >= 400 && answer.status < 500, `${member}: ${answer.status}`);
    }
    assert.deepEqual(shop.faults, []);
  });
});
