import assert from 'node:assert/strict';
import { after, before, test } from 'node:test';
import fc from 'fast-check';
import { isRefusal, type PermanentId, type Refusal } from '#kernel';
import { memoryStore } from '../memory/memory-store.ts';
import { openStore, type Store } from '../open-store.ts';
import { prepareModel } from '../prepare/prepare-model.ts';
import type { PlainRow } from '../row.ts';
import type { WriteTransaction } from '../write/transaction.ts';
import { type PostgresStore, postgresStore } from './postgres-store.ts';
import { ids, shopModel } from './shop-model.ts';
import { callBy } from './suite.ts';

let shop: PostgresStore;
before(async () => {
  shop = await postgresStore(2);
});
after(async () => shop.close());

type Step =
  | {
      readonly act: 'create';
      readonly entity: 'customer' | 'product' | 'order' | 'invoice';
      readonly values: { readonly [field: string]: unknown };
    }
  | {
      readonly act: 'update';
      readonly entity: 'customer' | 'product' | 'order' | 'invoice';
      readonly which: number;
      readonly values: { readonly [field: string]: unknown };
    }
  | { readonly act: 'delete'; readonly entity: 'customer' | 'product' | 'order' | 'invoice'; readonly which: number }
  | { readonly act: 'approve'; readonly which: number };

/** A row that exists by then, by number: resolved when the step runs, in both stores alike. */
const someRow = fc.record({ row: fc.nat(6) });
const optional = <Value>(value: fc.Arbitrary<Value>): fc.Arbitrary<Value | null> => fc.option(value, { freq: 8 });
/** Mostly values that fit, sometimes one that does not. */
const mostly = <Value>(fits: fc.Arbitrary<Value>, ...others: readonly unknown[]): fc.Arbitrary<unknown> =>
  fc.oneof({ weight: 12, arbitrary: fits }, { weight: 1, arbitrary: fc.constantFrom<unknown>(...others) });
const amount = mostly(fc.constantFrom(0, 1, 30_000, 49_999, 50_000, 50_001, 999_999, 1_000_001), -5, 1.5, '1.00');
const text = mostly(fc.constantFrom('Ada', 'Blocked', "O'Hara", 'x\\y', '$1', 'é'), '', 7);
const fields = {
  customer: {
    name: text,
    tier: mostly(optional(fc.constantFrom('standard', 'silver', 'gold', 'gold')), 'platinum'),
    creditLimit: optional(mostly(fc.constantFrom(100_000, 50_000, 2_000_000), -1)),
    referredBy: optional(someRow),
    email: mostly(fc.constant('a@b.co'), 'no'),
  },
  product: {
    sku: fc.constantFrom('a', 'b', 'c', 'd', 'e', 'f'),
    name: text,
    price: amount,
    stock: mostly(optional(fc.integer({ min: 0, max: 5 })), -1),
    weight: mostly(fc.constantFrom('1', '1.5', '0.001'), '1.2345'),
  },
  order: {
    customer: someRow,
    placedOn: mostly(optional(fc.constantFrom('2026-01-31', '2024-02-29')), '2026-02-30'),
    status: fc.constantFrom('open', 'paid', 'shipped', 'cancelled'),
    lines: fc.array(
      fc.record({ keep: fc.option(fc.nat(2)), product: someRow, quantity: mostly(fc.integer({ min: 1, max: 3 }), 0), unitPrice: amount }),
      { maxLength: 3 },
    ),
  },
  invoice: { order: someRow, number: fc.constantFrom('1', '2', '3', '4', '5'), total: optional(amount), paid: optional(fc.boolean()) },
} as const;
const required: { readonly [Name in Names]: readonly string[] } = {
  customer: ['name'],
  product: ['sku', 'name', 'price'],
  order: ['customer', 'lines'],
  invoice: ['order', 'number'],
};
const valuesOf = (of: Names, needed: readonly string[]): fc.Arbitrary<{ readonly [field: string]: unknown }> =>
  fc.record(fields[of] as { [field: string]: fc.Arbitrary<unknown> }, { requiredKeys: [...needed] });
const entity = fc.constantFrom<Names>('customer', 'product', 'order', 'order', 'order', 'invoice');
const step: fc.Arbitrary<Step> = fc.oneof(
  {
    weight: 4,
    arbitrary: entity.chain((of) =>
      fc.record({ act: fc.constant('create' as const), entity: fc.constant(of), values: valuesOf(of, required[of]) }),
    ),
  },
  {
    weight: 6,
    arbitrary: entity.chain((of) =>
      fc.record({ act: fc.constant('update' as const), entity: fc.constant(of), which: fc.nat(6), values: valuesOf(of, []) }),
    ),
  },
  { weight: 1, arbitrary: fc.record({ act: fc.constant('delete' as const), entity, which: fc.nat(6) }) },
  { weight: 1, arbitrary: fc.record({ act: fc.constant('approve' as const), which: fc.nat(6) }) },
);
const start: readonly Step[] = [
  { act: 'create', entity: 'customer', values: { name: 'Ada', tier: 'gold' } },
  { act: 'create', entity: 'customer', values: { name: 'Bob', creditLimit: 100_000 } },
  { act: 'create', entity: 'product', values: { sku: 'x', name: 'Tea', price: 450 } },
  { act: 'create', entity: 'product', values: { sku: 'y', name: 'Pot', price: 2_500, stock: 3 } },
  { act: 'create', entity: 'order', values: { customer: { row: 0 }, lines: [{ product: { row: 0 }, quantity: 2, unitPrice: 30_000 }] } },
  { act: 'create', entity: 'order', values: { customer: { row: 1 }, lines: [{ product: { row: 1 }, quantity: 1, unitPrice: 2_500 }] } },
];
type Names = 'customer' | 'product' | 'order' | 'invoice';
const target: { readonly [field: string]: Names } = { customer: 'customer', referredBy: 'customer', product: 'product', order: 'order' };

