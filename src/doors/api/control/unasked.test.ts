import assert from 'node:assert/strict';
import { after, before, describe, it } from 'node:test';
import { ApiProblem, type Client, openClient } from '../client.ts';
import { serveSpecimen, type ServedSpecimen } from '../specimen/serve-specimen.ts';

describe('what runs unasked, at the control API', () => {
  let shop: ServedSpecimen;
  const as = (role: string): Client => openClient({ url: shop.url, key: `key_${role}` });
  const refusedAs =
    (code: string) =>
    (cause: unknown): boolean =>
      cause instanceof ApiProblem && cause.problem.code === code;
  before(async () => {
    shop = await serveSpecimen();
  });
  after(() => shop.close(0));

  it('lists reactions and jobs, and deliveries by state, to those who steer', async () => {
    assert.deepEqual((await as('owner').unasked()).items, []);
    const { items, next } = await as('owner').deliveries({ state: 'dead' });
    assert.equal(next, null);
    const [letter] = items;
    assert.deepEqual(
      [letter?.no, letter?.component, letter?.about, letter?.code, letter?.dueAt, letter?.endedAt],
      [7, 'reaction/tell', 'r1', 'conflict', null, '1970-01-01T00:00:00.005Z'],
    );
    assert.deepEqual((await as('owner').deliveries({ state: 'done' })).items, []);
    await assert.rejects(as('clerk').unasked(), refusedAs('forbidden'));
    await assert.rejects(as('clerk').deliveries(), refusedAs('forbidden'));
  });

  it('refuses states, numbers and members that are none', async () => {
    for (const query of ['state=lost', 'before=x', 'limit=9999', 'other=1'])
      assert.equal((await shop.call('GET', `/_theseus/deliveries?${query}`)).status, 422, query);
    assert.equal((await shop.call('POST', '/_theseus/deliveries/seven/retry', { body: {} })).status, 404);
    assert.equal((await shop.call('POST', '/_theseus/deliveries/7/stop', { body: { why: 7 } })).status, 422);
    assert.equal((await shop.call('POST', '/_theseus/deliveries/7/retry', { body: { why: 'x' } })).status, 422);
  });

  it('lets those who may take back try a dead letter again or give it up', async () => {
    await as('owner').retryDelivery(7);
    await as('owner').stopDelivery(7, 'nobody needs it');
    await assert.rejects(as('clerk').retryDelivery(7), refusedAs('forbidden'));
    await assert.rejects(as('clerk').stopDelivery(7, ''), refusedAs('forbidden'));
  });

  it('lists requests to hosts outside that failed for good, and lets those who may take back try them again or give them up', async () => {
    const { items } = await as('owner').sendings({ state: 'dead' });
    assert.deepEqual(
      items.map(({ id, host, path, tries }) => [id, host, path, tries]),
      [['s1', 'parcels.example', '/v1', 10]],
    );
    assert.deepEqual((await as('owner').sendings({ state: 'sent' })).items, []);
    assert.equal((await as('owner').health()).deadLetters, 1);
    await as('owner').retrySending('s1');
    await as('owner').stopSending('s1', 'nobody needs it');
    for (const refused of [as('clerk').sendings(), as('clerk').retrySending('s1'), as('clerk').stopSending('s1', '')])
      await assert.rejects(refused, refusedAs('forbidden'));
    for (const query of ['state=lost', 'before=a%20b', 'limit=9999', 'other=1'])
      assert.equal((await shop.call('GET', `/_theseus/sendings?${query}`)).status, 422, query);
    assert.equal((await shop.call('POST', "/_theseus/sendings/a'b/retry", { body: {} })).status, 404);
    assert.equal((await shop.call('POST', '/_theseus/sendings/s1/stop', { body: { why: 7 } })).status, 422);
  });
});
