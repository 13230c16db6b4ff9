/**
 * A trip commits what the long way would commit, or nothing: on real PostgreSQL, each case both ways or against what is left behind.
 */
import assert from 'node:assert/strict';
import { randomUUIDv7 } from 'node:crypto';
import { after, before, test } from 'node:test';
import pg from 'pg';
import { type ApprovalRule, type Call, type EntityContract, Fault, instant, isRefusal, type Refusal } from '#kernel';
import { linkModel } from '#model';
import { LinkPool } from '../connection/link-pool.ts';
import { type PostgresStore, postgresStore } from '../conformance/postgres-store.ts';
import { callBy, given, refused } from '../conformance/suite.ts';
import { binary, boolean, constant, contracts, field, id, ids, money, read, row, settings, whole } from '../conformance/shop-model.ts';
import { isFencedOut } from '../fenced-out.ts';
import { openStore, type Store } from '../open-store.ts';
import { prepareModel } from '../prepare/prepare-model.ts';
import type { PlainRow, PlainValues } from '../row.ts';
import { type OneTrip, openTrips, type Trips } from './one-trip.ts';
import type { KeyOfCall } from './plan-trip.ts';
import type { Written } from './write.ts';

/** All that the rules ask of a basket is at hand: its lists, its own fields, and that what it refers to is there. */
const basketId = id('e_bask');
const itemId = id('e_bitem');
const basket = row(basketId);
const items = {
  node: 'field',
  of: basket,
  field: 'items',
  id: id('f_bitems'),
  type: { kind: 'list', of: itemId, optional: false },
} as const;
const item = { node: 'input', name: 'item', type: { kind: 'row', of: itemId, optional: false } } as const;
const total = read(basket, 'total', 'f_btotal', money);
const basketEntity: EntityContract = {
  kind: 'entity',
  id: basketId,
  name: 'basket',
  plural: 'baskets',
  title: 'name',
  retired: [],
  invariants: [
    { name: 'carried', message: 'A basket holds at most 100.00', holds: binary('lessOrEqual', total, constant(money, 10_000), boolean) },
  ],
  fields: [
    field('f_bname', 'name', { kind: 'text' }, { required: true, unique: true }),
    field('f_bcust', 'customer', { kind: 'reference', to: ids.customer }),
    field(
      'f_bstat',
      'status',
      {
        kind: 'choice',
        choices: [
          { id: id('c_bopen'), name: 'open' },
          { id: id('c_bdone'), name: 'done' },
        ],
      },
      { default: { literal: 'open' } },
    ),
    field('f_bday', 'day', { kind: 'date' }, { default: { formula: { node: 'today', type: { kind: 'date', optional: true } } } }),
    field('f_bitems', 'items', {
      kind: 'list',
      item: 'item',
      itemId,
      fields: [
        field('f_biprod', 'product', { kind: 'reference', to: ids.product }, { required: true }),
        field('f_biqty', 'quantity', { kind: 'integer', min: 1 }, { required: true }),
        field('f_biprice', 'price', { kind: 'money' }, { required: true }),
      ],
    }),
    field(
      'f_btotal',
      'total',
      { kind: 'money' },
      {
        derived: {
          mode: 'live',
          formula: {
            node: 'aggregate',
            op: 'sum',
            over: items,
            item: 'item',
            value: binary('multiply', read(item, 'quantity', 'f_biqty', whole), read(item, 'price', 'f_biprice', money), money),
            type: money,
          },
        },
      },
    ),
  ],
};
const approval: ApprovalRule = {
  kind: 'rule',
  form: 'approval',
  id: id('r_bappr'),
  name: 'fullBaskets',
  on: basketId,
  role: 'manager',
  before: id('f_bstat'),
  amount: total,
  when: binary('greater', total, constant(money, 5_000), boolean),
};
const model = linkModel(settings, [...contracts, basketEntity, approval]);
const prepared = prepareModel(model);
const bare = 'entity/basket';

let shop: PostgresStore;
/** Trips alone, to see what becomes of one where the long way is not gone after it; on as few connections as a test wants. */
let pool: LinkPool;
let trips: Trips;
let other: Store;
let customer: PlainRow;
let product: PlainRow;
before(async () => {
  shop = await postgresStore(8);
  await shop.prepare(model);
  pool = poolOf(4);
  trips = openTrips(pool, () => randomUUIDv7());
  other = openStore({ dataUrl: shop.urls.data, pool: 4 });
  customer = given(await longWay(ids.customer, { name: 'Ada' }));
  product = given(await longWay(ids.product, { sku: 'tea', name: 'Tea', price: 450, stock: 10 }));
});
after(async () => {
  await pool.close();
  await other.close();
  await shop.close();
});

