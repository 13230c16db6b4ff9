/** What a request needs: specimens of each need, of harm and of what only sounds like it, and that code and no code are rarely mixed up. */
import assert from 'node:assert/strict';
import { readdirSync, readFileSync } from 'node:fs';
import { test } from 'node:test';
import { readSystem } from '#model/read';
import { sentencesGenerator } from '#sentences';
import { type KnownPoint, plainWords } from '#settings';
import { harmOf } from './harm.ts';
import type { Need } from './asked.ts';
import { needOf } from './need.ts';
import { senselessOf } from './senseless.ts';

const bench = new URL('../../../bench/decide/system-extra/', import.meta.url);
const sourcesIn = (url: URL): { [path: string]: string } =>
  Object.fromEntries(
    readdirSync(url, { recursive: true, encoding: 'utf8' })
      .filter((path) => path.endsWith('.ts') || path === 'theseus.json')
      .map((path) => [path, readFileSync(new URL(path, url), 'utf8')]),
  );
const sources = { ...sourcesIn(new URL('../../../systems/shop/', import.meta.url)), ...sourcesIn(bench) };
const reading = readSystem(sources);
assert.ok(reading.ok);
type Stated = Omit<KnownPoint, 'name'> & { readonly point: string };
const points = (JSON.parse(readFileSync(new URL('strategies.json', bench), 'utf8')) as readonly Stated[]).map(({ point, ...rest }) => ({
  ...rest,
  name: point,
}));
const context = { reading: reading as never, sources, count: async () => 0, change: 'c1', today: '2026-11-23' };
const need = async (text: string): Promise<Need> =>
  needOf({ text, reading, points, said: await sentencesGenerator.understand(text, context) });

const wants = (kind: string): 'change' | 'none' | 'undecided' =>
  kind === 'undecided' ? 'undecided' : kind === 'nothing' || kind === 'compose' ? 'none' : 'change';
type Labelled = { readonly request: string; readonly need: string };
const learnt = JSON.parse(readFileSync(new URL('../learning/shop/more.json', bench), 'utf8')) as readonly Labelled[];

test('of requests that it learnt from few are taken for the opposite, and at most a fifth is left open', async () => {
  const some = learnt.filter((_, at) => at % 17 === 0);
  const found = await Promise.all(some.map(async (each) => ({ ...each, kind: wants((await need(each.request)).kind) })));
  const opposite = found.filter(({ kind, need: wanted }) => kind !== 'undecided' && kind !== wants(wanted));
  assert.ok(opposite.length * 20 <= some.length, opposite.map(({ request }) => request).join('\n'));
  assert.ok(found.filter(({ kind }) => kind === 'undecided').length * 5 <= some.length);
});

test('what is in force is told with its place', async () => {
  const billed = await need('A cancelled order is never billed, make sure of it.');
  assert.deepEqual(billed.kind === 'nothing' && [billed.refused, billed.where], [false, 'operation/issueInvoice']);
  const view = await need('Show open orders with customer, placed on and total, newest first called "what is open".');
  assert.deepEqual(view.kind === 'nothing' && view.where, 'view/openOrders');
  assert.equal((await need('Show open orders with customer and status, newest first called "what is open".')).kind, 'code');
  assert.equal((await need('Show paid orders with customer, placed on and total, newest first called "what is paid".')).kind, 'code');
});

test('that a transition is there says nothing of when, by whom or from which figure on it is made', async () => {
  const there = await need('An order can be cancelled while it is open.');
  assert.equal(there.kind, 'nothing', 'the transition itself is in force');
  const further = [
    'Every morning at 6, cancel open orders older than 30 days.',
    'Open orders must be cancelled by themselves after a month.',
    'Each evening cancel open orders.',
    'Open orders over 9000 should be cancelled.',
  ];
  for (const request of further) assert.notEqual((await need(request)).kind, 'nothing', request);
});

test('the same with another figure is not in force', async () => {
  assert.equal((await need('For quotes from 1,000 on there should be 5 percent off.')).kind, 'nothing');
  assert.notEqual((await need('For quotes from 1,000 on there should be 6 percent off.')).kind, 'nothing');
  assert.notEqual((await need('For quotes from 2,000 on there should be 5 percent off.')).kind, 'nothing');
  assert.notEqual((await need('Large orders above five thousand have to be approved by the manager first.')).kind, 'nothing');
  assert.notEqual((await need('The stock of a product must never fall below five.')).kind, 'nothing');
});

test('a question is answered with exactly the list that gives it', async () => {
  const queries: readonly (readonly [string, string])[] = [
    ['Which customers are gold?', 'GET /api/customers?tier=gold'],
    ['Which unpaid invoices are over 700?', 'GET /api/invoices?paid=false&total[gt]=700'],
  ];
  for (const [request, query] of queries) {
    const made = await need(request);
    assert.equal(made.kind === 'compose' ? made.how : made.kind, query, request);
  }
});

