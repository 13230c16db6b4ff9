import assert from 'node:assert/strict';
import { describe, it, type TestContext } from 'node:test';
import { isRefusal, type Limits } from '#kernel';
import { openKnocks } from './knocks.ts';
import { specimenMachine, specimenRunning } from './specimen/machine.ts';
import { serveSpecimen, type ServedSpecimen } from './specimen/serve-specimen.ts';

async function shopWith(test: TestContext, limits: Partial<Limits>, clock: () => number = () => 0): Promise<ServedSpecimen> {
  const { model } = specimenRunning;
  const { policy } = model.settings;
  const settings = { ...model.settings, policy: { ...policy, limits: { ...policy.limits, ...limits } } };
  const running = { ...specimenRunning, model: { ...model, settings } };
  const shop = await serveSpecimen({ machine: { ...specimenMachine(), current: () => running }, clock });
  test.after(() => shop.close(0));
  return shop;
}
const statuses = async (times: number, call: () => Promise<{ readonly status: number }>): Promise<readonly number[]> => {
  const seen: number[] = [];
  for (let turn = 0; turn < times; turn++) seen.push((await call()).status);
  return seen;
};

describe('limits', () => {
  it('a caller that calls too often is told when to come again, and holds up nobody else', async (test) => {
    let now = 0;
    const shop = await shopWith(test, { calls: 1 }, () => now);
    assert.deepEqual(await statuses(11, () => shop.call('GET', '/api/customers', { as: 'clerk' })), [...Array(10).fill(200), 429]);
    const refused = await shop.call('GET', '/api/customers', { as: 'clerk' });
    assert.equal(refused.headers.get('retry-after'), '1');
    assert.equal(refused.json['code'], 'rate-limited');
    assert.equal(refused.json['type'], '/errors/rate-limited');
    assert.match(String(refused.json['detail']), /1 times a second.*again in 1 second/);
    assert.equal((await shop.call('GET', '/api/customers', { as: 'owner' })).status, 200);
    now = 1_000;
    assert.equal((await shop.call('GET', '/api/customers', { as: 'clerk' })).status, 200);
  });

  it('where the owner sets none, rows are read as often as the machine can', async (test) => {
    const shop = await shopWith(test, {});
    const all = await Promise.all(Array.from({ length: 1_000 }, () => shop.call('GET', '/api/customers')));
    assert.ok(all.every(({ status }) => status === 200));
  });

  it('what steers the system has a limit of its own; looking at it has not', async (test) => {
    const shop = await shopWith(test, { control: 1 });
    const freeze = (): Promise<{ readonly status: number }> => shop.call('POST', '/_theseus/unfreeze', { body: {} });
    assert.equal((await statuses(11, freeze)).at(-1), 429);
    assert.equal((await shop.call('GET', '/_theseus/changes')).status, 200);
    assert.equal((await shop.call('GET', '/api/customers')).status, 200);
  });

  it('sign-ins that fail too often are refused before the link is looked at; who is in stays in', async (test) => {
    let now = 0;
    const shop = await shopWith(test, { signIns: 3 }, () => now);
    const guess = (): Promise<{ readonly status: number }> =>
      shop.call('POST', '/_theseus/sign-in', { as: null, body: { link: 'link_guess_guess_guess' } });
    assert.deepEqual(await statuses(4, guess), [401, 401, 401, 429]);
    const page = await shop.call('GET', '/sign-in?link=link_specimen-0001', { as: null });
    assert.equal(page.status, 429);
    assert.equal(page.headers.get('retry-after'), '20');
    const seen = await fetch(`${shop.url}/sign-in?link=link_specimen-0001`, { headers: { accept: 'text/html' } });
    assert.deepEqual([seen.status, seen.headers.get('retry-after')], [429, '20']);
    assert.match(seen.headers.get('content-type') ?? '', /^text\/html/);
    assert.match(await seen.text(), /open it again in 20 seconds/);
    assert.equal((await shop.call('GET', '/api/customers')).status, 200);
    now = 20_000;
    assert.equal((await shop.call('GET', '/sign-in?link=link_specimen-0001', { as: null })).status, 303);
  });

  it('unknown keys are answered ever more seldom; a good key from the same address always', async (test) => {
    const shop = await shopWith(test, {});
    const seen = await statuses(210, () => shop.call('GET', '/api/customers', { as: 'nobody' }));
    assert.deepEqual([...new Set(seen)], [401, 429]);
    assert.equal((await shop.call('GET', '/api/customers')).status, 200);
    assert.equal((await shop.call('GET', '/api/customers', { as: null })).status, 401, 'without any key nothing was guessed');
  });

  it('a caller leaves at most a hundred streams open', async (test) => {
    const shop = await shopWith(test, {});
    const end = new AbortController();
    const open = (): Promise<Response> =>
      fetch(`${shop.url}/_theseus/events`, { headers: { authorization: 'Bearer key_owner' }, signal: end.signal });
    const streams = await Promise.all(Array.from({ length: 101 }, open));
    assert.deepEqual(
      streams.map(({ status }) => status).toSorted((a, b) => a - b),
      [...Array<number>(100).fill(200), 429],
    );
    end.abort();
  });

  it('a stream that has ended makes room for another', () => {
    const knocks = openKnocks(
      () => null,
      () => 0,
    );
    const leave = Array.from({ length: 100 }, () => knocks.stream('ada')).at(-1);
    assert.ok(isRefusal(knocks.stream('ada')));
    assert.ok(!isRefusal(knocks.stream('bob')));
    if (typeof leave === 'function') leave();
    assert.ok(!isRefusal(knocks.stream('ada')));
  });
});

describe('the type of a problem', () => {
  it('leads to the entry of docs/errors.md, as a page for browsers and as text for others', async (test) => {
    const shop = await shopWith(test, {});
    const problem = await shop.call('GET', '/api/nothing');
    const page = await shop.call('GET', String(problem.json['type']), { as: null, headers: { accept: 'text/html' } });
    assert.equal(page.status, 200);
    assert.match(page.headers.get('content-type') ?? '', /^text\/html/);
    assert.match(page.headers.get('content-security-policy') ?? '', /default-src 'none'/);
    assert.match(page.text, /<h1>not-found<\/h1>.*What to do/s);
    const text = await shop.call('GET', '/errors/deadline', { as: null, headers: { accept: '*/*' } });
    assert.match(text.headers.get('content-type') ?? '', /^text\/markdown/);
    assert.match(text.text, /^# deadline\n\n504\. \*\*Meaning:\*\*/);
    assert.doesNotMatch(text.text, /## Faults/);
    assert.match((await shop.call('GET', '/errors/', { as: null })).text, /\/errors\/invalid/);
    assert.equal((await shop.call('GET', '/errors/nonsense', { as: null })).status, 404);
    assert.equal((await shop.call('DELETE', '/errors/invalid', { as: null })).status, 405);
  });
});