function poolOf(size: number): LinkPool {
  const options = encodeURIComponent('-c theseus.caller=reader -c statement_timeout=10000');
  return new LinkPool({
    url: () => `${shop.urls.data}${shop.urls.data.includes('?') ? '&' : '?'}options=${options}`,
    name: 'trips',
    size,
    shared: { short: 1, long: 1 },
  });
}
const create = (
  entity: typeof basketId,
  values: PlainValues,
  call: Call,
  store: Store,
  single: boolean,
  idempotency?: KeyOfCall,
): Promise<Written<PlainRow> | Refusal> =>
  store.write(call, prepared, { single, ...(idempotency === undefined ? {} : { idempotency }) }, (tx) => tx.create(entity, values));
const rowOf = (written: Written<PlainRow> | Refusal): PlainRow | Refusal => (isRefusal(written) ? written : written.value);
const longWay = async (entity: typeof basketId, values: PlainValues, call: Call = callBy()): Promise<PlainRow | Refusal> =>
  rowOf(await create(entity, values, call, shop.store, false));
const shortWay = async (
  entity: typeof basketId,
  values: PlainValues,
  more: Partial<Call> = {},
  store: Store = shop.store,
): Promise<PlainRow | Refusal> => rowOf(await create(entity, values, callBy(['manager'], { component: bare, ...more }), store, true));
const trip = (
  entity: typeof basketId,
  values: PlainValues,
  more: Partial<Call> = {},
  key?: KeyOfCall,
  by: Trips = trips,
): Promise<OneTrip<PlainRow>> =>
  by.go(callBy(['manager'], { component: bare, ...more }), prepared, key, 10_000, (tx) => tx.create(entity, values));
const taken = (how: OneTrip<PlainRow>): PlainRow => {
  assert.ok(typeof how === 'object', `the trip was ${String(how)}`);
  return how.value;
};
const full = (name: string, price = 1_000): PlainValues => ({
  name,
  customer: customer.id,
  items: [
    { product: product.id, quantity: 2, price },
    { product: product.id, quantity: 1, price: 50 },
  ],
});
/** What is left of a call: rows, items, journal, outbox, keys, without what is new each time. */
async function left(call: string): Promise<unknown> {
  const ask = async (text: string): Promise<unknown> => (await shop.owner.query(text, [call])).rows;
  return {
    rows: await ask(
      'select b.version, b.f_bname, b.f_bcust, b.f_bstat, b.f_bday::text from e.e_bask b join theseus.journal j on j.row = b.id where j.call = $1',
    ),
    items: await ask(
      'select i.position, i.f_biprod, i.f_biqty, i.f_biprice, i.f_biprice_c from e.e_bitem i join theseus.journal j on j.row = i.parent where j.call = $1 order by 1',
    ),
    journal: await ask(
      `select at, caller, generation, component, change, entity, action, before, after - 'f_bitems' as after,
       (select jsonb_agg(i - 'id') from jsonb_array_elements(after->'f_bitems') i) as items from theseus.journal where call = $1`,
    ),
    outbox: await ask(`select type, source, time, data - 'id' as data, generation, specversion from theseus.outbox where call = $1`),
  };
}
const count = async (text: string, ...values: readonly unknown[]): Promise<number> =>
  Number((await shop.owner.query(`select count(*)::int as n from ${text}`, [...values])).rows[0].n);
const baskets = (name: string): Promise<number> => count('e.e_bask where f_bname = $1', name);
/** Locks go right behind the commit, so that they may be there for a moment when its answer is here: asked of the database, a bounded number of times. */
const nothingHeld = async (): Promise<void> => {
  for (let asked = 0; asked < 1_000 && (await count(`pg_locks where locktype = 'advisory'`)) > 0; asked += 1);
  assert.equal(await count(`pg_locks where locktype = 'advisory'`), 0);
  assert.equal(await count(`pg_stat_activity where usename = 'theseus_data' and state like 'idle in transaction%'`), 0);
};

