/**
 * One connection with rows of its own: asks one thing after the other, of every kind, fitting and unfitting, and records what
 * was answered and which generation said so. It does not judge; it knows of the system only what it was told the shape to be.
 */
import { randomUUID } from 'node:crypto';
import { RawConnection, rawRequest } from '../load/raw-client.ts';
import type { Body, Exchange } from './judge.ts';
import type { FieldMeaning, Meaning } from './meaning.ts';
import { moneyJson } from './shown.ts';

export interface Recorded extends Exchange {
  readonly generation: string | null;
  readonly at: number;
}
export interface WorkerOptions {
  readonly port: number;
  readonly owner: string;
  readonly manager: string;
  readonly name: string;
  readonly random: () => number;
  /** The newest meaning that is known to serve; requests follow it, answers need not. */
  readonly newest: () => Meaning;
  readonly record: (exchange: Recorded) => void;
  /** No answer, or one that says that the system failed. */
  readonly fail: (why: string) => void;
  readonly millis: (took: number) => void;
}
type Asked = Omit<Exchange, 'status' | 'answer'>;
const most: { readonly [thing: string]: number } = { customer: 3, product: 5, order: 10, invoice: 10 };
const viewPaths = ['unpaid-invoices-by-customer', 'open-orders', 'paid-orders', 'shipped-orders', 'gold-customers', 'silver-customers'];

export interface Worker {
  run(until: () => boolean, pauseMs: number): Promise<void>;
  rows(): readonly (readonly [thing: string, id: string])[];
  read(thing: string, id: string): Promise<void>;
  close(): void;
}

