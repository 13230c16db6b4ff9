import assert from 'node:assert/strict';
import { test } from 'node:test';
import { readdirSync, readFileSync } from 'node:fs';
import { runInNewContext } from 'node:vm';
import { compareContracts, type SourceFiles } from './index.ts';
import { openReader, readSystem } from './read.ts';

const folder = new URL('../../../systems/shop/', import.meta.url);
const shop: { readonly [path: string]: string } = Object.fromEntries(
  readdirSync(folder, { recursive: true, encoding: 'utf8' })
    .filter((path) => path.endsWith('.ts') || path === 'theseus.json')
    .map((path) => [path, readFileSync(new URL(path, folder), 'utf8')]),
);
const head = '/**\n * It.\n *\n * why: it\n * change: start\n * generator: person\n * date: 2026-11-23\n */\n';
const reaction = (
  event = 'product.updated',
  more = '',
  body = 'await data.product.get(event.row);',
): string => `${head}import { reaction } from 'theseus/sdk';

const least = 5;
export default reaction({
  id: 'n_stock', name: 'watchStock', on: { event: '${event}' }, capabilities: { product: ['read', 'update'] }, ${more}
  async run({ data, event, today, now, log, emit }) {
    ${body}
  },
});\n`;
const job = (schedule: string, more = '', body = 'log(due);'): string => `${head}import { job } from 'theseus/sdk';
export default job({
  id: 'j_night', name: 'nightly', schedule: { ${schedule} }, ${more}
  async run({ data, due, dueDay, log }) {
    ${body}
  },
});\n`;
const every = "cron: '0 6 * * *', catchUp: 'last'";
const withBoth = (watch = reaction(), nightly = job(every), more: SourceFiles = {}): SourceFiles => ({
  ...shop,
  'reactions/watch-stock.ts': watch,
  'jobs/nightly.ts': nightly,
  ...more,
});
const problemsOf = (files: SourceFiles): string => {
  const reading = readSystem(files);
  return reading.ok ? '' : reading.problems.map(({ path, line, message }) => `${path}:${line} ${message}`).join('\n');
};

test('a reaction and a job are read with what makes them run, what they may do, and what they may cost', () => {
  const reading = readSystem(
    withBoth(
      reaction('product.updated', 'caps: { wallMs: 200 }, retries: { attempts: 3, firstMs: 500, mostMs: 400 },'),
      job("cron: '30 2 * * 1-5', timeZone: 'Europe/Berlin', catchUp: 'all'", 'hourly: { runs: 12 },'),
    ),
  );
  assert.ok(reading.ok, JSON.stringify(reading));
  const [watch] = reading.model.reactions;
  assert.deepEqual(watch, {
    kind: 'reaction',
    id: 'n_stock',
    name: 'watchStock',
    on: { entity: reading.model.entities.find((entity) => entity.name === 'product')?.id, happens: 'updated' },
    capabilities: [{ kind: 'data', entity: 'e_product', access: ['read', 'update'], sensitive: [] }].map((capability) => ({
      ...capability,
      entity: reading.model.entities.find((entity) => entity.name === 'product')?.id,
    })),
    caps: { wallMs: 200, capabilityCalls: 1_000, rows: 10_000, bytes: 4_194_304 },
    retries: { attempts: 3, firstMs: 500, mostMs: 500 },
    hourly: { runs: 10_000, wallMs: 600_000 },
  });
  const [nightly] = reading.model.jobs;
  assert.deepEqual(nightly?.schedule, { cron: '30 2 * * 1-5', timeZone: 'Europe/Berlin', catchUp: 'all' });
  assert.equal(nightly?.hourly.runs, 12);
});