test('a row with its list leaves and answers what the long way leaves and answers', async () => {
  const [one, two] = [callBy(['manager'], { component: bare }), callBy(['manager'], { component: bare })];
  const short = taken(await trips.go(one, prepared, undefined, 10_000, (tx) => tx.create(basketId, full('short'))));
  const long = given(await longWay(basketId, full('long'), two));
  const same = (made: PlainRow): unknown => ({
    ...made,
    id: '',
    name: '',
    items: (made['items'] as readonly PlainRow[]).map((member) => ({ ...member, id: '' })),
  });
  assert.deepEqual(same(short), same(long));
  assert.equal(short['total'], 2_050);
  assert.equal(short['day'], '2026-03-01');
  const text = (value: unknown): string => JSON.stringify(value).replaceAll(/"(short|long)"/g, '""');
  assert.equal(text(await left(one.call)), text(await left(two.call)));
  assert.equal(((await left(one.call)) as { readonly items: readonly unknown[] }).items.length, 2);
  assert.deepEqual(given(await shop.store.read.get(callBy(), prepared, basketId, short.id)), short);
});

test('a row that needs an approval for its next state is made without one, and still needs it', async () => {
  const made = taken(await trip(basketId, full('to approve', 3_000)));
  const change = await shop.store.write(callBy(), prepared, {}, (tx) => tx.update(basketId, made.id, { status: 'done' }));
  refused(change, 'approval-needed');
});

test('a value that another row has is refused by the long way, in words', async () => {
  taken(await trip(basketId, { name: 'had' }));
  assert.equal(await trip(basketId, { name: 'had' }), 'unplanned');
  assert.match(JSON.stringify(refused(await shortWay(basketId, { name: 'had' }), 'invalid').evidence), /must be unique/);
  assert.equal(await baskets('had'), 1);
  await nothingHeld();
});

test('of many simultaneous rows with one unique value one stays, within a process and among several', async () => {
  const results = await Promise.all([
    ...Array.from({ length: 12 }, () => shortWay(basketId, { name: 'raced' })),
    ...Array.from({ length: 6 }, () => shortWay(basketId, { name: 'raced' }, {}, other)),
    ...Array.from({ length: 4 }, () => longWay(basketId, { name: 'raced' })),
  ]);
  assert.equal(results.filter((result) => !isRefusal(result)).length, 1);
  assert.equal(await baskets('raced'), 1);
  await nothingHeld();
});

test('a value that another call is about to take is not waited for: the trip is given up at once', async () => {
  let inside = 'not asked';
  await shop.store.write(callBy(), prepared, {}, async (tx) => {
    given(await tx.create(basketId, { name: 'taking' }));
    inside = String(await trip(basketId, { name: 'taking' }));
    return null;
  });
  assert.equal(inside, 'unplanned');
  assert.equal(await baskets('taking'), 1);
});

test('leave that was given to one trip is of no use to another on the same connection', async () => {
  const single = poolOf(1);
  const alone = openTrips(single, () => randomUUIDv7());
  try {
    taken(await trip(basketId, { name: 'first' }, {}, undefined, alone));
    assert.equal(await trip(basketId, { name: 'first' }, {}, undefined, alone), 'unplanned');
    taken(await trip(ids.customer, { name: 'without anything unique' }, { component: 'entity/customer' }, undefined, alone));
    taken(await trip(basketId, { name: 'second' }, {}, undefined, alone));
  } finally {
    await single.close();
  }
});

test('a reference to what is not there is refused by its place and leaves nothing', async () => {
  const nowhere = randomUUIDv7();
  assert.equal(await trip(basketId, { name: 'nowhere', customer: nowhere }), 'unplanned');
  const refusal = refused(
    await shortWay(basketId, { name: 'nowhere', customer: nowhere, items: [{ product: nowhere, quantity: 1, price: 1 }] }),
    'invalid',
  );
  const { fields } = refusal.evidence as { readonly fields: { readonly [place: string]: string } };
  assert.deepEqual(Object.keys(fields).sort(), ['customer', 'items[0].product']);
  assert.equal(await baskets('nowhere'), 0);
  await nothingHeld();
});

