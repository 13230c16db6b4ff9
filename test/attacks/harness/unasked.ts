/**
 * Attacks by what runs unasked: real PostgreSQL, real hosts, the turns of the machine, and a clock that is set. Each attack is served
 * beside an innocent reaction and an innocent job; its code is put in behind the back of every gate.
 */
import assert from 'node:assert/strict';
import { type Bench, job, openBench, reaction, shop } from '../../unasked/bench.ts';

export interface UnaskedAttack {
  /** Its parts of the system, as contracts; their bodies are replaced by `code`. */
  readonly files: { readonly [path: string]: string };
  /** Bodies of `run`, by `reaction/name` or `job/name`. */
  readonly code?: { readonly [component: string]: string };
  /** Does the deed and looks at what came of it; throws where it succeeded. */
  readonly run: (system: AttackedBench) => Promise<void>;
}
export interface AttackedBench extends Bench {
  /** A row that the innocent reaction hears of; `told` once it has run. */
  product(sku: string): Promise<string>;
  isTold(id: string): Promise<boolean>;
  /** Rows of the journal, and of the outbox, that components of this attack wrote. */
  written(component: string): Promise<number>;
  events(like: string): Promise<number>;
  /** A row that nobody but its owner may read or alter. */
  readonly secret: { readonly id: string; readonly text: string };
}
const innocent = {
  ...reaction(
    'tell',
    'product.created',
    "await data.product.update(event.row, { name: 'told' });",
    "capabilities: { product: ['update'] },",
  ),
  ...job('count', "cron: '*/10 * * * *', catchUp: 'last'", 'log({ counted: due });'),
};
const bodyOf = (body: string): string =>
  `globalThis.component = ({ async run({ data, event, due, dueDay, today, caller, now, random, log, emit, call, fetch }) {\n${body}\n} });`;

export async function openAttackedBench(): Promise<AttackedBench> {
  const bench = await openBench();
  await bench.serve({ ...shop, ...innocent });
  const text = `secret-of-the-customer-${process.pid}`;
  const { id } = await bench.create('customer', { name: text });
  const count = async (sql: string, value: string): Promise<number> =>
    Number((await bench.query<{ count: string }>(sql, [value]))[0]?.count ?? Number.NaN);
  return {
    ...bench,
    secret: { id, text },
    product: async (sku) => (await bench.create('product', { sku, name: 'Tea', price: 450, stock: 1 })).id,
    isTold: async (product) => (await bench.get('product', product))['name'] === 'told',
    written: (component) => count('select count(*) from theseus.journal where component = $1', component),
    events: (like) => count('select count(*) from theseus.outbox where type like $1', like),
  };
}

/** Serves an attack, runs it, and looks whether the innocent are served as before. */
export async function runUnaskedAttack(bench: AttackedBench, { files, code = {}, run }: UnaskedAttack): Promise<void> {
  await bench.unasked.settle();
  await bench.query('delete from theseus.deliveries');
  await bench.query('delete from theseus.hours');
  bench.logged.length = 0;
  await bench.serve(
    { ...shop, ...innocent, ...files },
    Object.fromEntries(Object.entries(code).map(([name, body]) => [name, bodyOf(body)])),
  );
  await run(bench);
  await bench.serve({ ...shop, ...innocent });
  await bench.unasked.settle();
  const product = await bench.product(`after ${Math.random()}`);
  bench.clock.now += 600_000;
  await bench.unasked.settle();
  assert.ok(await bench.isTold(product), 'an innocent reaction runs afterwards');
  assert.ok(JSON.stringify(bench.logged).includes('counted'), 'an innocent job runs afterwards');
  assert.equal((await bench.get('customer', bench.secret.id))['name'], bench.secret.text);
  assert.doesNotMatch(JSON.stringify(await bench.query('select data from theseus.outbox')), new RegExp(bench.secret.text));
}
