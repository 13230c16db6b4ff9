import assert from 'node:assert/strict';
import { after, before, describe, it } from 'node:test';
import { type Client, openClient } from '../client.ts';
import { serveSpecimen, type ServedSpecimen } from '../specimen/serve-specimen.ts';

describe('what changes cost, at the control API', () => {
  let shop: ServedSpecimen;
  const as = (role: string): Client => openClient({ url: shop.url, key: `key_${role}` });
  before(async () => {
    shop = await serveSpecimen();
  });
  after(() => shop.close(0));

  it('adds up what is known and counts what is not, for those who steer', async () => {
    const report = await as('owner').cost();
    assert.deepEqual(
      [report.total.usd, report.total.callsWithoutPrice, report.total.callsWithoutTokens, report.total.usdPerRetained],
      [0.004, 1, 1, null],
    );
    assert.equal(report.byModel.find((each) => each.model === 'mine')?.usd, null);
    await assert.rejects(as('clerk').cost());
  });

  it('takes the owner’s own figures and says which are assumed', async () => {
    const { ownership } = await as('owner').cost({ hourlyRate: '100', conventionalHours: '3.5' });
    assert.deepEqual(ownership.input.hourlyRate, { value: 100, from: 'stated' });
    assert.equal(ownership.input.monthly.from, 'assumed');
    assert.equal(ownership.conventional.total, 350);
  });

  it('answers a spreadsheet as CSV, with unknown written out', async () => {
    const csv = await as('owner').costCsv();
    assert.match(csv, /^change,at,request/);
    assert.match(csv, /mine,unknown,unknown/);
    const { headers } = await shop.call('GET', '/_theseus/cost?format=csv');
    assert.equal(headers.get('x-content-type-options'), 'nosniff');
    assert.match(headers.get('content-disposition') ?? '', /^attachment;/);
  });

  it('refuses figures and dates that are none', async () => {
    for (const query of ['hourlyRate=much', 'hourlyRate=-1', 'since=yesterday', 'until=2026-13-01', 'format=xml', 'limit=0x1', 'other=1'])
      assert.equal((await shop.call('GET', `/_theseus/cost?${query}`)).status, 422, query);
  });
});