test('a row that is deleted while another comes to refer to it: one of the two is refused', async () => {
  for (let round = 0; round < 8; round += 1) {
    const gone = given(await longWay(ids.customer, { name: 'Gone' }));
    const [made, removed] = await Promise.all([
      shortWay(basketId, { name: `of gone ${round}`, customer: gone.id }),
      shop.store.write(callBy(), prepared, {}, (tx) => tx.delete(ids.customer, gone.id)),
    ]);
    assert.equal([made, removed].filter(isRefusal).length, 1);
  }
});

test('an invariant that does not hold is refused and leaves nothing', async () => {
  assert.equal(await trip(basketId, full('heavy', 10_000)), 'unplanned');
  assert.match(refused(await shortWay(basketId, full('heavy', 10_000)), 'invalid').why, /at most 100.00/);
  assert.equal(await baskets('heavy'), 0);
});

test('a closed activation, and one that is not there, are fenced out and leave nothing', async () => {
  await shop.kernel.query(
    "insert into theseus.live (activation, generation, state) values (17, 'old', 'closed'), (18, 'older', 'draining')",
  );
  for (const activation of [17, 99]) {
    assert.equal(await trip(basketId, { name: `closed ${activation}` }, { activation }), 'unplanned');
    await assert.rejects(shortWay(basketId, { name: `closed ${activation}` }, { activation }), isFencedOut);
    assert.equal(await baskets(`closed ${activation}`), 0);
  }
  taken(await trip(basketId, { name: 'draining' }, { activation: 18 }));
});

test('a close that holds the fence is waited for, and what comes after it is fenced out', async () => {
  await shop.kernel.query("insert into theseus.live (activation, generation, state) values (20, 'closing', 'serving')");
  const closer = await shop.kernel.connect();
  await closer.query('begin; lock table theseus.fence_4 in access exclusive mode');
  const waiting = trip(basketId, { name: 'behind the close' }, { activation: 20 });
  await waitingFor('fence_4');
  await closer.query("update theseus.live set state = 'closed' where activation = 20; commit");
  closer.release();
  assert.equal(await waiting, 'unplanned');
  assert.equal(await baskets('behind the close'), 0);
});

test('a repeated key is answered as before; with another body it is refused; at once it acts once', async () => {
  const key = (body: string): KeyOfCall => ({ operation: 'create e_bask', key: 'again', body });
  const send = (body: string, store: Store = shop.store): Promise<Written<PlainRow> | Refusal> =>
    create(basketId, { name: `keyed ${body}` }, callBy(['manager'], { component: bare }), store, true, key(body));
  const results = await Promise.all([...Array.from({ length: 6 }, () => send('a')), send('a', other)]);
  const values = results.map((result) => given(result));
  assert.equal(values.filter(({ replayed }) => !replayed).length, 1);
  assert.equal(new Set(values.map(({ value }) => value.id)).size, 1);
  const again = given(await send('a'));
  assert.deepEqual([again.replayed, again.value], [true, values[0]?.value]);
  refused(await send('b'), 'idempotency-mismatch');
  assert.equal(await baskets('keyed a'), 1);
  assert.equal(await baskets('keyed b'), 0);
  assert.equal(await count(`theseus.idempotency where key = 'again'`), 1);
  assert.equal(await count(`theseus.journal where after->>'f_bname' = 'keyed a'`), 1);
  await nothingHeld();
});

test('a trip whose deadline comes while it waits leaves nothing', async () => {
  const holder = await shop.owner.connect();
  await holder.query('begin; lock table theseus.fence_1 in access exclusive mode');
  refused(await shortWay(basketId, { name: 'late' }, { deadline: instant(Date.now() + 300) }), 'deadline');
  await holder.query('rollback');
  holder.release();
  refused(await shortWay(basketId, { name: 'late' }, { deadline: instant(Date.now() - 1) }), 'deadline');
  assert.equal(await baskets('late'), 0);
  await nothingHeld();
});

test('what loses against others is made by the long way, once', async () => {
  await atCommit(
    `if new.f_bname = 'loses' and nextval('e.losing') = 1 then raise exception 'lost' using errcode = '40001'; end if;`,
    async () => {
      const made = given(await shortWay(basketId, { name: 'loses' }));
      assert.equal(await baskets('loses'), 1);
      assert.equal(await count('theseus.journal where row = $1', made.id), 1);
      assert.equal(await count('theseus.outbox where subject = $1', made.id), 1);
    },
  );
});

