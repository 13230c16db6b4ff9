/**
 * Requests a second for get, list, create and an operation with three capability calls, as ratios to the hand-written
 * program with the same answers and guarantees. Slices of both run in turn; a ratio is of one pair of slices, the figure is
 * the median over the pairs. Processor time a request is summed over all server processes, PostgreSQL's included.
 */
import { randomUUID } from 'node:crypto';
import { load, RawConnection, rawRequest } from '../load/raw-client.ts';
import { processorMs } from '../load/processor-time.ts';
import { median, rounded, seeded } from '../load/quantiles.ts';
import { startThrowAwaySystem } from '../../scripts/throw-away-system.ts';
import type { BenchOptions } from '../options.ts';
import { startHandWritten } from './hand-written-program.ts';

const workloads = ['get', 'list', 'create', 'operation'] as const;
type Workload = (typeof workloads)[number];
interface Side {
  readonly name: 'ours' | 'theirs';
  readonly port: number;
  readonly key: string;
  readonly pids: () => readonly number[];
  readonly products: string[];
  readonly customers: string[];
}

const productCount = 2_000;
const categories = ['tea', 'coffee', 'cups', 'machines', 'sweets', 'paper'];
const connections = 16;
const sliceMs = 1_000;
const pairs = 7;

export async function run({ seed, only, say }: BenchOptions): Promise<unknown> {
  const random = seeded(seed);
  const system = await startThrowAwaySystem({ durable: true, samples: false });
  const hand = await startHandWritten();
  try {
    const { kernel, postgresql } = system.pids();
    const ours: Side = {
      name: 'ours',
      port: Number(new URL(system.url).port),
      key: system.operatorKey,
      pids: () => [kernel, postgresql ?? 0],
      products: [],
      customers: [],
    };
    const theirs: Side = { name: 'theirs', port: hand.port, key: 'secret', pids: () => hand.pids, products: [], customers: [] };
    for (let index = 0; index < 200; index += 1) {
      const id = randomUUID();
      await hand.db.query('INSERT INTO customers VALUES ($1, $2, $3, $4, $5)', [
        id,
        `Customer ${index}`,
        `c${index}@example.com`,
        'gold',
        100_000,
      ]);
      theirs.customers.push(id);
    }
    for (const side of [ours, theirs]) await fill(side);
    await hand.db.query('ANALYZE');
    const ratios: { [Name in Workload]?: number } = {};
    const cpu: { [Name in Workload]?: { ours: number; theirs: number } } = {};
    const rates: { [Name in Workload]?: { ours: number; theirs: number } } = {};
    let failed = 0;
    let clientShare = 0;
    for (const workload of workloads.filter((name) => only === undefined || name === only)) {
      const rate = { ours: [] as number[], theirs: [] as number[] };
      const spent = { ours: [] as number[], theirs: [] as number[] };
      for (let pair = -1; pair < pairs; pair += 1) {
        for (const side of pair % 2 === 0 ? [ours, theirs] : [theirs, ours]) {
          const before = processorMs(side.pids());
          const clientBefore = process.cpuUsage();
          const result = await load(side.port, { connections, millis: sliceMs, next: (index) => request(side, workload, random, index) });
          const client = process.cpuUsage(clientBefore);
          const cpuMs = processorMs(side.pids()) - before;
          failed += result.failed;
          if (result.failed > 0) say(`${workload} ${side.name}: ${JSON.stringify(result.statuses)}`);
          if (pair < 0) continue; // the first pair warms up
          rate[side.name].push((result.answers * 1000) / result.millis);
          spent[side.name].push(cpuMs / result.answers);
          clientShare = Math.max(clientShare, (client.user + client.system) / 1000 / result.millis);
        }
      }
      ratios[workload] = rounded(median(rate.ours.map((value, index) => value / (rate.theirs[index] ?? Number.NaN))));
      rates[workload] = { ours: Math.round(median(rate.ours)), theirs: Math.round(median(rate.theirs)) };
      cpu[workload] = { ours: rounded(median(spent.ours)), theirs: rounded(median(spent.theirs)) };
      say(
        `${workload.padEnd(10)} ratio ${ratios[workload]}  requests a second ${JSON.stringify(rates[workload])}  processor ms a request ${JSON.stringify(cpu[workload])}`,
      );
    }
    return { ...ratios, cpu, rates, failed, clientShareOfACore: rounded(clientShare), pairs, connections, seed };
  } finally {
    await hand.stop();
    await system.stop();
  }
}

async function fill(side: Side): Promise<void> {
  const connection = new RawConnection(side.port);
  const send = async (path: string, body: unknown): Promise<string> => {
    const answer = await connection.send(
      rawRequest('localhost', 'POST', path, { authorization: `Bearer ${side.key}` }, JSON.stringify(body)),
    );
    if (answer.status !== 201) throw new Error(`${side.name} ${path} answered ${answer.status}: ${answer.body}`);
    return String((JSON.parse(answer.body) as { id: string }).id);
  };
  for (let index = 0; index < productCount; index += 1) {
    side.products.push(
      await send('/api/products', {
        sku: `S-${index}`,
        name: `Product ${index}`,
        category: categories[index % categories.length],
        price: { amount: `${10 + (index % 90)}.50`, currency: 'EUR' },
        stock: 1_000_000,
      }),
    );
  }
  if (side.name === 'ours')
    for (let index = 0; index < 200; index += 1)
      side.customers.push(
        await send('/api/customers', {
          name: `Customer ${index}`,
          email: `c${index}@example.com`,
          tier: 'gold',
          creditLimit: { amount: '1000.00', currency: 'EUR' },
        }),
      );
  connection.close();
}

function request(side: Side, workload: Workload, random: () => number, index: number): string {
  const pick = (list: readonly string[]): string => list[Math.floor(random() * list.length)] ?? '';
  const headers = { authorization: `Bearer ${side.key}` };
  const keyed = { ...headers, 'idempotency-key': randomUUID() };
  switch (workload) {
    case 'get':
      return rawRequest('localhost', 'GET', `/api/products/${pick(side.products)}`, headers);
    case 'list':
      return rawRequest(
        'localhost',
        'GET',
        `/api/products?limit=20&sort=-price&category=${pick(categories)}`.replace('category=', 'category%5Beq%5D='),
        headers,
      );
    case 'create':
      return rawRequest(
        'localhost',
        'POST',
        '/api/products',
        keyed,
        JSON.stringify({
          sku: `N-${randomUUID()}`,
          name: `New ${index}`,
          category: pick(categories),
          price: { amount: '12.50', currency: 'EUR' },
          stock: 10,
        }),
      );
    case 'operation':
      return rawRequest(
        'localhost',
        'POST',
        '/api/orders/place',
        keyed,
        JSON.stringify({ customer: pick(side.customers), lines: [{ product: pick(side.products), quantity: 1 }] }),
      );
  }
}