test('the code of a job and of a reaction sets a component whose run does what the source says, lines kept', async () => {
  const reading = readSystem(withBoth());
  assert.ok(reading.ok, JSON.stringify(reading));
  for (const [kind, path] of [
    ['reaction', 'reactions/watch-stock.ts'],
    ['job', 'jobs/nightly.ts'],
  ] as const) {
    const source = withBoth()[path] ?? '';
    const code: string = reading.components.find((component) => component.kind === kind)?.code ?? '';
    const line = (text: string): number => text.split('\n').findIndex((each) => each.includes('async run'));
    assert.equal(line(code), line(source));
    assert.doesNotMatch(code, /import|cron|event: '/);
    const realm: { component?: { run(given: object): Promise<unknown> } } = {};
    runInNewContext(`(function (globalThis) { "use strict";{${code}\n} })`, {})(realm);
    const logged: unknown[] = [];
    const product = { get: async (row: unknown) => logged.push(row) };
    await realm.component?.run({ data: { product }, event: { row: 'r1' }, due: 7, log: (value: unknown) => logged.push(value) });
    assert.deepEqual(logged, [kind === 'job' ? 7 : 'r1']);
  }
});

test('an event that is none, or that nothing emits, is refused with what to write', () => {
  const told: readonly (readonly [string, RegExp])[] = [
    ['supplier.updated', /there is no entity supplier/],
    ['product.sold', /event is such as 'order.updated'/],
    ['product.updated.twice', /event is such as/],
    ['Product', /event is such as/],
    ['stockLow', /nothing emits stockLow/],
  ];
  for (const [event, expected] of told) assert.match(problemsOf(withBoth(reaction(event))), expected, event);
  assert.match(problemsOf(withBoth(reaction('stockLow'), job(every, "emits: ['stockHigh'],"))), /events emitted are stockHigh/);
  assert.equal(problemsOf(withBoth(reaction('stockLow', "emits: ['stockLow'],", "await emit('stockLow', 1);"))), '');
  assert.equal(problemsOf(withBoth(reaction('stockLow'), job(every, "emits: ['stockLow'],"))), '');
});

test('what a reaction or a job may not be is refused', () => {
  const told: readonly (readonly [SourceFiles, RegExp])[] = [
    [withBoth(reaction().replace("on: { event: 'product.updated' },", '')), /on is missing/],
    [
      withBoth(reaction('product.updated', '', 'log(1);').replace('async run', 'run')),
      /the body is an async method: async run\(\{ data, event \}\)/,
    ],
    [withBoth(reaction().replace("'n_stock'", "'o_stock'")), /n_/],
    [withBoth(reaction('product.updated', 'input: {},')), /input is not known here/],
    [withBoth(reaction('product.updated', "roles: ['manager'],")), /roles is not known here/],
    [withBoth(reaction('product.updated', 'retries: { attempts: 1000 },')), /attempts must be a whole number from 1 to 20/],
    [withBoth(reaction('product.updated', 'hourly: { wallMs: 9000000 },')), /wallMs must be a whole number from 1000 to 3600000/],
    [withBoth(reaction('product.updated', '', 'fetch("x");')), /fetch is not known here/],
    [withBoth(reaction('product.updated', 'capabilities: {},')), /capabilities stands here twice/],
    [withBoth(undefined, job("cron: '0 6 * * *'")), /catchUp is missing/],
    [withBoth(undefined, job("cron: '0 6 * * *', catchUp: 'some'")), /'none', 'last' or 'all'/],
    [withBoth(undefined, job("cron: '61 6 * * *', catchUp: 'all'")), /cron has five fields/],
    [withBoth(undefined, job("cron: '0 6 * * *', timeZone: 'Mars/One', catchUp: 'all'")), /is no time zone/],
    [withBoth(undefined, job(every).replace('schedule:', 'when:')), /when is not known here/],
    [withBoth(undefined, job(every).replace("name: 'nightly'", "name: 'daily'")), /job\/daily must stand in jobs\/daily.ts/],
    [withBoth(undefined, job(every, '', 'setTimeout(() => {}, 5);')), /setTimeout is not known here: a call does not wait/],
    [withBoth(undefined, job(every).replaceAll("'j_night'", "'n_stock'")), /j_/],
  ];
  for (const [files, expected] of told) assert.match(problemsOf(files), expected);
});

test('an example makes a reaction or a job run, and names only what is there', () => {
  const tests = (steps: string): SourceFiles =>
    withBoth(undefined, undefined, {
      'reactions/watch-stock.test.ts': `import { example, examples } from 'theseus/sdk';\nexport default examples([example('it', [{ create: 'product', as: 'tea', with: { sku: 'T', name: 'Tea', price: '1.00' } }, { create: 'customer', as: 'ada', with: { name: 'Ada' } }, ${steps}])]);\n`,
    });
  assert.equal(
    problemsOf(
      tests(
        "{ react: 'watchStock', on: 'tea' }, { run: 'nightly', at: '2026-02-01T06:00:00Z', then: { refused: 'conflict' } }, { after: '1 hour' }, { read: 'tea', http: 'GET /api/products/{tea}?a=1', headers: { 'If-None-Match': '*' }, then: { status: 304, headers: { etag: null }, body: [1] } }, { create: 'product', http: 'POST /api/products', with: 1 }, { sent: 'mail.example:8080/v1', then: [{ method: 'POST', body: 1 }] }, { sent: 'mail.example', then: [] }, { run: 'nightly', after: '2 days', then: { at: ['2026-02-01T06:00:00Z'] } }, { after: '90 minutes' }",
      ),
    ),
    '',
  );
  const told: readonly (readonly [string, RegExp])[] = [
    ["{ react: 'watchStock' }", /name one in on/],
    ["{ react: 'watchStock', on: 'ada' }", /runs on rows of product, and ada is one of customer/],
    ["{ react: 'watchStock', on: 'bob' }", /no earlier step names a row "bob"/],
    ["{ react: 'watchStock', on: 'tea', with: { a: 1 } }", /nothing in with/],
    ["{ react: 'watchStock', on: 'tea', was: { nothing: 1 } }", /no field nothing/],
    ["{ react: 'watchStock', on: 'tea', was: 1 }", /was must be an object/],
    ["{ find: 'product' }", /find needs with/],
    ["{ find: 'product', with: { nothing: 1 } }", /no field nothing/],
    ["{ find: 'nothing', with: {} }", /nothing/],
    ["{ react: 'watch', on: 'tea' }", /there is no reaction watch/],
    ["{ react: 'watchStock', on: 'tea', then: { stock: 1 } }", /answers nobody/],
    ["{ run: 'nightly' }", /run needs at/],
    ["{ run: 'nightly', at: 'tomorrow' }", /run needs at/],
    ["{ run: 'nightly', at: '2026-02-01T06:00:00Z', after: '1 day' }", /run needs at/],
    ["{ run: 'nightly', at: '2026-02-01T06:00:00Z', then: { at: [] } }", /answers nobody/],
    ["{ run: 'nightly', after: '1 day', then: { at: ['tomorrow'] } }", /list of the instants/],
    ["{ run: 'nightly', after: '1 day', then: { at: [], stock: 1 } }", /answers nobody/],
    ["{ read: 'tea', http: '/api/products/{tea}', then: {} }", /http is a method and an address/],
    ["{ read: 'tea', http: 'GET /api/products/{bob}', then: {} }", /no earlier step names a row "bob"/],
    ["{ read: 'tea', http: 'GET /x', headers: { Authorization: 'Bearer {bob}' }, then: {} }", /no earlier step names a row "bob"/],
    ["{ read: 'tea', http: 'GET /x' }", /read needs then/],
    ["{ read: 'tea', http: 'GET /x', then: { name: 'Tea' } }", /then has status, headers, body, and no name/],
    ["{ read: 'tea', http: 'GET /x', headers: { a: 1 }, then: {} }", /headers is an object of texts/],
    ["{ read: 'tea', http: 'GET /x', then: { headers: { a: 1 } } }", /texts, or null/],
    ["{ read: 'tea', headers: { a: 'b' }, then: {} }", /headers stand beside http/],
    ["{ create: 'product', as: 'it', http: 'POST /x' }", /find names the row/],
    ["{ delete: 'tea', with: {} }", /a step with delete has no with/],
    ["{ emitted: 'sold', then: [] }", /nothing emits sold; events emitted are none/],
    ["{ emitted: 'sold' }", /emitted needs then/],
    ["{ emitted: 'product.created', then: [] }", /is of rows/],
    ["{ sent: 'https://mail.example', then: [] }", /without https/],
    ["{ sent: 'mail.example', then: {} }", /sent needs then/],
    ["{ sent: 'mail.example', then: [{ verb: 'POST' }] }", /and no verb/],
    ["{ sent: 'mail.example', then: [], by: 'owner' }", /has no by/],
    ["{ after: '1 month' }", /in minutes, hours or days/],
    ["{ after: '0 days' }", /in minutes, hours or days/],
    ["{ after: '10001 days' }", /10,000 days at most/],
    ['{ after: 3 }', /after needs a name in quotes/],
    ["{ after: '1 day', then: {} }", /a step with after has no then/],
    ["{ run: 'daily', at: '2026-02-01T06:00:00Z' }", /there is no job daily/],
  ];
  for (const [steps, expected] of told) assert.match(problemsOf(tests(steps)), expected, steps);
});

test('a reader that keeps what it read sees a reaction, its example and its emitter change', () => {
  const reader = openReader();
  const example = `import { example, examples } from 'theseus/sdk';\nexport default examples([example('it', [{ react: 'watchStock', with: 1 }])]);\n`;
  const files = withBoth(reaction('stockLow'), job(every, "emits: ['stockLow'],"), { 'reactions/watch-stock.test.ts': example });
  assert.ok(reader.read(files).ok);
  const heard = example.replace("{ react: 'watchStock', with: 1 }", "{ emitted: 'stockLow', then: [] }");
  assert.ok(reader.change({ 'reactions/watch-stock.test.ts': heard }).ok);
  assert.equal(reader.change({ 'reactions/watch-stock.test.ts': heard.replace('stockLow', 'stockHigh') }).ok, false);
  assert.ok(reader.change({ 'reactions/watch-stock.test.ts': example }).ok);
  assert.equal(reader.change({ 'jobs/nightly.ts': job(every) }).ok, false);
  assert.ok(reader.change({ 'jobs/nightly.ts': job(every, "emits: ['stockLow'],") }).ok);
  assert.equal(reader.change({ 'reactions/watch-stock.ts': reaction() }).ok, false);
  assert.ok(reader.change({ 'reactions/watch-stock.ts': reaction('stockLow') }).ok);
  assert.equal(reader.change({ 'reactions/watch-stock.ts': null }).ok, false);
});

test('what changes of a reaction or a job is told, and turns no caller away', () => {
  const read = (files: SourceFiles) => {
    const reading = readSystem(files);
    assert.ok(reading.ok, JSON.stringify(reading));
    return reading.components.map((component) => component.contract);
  };
  const before = read(withBoth());
  const changed = compareContracts(
    before,
    read(withBoth(reaction('product.created', 'hourly: { runs: 5 },'), job("cron: '0 7 * * *', catchUp: 'all'"))),
  );
  assert.deepEqual(
    changed.map(({ member, change, compatible }) => [member, change, compatible]),
    [
      ['job/nightly#schedule', 'runs at 0 7 * * *, catching up all, was at 0 6 * * *, catching up last', true],
      ['reaction/watchStock#on', 'runs on another event', true],
      ['reaction/watchStock#hourly', 'has other limits', true],
    ],
  );
  assert.deepEqual(
    compareContracts(before, read(shop)).map(({ member, change, compatible }) => [member, change, compatible]),
    [
      ['job/nightly', 'is gone', true],
      ['reaction/watchStock', 'is gone', true],
    ],
  );
});