test('a trip that loses against others says so and leaves nothing', async () => {
  await atCommit(`if new.f_bname = 'lost' then raise exception 'lost' using errcode = '40001'; end if;`, async () => {
    const call = callBy(['manager'], { component: bare });
    assert.equal(await trips.go(call, prepared, undefined, 10_000, (tx) => tx.create(basketId, { name: 'lost' })), 'lost');
    assert.equal(await baskets('lost'), 0);
    assert.equal(await count('theseus.journal where call = $1', call.call), 0);
  });
});

test('a connection that is lost while it commits is a Fault, nothing is done twice, and the next trip goes', async () => {
  await atCommit(`if new.f_bname = 'cut' then perform pg_advisory_xact_lock(4711); end if;`, async () => {
    const holder = await shop.owner.connect();
    await holder.query('select pg_advisory_lock(4711)');
    const cut = shortWay(basketId, { name: 'cut' });
    const failed = assert.rejects(cut, (error: unknown) => error instanceof Fault && error.code === 'outcome-unknown');
    const pid = await waitingFor('4711');
    // a login may end its own sessions
    const ending = new pg.Client({ connectionString: shop.urls.data });
    await ending.connect();
    await ending.query('select pg_terminate_backend($1)', [pid]);
    await ending.end();
    await failed;
    await holder.query('select pg_advisory_unlock(4711)');
    holder.release();
    assert.equal(await baskets('cut'), 0);
  });
  given(await shortWay(basketId, { name: 'after the cut' }));
  await nothingHeld();
});

test('trips of one caller that wait at the same moment share a transaction, and those of others do not', async () => {
  const mine = await Promise.all(Array.from({ length: 5 }, (_, index) => trip(basketId, { name: `mine ${index}` })));
  for (const one of mine) taken(one);
  assert.equal(
    Number((await shop.owner.query(`select count(distinct xmin::text)::int as n from e.e_bask where f_bname like 'mine %'`)).rows[0].n),
    1,
  );
  assert.equal(await count(`theseus.journal where after->>'f_bname' like 'mine %' and action = 'create'`), 5);
  const [one, two] = await Promise.all([
    trip(basketId, { name: 'ours 1' }),
    trip(basketId, { name: 'ours 2' }, { caller: { id: 'bob', name: 'Bob', roles: ['manager'] } }),
  ]);
  taken(one);
  taken(two);
  assert.equal(
    Number((await shop.owner.query(`select count(distinct xmin::text)::int as n from e.e_bask where f_bname like 'ours %'`)).rows[0].n),
    2,
  );
});

test('one that is refused takes none of its company with it', async () => {
  taken(await trip(basketId, { name: 'there already' }));
  const results = await Promise.all([
    ...Array.from({ length: 6 }, (_, index) => shortWay(basketId, { name: `company ${index}` })),
    shortWay(basketId, { name: 'there already' }),
    shortWay(basketId, { name: 'refers', customer: randomUUIDv7() }),
  ]);
  assert.deepEqual(
    results.map((result) => (isRefusal(result) ? result.code : 'made')),
    [...Array.from({ length: 6 }, () => 'made'), 'invalid', 'invalid'],
  );
  for (let index = 0; index < 6; index += 1) {
    assert.equal(await baskets(`company ${index}`), 1);
    assert.equal(await count(`theseus.journal where after->>'f_bname' = $1`, `company ${index}`), 1);
  }
  await nothingHeld();
});

/** The session that waits for a lock with this name, as soon as there is one: asked of the database, as often as it takes. */
async function waitingFor(name: string): Promise<number> {
  for (;;) {
    const { rows } = await shop.owner.query(
      `select l.pid from pg_locks l left join pg_class c on c.oid = l.relation where not l.granted and (c.relname = $1 or l.objid::text = $1)`,
      [name],
    );
    if (rows[0] !== undefined) return Number(rows[0].pid);
  }
}

/** With what a database may do as late as the commit. */
async function atCommit(does: string, body: () => Promise<void>): Promise<void> {
  await shop.owner.query(`create sequence if not exists e.losing;
    create or replace function e.at_commit() returns trigger language plpgsql security definer as $$ begin ${does} return null; end $$;
    create constraint trigger at_commit after insert on e.e_bask deferrable initially deferred for each row execute function e.at_commit()`);
  try {
    await body();
  } finally {
    await shop.owner.query('drop trigger at_commit on e.e_bask');
  }
}