export function openWorker({ port, owner, manager, name, random, newest, record, fail, millis }: WorkerOptions): Worker {
  let connection = new RawConnection(port);
  const ids = new Map<string, string[]>();
  let count = 0;
  const pick = <Item>(items: readonly Item[]): Item | undefined => items[Math.floor(random() * items.length)];
  const idsOf = (thing: string): string[] => ids.get(thing) ?? ids.set(thing, []).get(thing) ?? [];
  const anyId = (thing: string): string => pick(idsOf(thing)) ?? randomUUID();
  const chance = (share: number): boolean => random() < share;

  async function send(
    asked: Asked,
    method: string,
    path: string,
    body?: Body,
    headers: { readonly [name: string]: string } = {},
    key: string = owner,
  ): Promise<Body | null> {
    const before = performance.now();
    try {
      const {
        status,
        body: text,
        header,
      } = await connection.send(
        rawRequest(
          'localhost',
          method,
          path,
          { authorization: `Bearer ${key}`, ...headers },
          body === undefined ? undefined : JSON.stringify(body),
        ),
      );
      const at = performance.timeOrigin + performance.now();
      millis(performance.now() - before);
      const answer = (text === '' ? {} : JSON.parse(Buffer.from(text, 'latin1').toString('utf8'))) as Body;
      if (status >= 500 || status === 408 || status === 429) {
        fail(`${method} ${path} answered ${status} ${text.slice(0, 300)}`);
        return null;
      }
      record({ ...asked, status, answer, generation: /\r\ntheseus-generation: *(\S+)/i.exec(header)?.[1] ?? null, at });
      return status < 300 ? answer : null;
    } catch (cause) {
      fail(`${method} ${path}: ${cause instanceof Error ? cause.message : String(cause)}`);
      connection.close();
      connection = new RawConnection(port);
      return null;
    }
  }

  function valueFor(field: FieldMeaning, of: string): unknown {
    count += 1;
    const wrong = chance(0.04);
    switch (field.kind) {
      case 'text':
        return wrong ? 7 : `${name} ${of} ${count}`;
      case 'email':
        return wrong ? 'nobody' : `${name}-${count}@example.com`;
      case 'money':
        return moneyJson(of === 'creditLimit' ? 500_000 + Math.floor(random() * 500_000) : Math.floor(random() * 6_000));
      case 'integer':
        return wrong ? 1.5 : Math.floor(random() * (of === 'stock' ? 3_000 : 8));
      case 'date':
        return new Date(Date.UTC(2026, 0, 1 + Math.floor(random() * 300))).toISOString().slice(0, 10);
      case 'boolean':
        return chance(0.5);
      case 'choice':
        return wrong ? 'nonsense' : pick([...(field.choices ?? []), ...(of === 'tier' ? ['gold', 'silver', 'platinum'] : [])]);
      case 'reference':
        return pick(idsOf(field.to ?? '')) ?? null;
      case 'lines':
        return Array.from({ length: 1 + Math.floor(random() * 3) }, () => ({
          product: anyId('product'),
          quantity: 1 + Math.floor(random() * (chance(0.1) ? 90 : 25)),
          unitPrice: moneyJson(100 + Math.floor(random() * 5_000)),
        }));
    }
  }
  async function create(thing: string): Promise<void> {
    const meaning = newest().things[thing];
    if (meaning === undefined) return;
    const fields = Object.entries(meaning.fields).filter(
      ([of, field]) =>
        field.derived === undefined &&
        !(thing === 'order' && of === 'status') &&
        (field.required === true || of === 'creditLimit' || of === 'email' || chance(0.7)),
    );
    const body: Body = Object.fromEntries(fields.filter(() => !chance(0.01)).map(([of, field]) => [of, valueFor(field, of)]));
    const headers = { 'idempotency-key': randomUUID() };
    const path = `/api/${meaning.plural}`;
    const asked: Asked = { kind: 'create', what: thing, body };
    const answer = await send(asked, 'POST', path, body, headers);
    if (answer === null) return;
    idsOf(thing).push(String(answer['id']));
    if (chance(0.1)) await send({ ...asked, repeats: answer }, 'POST', path, body, headers);
  }
  async function update(thing: string): Promise<void> {
    const meaning = newest().things[thing];
    const id = anyId(thing);
    if (meaning === undefined) return;
    const [of, field] = pick(Object.entries(meaning.fields)) ?? [];
    if (of === undefined || field === undefined || (field.kind === 'reference' && thing !== 'order')) return;
    const body = { [chance(0.03) ? 'nonsense' : of]: valueFor(field, of) };
    const stale = chance(0.02);
    await send(
      { kind: 'update', what: thing, id, body, stale },
      'PATCH',
      `/api/${meaning.plural}/${id}`,
      body,
      stale ? { 'if-match': '"999999"' } : {},
    );
  }
  async function remove(thing: string): Promise<void> {
    const id = anyId(thing);
    const answer = await send({ kind: 'delete', what: thing, id }, 'DELETE', `/api/${newest().things[thing]?.plural ?? `${thing}s`}/${id}`);
    if (answer !== null)
      ids.set(
        thing,
        idsOf(thing).filter((one) => one !== id),
      );
  }
  const read = async (thing: string, id: string): Promise<void> =>
    void (await send({ kind: 'get', what: thing, id }, 'GET', `/api/${newest().things[thing]?.plural ?? `${thing}s`}/${id}`));
  async function list(): Promise<void> {
    const [what, field, of] = pick([
      ['order', 'customer', 'customer'],
      ['order', 'customer', 'customer'],
      ['invoice', 'order', 'order'],
    ] as const) ?? ['order', 'customer', 'customer'];
    const value = anyId(of);
    const sortable = Object.entries(newest().things[what]?.fields ?? {})
      .filter(([, { kind }]) => kind === 'money' || kind === 'date' || kind === 'integer')
      .map(([found]) => found);
    const sort = `-${pick([...sortable, 'dueDate']) ?? 'total'}`;
    await send(
      { kind: 'list', what, filter: { field, value, sort } },
      'GET',
      `/api/${what}s?${field}%5Beq%5D=${value}&sort=${sort}&limit=100`,
    );
  }
  async function place(): Promise<void> {
    const body = {
      customer: anyId('customer'),
      lines: Array.from({ length: 1 + Math.floor(random() * 2) }, () => ({
        product: anyId('product'),
        quantity: 1 + Math.floor(random() * 12),
      })),
    };
    const answer = await send({ kind: 'place', what: 'order', body }, 'POST', '/api/orders/place', body, {
      'idempotency-key': randomUUID(),
    });
    if (answer !== null) idsOf('order').push(String(answer['id']));
  }
  async function act(): Promise<void> {
    const what = pick([...Object.keys(newest().actions), ...(chance(0.3) ? ['cancel', 'ship'] : [])]);
    if (what === undefined) return update('order');
    const id = anyId('order');
    await send({ kind: 'act', what, id }, 'POST', `/api/orders/${id}/${what}`, {});
  }
  async function approve(): Promise<void> {
    const id = anyId('order');
    const unfit = chance(0.2);
    await send({ kind: 'approve', what: 'order', id, unfit }, 'POST', `/api/orders/${id}/approve`, {}, {}, unfit ? owner : manager);
  }
  async function view(): Promise<void> {
    const there = Object.keys(newest().views);
    const what = pick(chance(0.8) && there.length > 0 ? there : viewPaths) ?? '';
    await send({ kind: 'view', what }, 'GET', `/api/views/${what}?limit=500`);
  }

  /** One step: the mix of reads and writes. */
  async function step(): Promise<void> {
    const things = Object.keys(newest().things);
    const thing = pick(chance(0.75) ? Object.keys(most) : things) ?? 'customer';
    const roll = random();
    if (roll < 0.35) return read(thing, anyId(thing));
    if (roll < 0.45) return list();
    if (roll < 0.5) return view();
    if (roll < 0.54) return idsOf('order').length < (most['order'] ?? 0) + 6 ? place() : read('order', anyId('order'));
    if (roll < 0.6) return act();
    if (roll < 0.63) return approve();
    if (roll < 0.66) return thing === 'invoice' || !(thing in most) ? remove(thing) : read(thing, anyId(thing));
    if (roll < 0.78 && idsOf(thing).length < (most[thing] ?? 3)) return create(thing);
    return update(thing);
  }
  return {
    read,
    rows: () => [...ids].flatMap(([thing, own]) => own.map((id) => [thing, id] as const)),
    run: async (until, pauseMs) => {
      for (const thing of ['customer', 'customer', 'product', 'product', 'product', 'order', 'order', 'invoice']) await create(thing);
      while (!until()) {
        await step();
        if (pauseMs > 0) await new Promise((go) => setTimeout(go, random() * 2 * pauseMs));
      }
    },
    close: () => connection.close(),
  };
}