/** Runs steps and answers what each said, then every row that is left, as get and list show it. */
async function run(store: Store, steps: readonly Step[], together: number, mark: string): Promise<unknown[]> {
  const prepared = prepareModel(shopModel);
  const made: { readonly [Name in Names]: string[] } = { customer: [], product: [], order: [], invoice: [] };
  const answers: unknown[] = [];
  const resolve = (given: { readonly [field: string]: unknown }, old: PlainRow | undefined): { readonly [field: string]: unknown } =>
    Object.fromEntries(
      Object.entries(given).flatMap(([name, value]): [string, unknown][] => {
        if (name === 'keep') {
          const item = typeof value === 'number' ? (old?.['lines'] as readonly PlainRow[] | undefined)?.[value] : undefined;
          return item === undefined ? [] : [['id', item.id]];
        }
        if (name === 'sku' || name === 'number') return [[name, `${mark} ${String(value)}`]];
        if (typeof value === 'object' && value !== null && 'row' in value) {
          const rows = made[target[name] ?? 'customer'];
          return [[name, rows.length === 0 ? '00000000-0000-7000-8000-000000000000' : rows[Number(value.row) % rows.length]]];
        }
        return [[name, Array.isArray(value) ? value.map((item: { [field: string]: unknown }) => resolve(item, old)) : value]];
      }),
    );
  const act = async (tx: WriteTransaction, one: Step): Promise<PlainRow | Refusal> => {
    const of = one.act === 'approve' ? 'order' : one.entity;
    const id: PermanentId = ids[of];
    const row = one.act === 'create' ? '' : (made[of][one.which % Math.max(1, made[of].length)] ?? 'none');
    switch (one.act) {
      case 'create': {
        const answer = await tx.create(id, resolve(one.values, undefined));
        if (!isRefusal(answer)) made[of].push(answer.id);
        return answer;
      }
      case 'update': {
        const old = await tx.get(id, row);
        return tx.update(id, row, resolve(one.values, isRefusal(old) ? undefined : old));
      }
      case 'delete':
        return tx.delete(id, row);
      case 'approve':
        return tx.approve(ids.approval, row);
    }
  };
  for (let at = 0; at < steps.length; at += together) {
    const said: unknown[] = [];
    const before = structuredClone(made);
    const written = await store.write(callBy(), prepared, {}, async (tx) => {
      said.length = 0;
      for (const name of Object.keys(made) as Names[]) made[name].splice(0, made[name].length, ...before[name]);
      for (const one of steps.slice(at, at + together)) said.push(told(await act(tx, one)));
      return null;
    });
    answers.push(...said, isRefusal(written) ? told(written) : 'committed');
    if (isRefusal(written)) for (const name of Object.keys(made) as Names[]) made[name].splice(0, made[name].length, ...before[name]);
  }
  for (const name of Object.keys(made) as Names[]) {
    for (const id of made[name]) answers.push(told(await store.read.get(callBy(), prepared, ids[name], id)));
    if (made[name].length === 0) continue;
    const mine = [{ field: 'id', op: 'in', value: made[name] }] as const;
    for (const sort of name === 'order'
      ? ['-total', 'placedOn', 'status,-subtotal']
      : name === 'customer'
        ? ['-spent', 'tier,name', 'referrerName']
        : ['id']) {
      const page = await store.read.list(callBy(), prepared, ids[name], { filters: mine, sort });
      answers.push(isRefusal(page) ? told(page) : page.items.map((row) => row.id));
    }
  }
  return answers;
}
const told = (answer: PlainRow | Refusal): unknown =>
  isRefusal(answer)
    ? { code: answer.code, places: Object.keys((answer.evidence as { readonly fields?: object } | undefined)?.fields ?? {}).sort() }
    : { ...answer };

/** Ids by the order in which they appear: a write that was run again has used some up. */
function named(answers: readonly unknown[]): unknown {
  const names = new Map<string, string>();
  return JSON.parse(
    JSON.stringify(answers).replaceAll(
      /[0-9a-f]{8}-[0-9a-f-]{27}/g,
      (id) => names.get(id) ?? (names.set(id, `#${names.size}`), `#${names.size - 1}`),
    ),
  );
}

test('on any sequence of writes the store on PostgreSQL and the store in memory answer the same', async () => {
  let runs = 0;
  await fc.assert(
    fc.asyncProperty(fc.array(step, { minLength: 4, maxLength: 24 }), fc.constantFrom(1, 1, 3), async (some, together) => {
      runs += 1;
      const steps = [...start, ...some];
      const numbered = (): (() => string) => {
        let next = runs * 10_000;
        return () => `00000000-0000-7000-8000-${String((next += 1)).padStart(12, '0')}`;
      };
      const postgres = openStore({ dataUrl: shop.urls.data, pool: 1, newId: numbered() });
      try {
        const mark = `run ${runs}`;
        assert.deepEqual(
          named(await run(postgres, steps, together, mark)),
          named(await run(memoryStore(undefined, Date.now, numbered()), steps, together, mark)),
        );
      } finally {
        await postgres.close();
      }
    }),
    { numRuns: Number(process.env['THESEUS_RUNS'] ?? 40), seed: Number(process.env['THESEUS_SEED'] ?? 7) },
  );
});