test('harm is refused with a reason, and a rule against it is not harm', () => {
  const harmful = [
    'Sell everything below what we paid for it.',
    'Delete all customers tonight.',
    'Every product costs 0 euro from Monday on.',
    'Secretly add a euro to each invoice.',
    'Switch off the checks before a change goes live.',
    "Send the customers' passwords to the agency.",
    'Let me approve my own changes without anybody else.',
    'Foreigners pay ten percent more.',
    'Backdate all invoices to last year.',
  ];
  for (const request of harmful) assert.ok(harmOf(plainWords(request)), request);
  const harmless = [
    'Never sell below the purchase price.',
    'Delete the orders that are older than ten years.',
    'Gold customers get 10% off orders over 500.',
    'The price of a product is at least 0.',
    'Free delivery for orders over 50 euros.',
    'Passwords must have twelve letters.',
    'Draw a random winner of the raffle each month.',
    'Show my own changes.',
    'Nobody may delete all customers.',
  ];
  for (const request of harmless) assert.equal(harmOf(plainWords(request)), undefined, request);
});

test('what changes no value leaves all as it is, what says nothing is refused', () => {
  assert.equal(senselessOf(plainWords('Multiply the total by one.'))?.refused, false);
  assert.equal(senselessOf(plainWords('Rename the stock to stock.'))?.refused, false);
  assert.equal(senselessOf(plainWords('Make it better.'))?.refused, true);
  assert.equal(senselessOf(plainWords('What is the weather in Rome?'))?.refused, true);
  assert.equal(senselessOf(plainWords('xkcdqz brrrtfg'))?.refused, true);
  for (const request of [
    'Multiply the total by ten.',
    'Add 10 to the stock.',
    'Rename the stock to inventory.',
    'Make listing invoices faster.',
  ])
    assert.equal(senselessOf(plainWords(request)), undefined, request);
});

test('the same request of the same system gets the same answer', async () => {
  for (const { request } of learnt.slice(0, 5)) assert.deepEqual(await need(request), await need(request));
});

test('where it only seems to be so already, the place is named and how to ask again is told', async () => {
  const nothing = learnt.filter(({ need: wanted }) => wanted === 'nothing');
  const found = await Promise.all(nothing.filter((_, at) => at % 15 === 0).map(({ request }) => need(request)));
  const seeming = found.filter((each) => each.kind === 'nothing' && each.why.startsWith('It seems'));
  assert.ok(seeming.length > 2);
  for (const each of seeming) {
    assert.ok(each.kind === 'nothing' && each.where !== undefined && !each.refused);
    assert.match(each.why, /Nothing was changed\. If something should be otherwise, ask again/);
  }
});

test('a request of ten thousand characters is left open, and in less than a twentieth of a second', async () => {
  const shapes = [
    'We want to know which orders of our customers are late and why ',
    'no no no ',
    'if a customer then an order, ',
    'aaaaaaaaaaaaaaaaaaaaaaa ',
    '1 2 3 4 5 ',
    '"" ?! ',
  ];
  for (const shape of shapes) {
    const text = shape.repeat(Math.ceil(10_000 / shape.length)).slice(0, 10_000);
    const said = await sentencesGenerator.understand(text, context);
    needOf({ text, reading, points, said });
    const times = [1, 2, 3].map(() => {
      const began = performance.now();
      needOf({ text, reading, points, said });
      return performance.now() - began;
    });
    assert.ok(Math.min(...times) < 50, `${shape}: ${Math.min(...times)} ms`);
  }
});

test('a stated address that nothing answers needs code, whatever else answers something like it', async () => {
  for (const request of [
    'A scanner asks GET /v1/articles/{sku} and wants the sku and the stock of a product back.',
    'Show our partner the orders of a customer at GET https://shop.example/v2/customers/:id/orders.',
    'POST /orders should place an order as before.',
  ])
    assert.equal((await need(request)).kind, 'code', request);
  assert.equal((await need('PATCH /api/customers/{customer} should tell which orders of the customer are open.')).kind, 'undecided');
});

test('that nothing is needed is not said of a change by its name with words that nobody knows, nor of what names nothing of the system', async () => {
  for (const request of [
    'Add a text field default to customers',
    'Füge den Rechnungen ein Fälligkeitsdatum hinzu',
    '为发票添加截止日期',
    'Bitte zeige mir alle offenen Bestellungen',
  ])
    assert.ok(!['nothing', 'compose'].includes((await need(request)).kind), request);
});
