/* Invariants over several rows, while many callers write at once: sums, counts and times that may not overlap hold at every moment that anybody sees. */
import assert from 'node:assert/strict';
import { after, before, test } from 'node:test';
import { startThrowAwaySystem, type ThrowAwaySystem } from '../../scripts/throw-away-system.ts';

const head = '/**\n * A part of it.\n *\n * why: to be kept whole\n * change: start\n * generator: person\n * date: 2026-11-23\n */\n';
const files: { readonly [path: string]: string } = {
  'theseus.json': JSON.stringify({
    name: 'hall',
    currency: 'EUR',
    roles: { owner: { read: true, write: true, sensitive: true }, clerk: { read: true, write: true } },
    policy: { isolation: 'preferred' },
  }),
  'entities/room.ts': `${head}import { boolean, count, entity, integer, reference, type Row, sum, text } from 'theseus/sdk';

export default entity({
  id: 'e_room',
  name: 'room',
  plural: 'rooms',
  title: 'name',
  fields: {
    name: text({ id: 'f_rname', no: 1, required: true }),
    seats: integer({ id: 'f_rseats', no: 2, required: true, min: 0 }),
    kept: boolean({ id: 'f_rkept', no: 3 }),
    house: reference({ id: 'f_rhouse', no: 4, to: 'house' }),
    beds: integer({ id: 'f_rbeds', no: 5 }),
  },
  invariants: {
    used: { holds: (room: Row<'room'>) => room.kept !== true || count(room.bookings) >= 1, message: 'a room that is kept has a booking' },
    notOverbooked: {
      holds: (room: Row<'room'>) => sum(room.bookings, (booking) => booking.seats) <= room.seats,
      message: 'the room has not so many seats',
    },
    fewChairs: { holds: (room: Row<'room'>) => sum(room.bookings, (booking) => booking.chairs) <= 10, message: 'there are ten chairs' },
    fewBookings: { holds: (room: Row<'room'>) => count(room.bookings) <= 8, message: 'at most eight bookings a room' },
  },
});
`,
  'entities/booking.ts': `${head}import { boolean, count, date, entity, integer, reference, type Row, sum, text } from 'theseus/sdk';

export default entity({
  id: 'e_booking',
  name: 'booking',
  plural: 'bookings',
  title: 'who',
  fields: {
    who: text({ id: 'f_bwho', no: 1, required: true }),
    room: reference({ id: 'f_broom', no: 2, to: 'room', required: true }),
    seats: integer({ id: 'f_bseats', no: 3, required: true, min: 1 }),
    from: date({ id: 'f_bfrom', no: 4, required: true }),
    until: date({ id: 'f_buntil', no: 5, required: true }),
    quiet: boolean({ id: 'f_bquiet', no: 7 }),
    loud: boolean({ id: 'f_bloud', no: 8 }),
    beds: integer({ id: 'f_bbeds', no: 9 }),
    chairs: integer({ id: 'f_bchairs', no: 6, live: (booking: Row<'booking'>) => sum(booking.guests, (guest) => guest.chairs) }),
  },
  invariants: {
    fits: { holds: (booking: Row<'booking'>) => booking.beds === undefined || booking.beds <= (booking.room.beds ?? 0), message: 'the room has fewer beds' },
    inHouse: {
      holds: (booking: Row<'booking'>) => booking.room.house === undefined || booking.from >= booking.room.house.opens,
      message: 'the house is not open then',
    },
    undisturbed: {
      holds: (booking: Row<'booking'>) => booking.quiet !== true || booking.room.bookings.every((other) => other.loud !== true),
      message: 'it is to be quiet in the room',
    },
    inOrder: { holds: (booking: Row<'booking'>) => booking.from <= booking.until, message: 'it ends before it begins' },
    alone: {
      holds: (booking: Row<'booking'>) =>
        count(booking.room.bookings.filter((other) => other.from <= booking.until && booking.from <= other.until)) <= 1,
      message: 'somebody has the room then',
    },
  },
});
`,
  'entities/house.ts': `${head}import { date, entity, text } from 'theseus/sdk';

export default entity({
  id: 'e_house',
  name: 'house',
  plural: 'houses',
  title: 'name',
  fields: { name: text({ id: 'f_hname', no: 1, required: true }), opens: date({ id: 'f_hopens', no: 2, required: true }) },
});
`,
  'entities/dish.ts': `${head}import { entity, integer, text } from 'theseus/sdk';

export default entity({
  id: 'e_dish',
  name: 'dish',
  plural: 'dishes',
  title: 'name',
  fields: { name: text({ id: 'f_dname', no: 1, required: true }), most: integer({ id: 'f_dmost', no: 2, required: true }) },
});
`,
  'entities/meal.ts': `${head}import { entity, integer, list, reference, type Row, text } from 'theseus/sdk';

export default entity({
  id: 'e_meal',
  name: 'meal',
  plural: 'meals',
  title: 'name',
  fields: {
    name: text({ id: 'f_mname', no: 1, required: true, sensitive: true }),
    parts: list({
      id: 'f_mparts',
      no: 2,
      item: 'part',
      itemId: 'e_mpart',
      fields: {
        dish: reference({ id: 'f_pdish', no: 1, to: 'dish', required: true }),
        number: integer({ id: 'f_pnumber', no: 2, required: true }),
      },
    }),
  },
  invariants: {
    enough: {
      holds: (meal: Row<'meal'>) => meal.parts.every((part) => part.number <= part.dish.most),
      message: 'there is not so much of a dish',
    },
  },
});
`,
  'entities/guest.ts': `${head}import { entity, integer, reference, text } from 'theseus/sdk';

export default entity({
  id: 'e_guest',
  name: 'guest',
  plural: 'guests',
  title: 'who',
  fields: {
    who: text({ id: 'f_gwho', no: 1, required: true }),
    booking: reference({ id: 'f_gbook', no: 2, to: 'booking', required: true }),
    chairs: integer({ id: 'f_gchairs', no: 3, required: true, min: 1 }),
  },
});
`,
};

let system: ThrowAwaySystem;
before(async () => {
  system = await startThrowAwaySystem({ files });
});
after(() => system.stop());

interface Booking {
  readonly id: string;
  readonly room: string;
  readonly seats: number;
  readonly from: string;
  readonly until: string;
}
const bookings = async (): Promise<readonly Booking[]> =>
  ((await system.call('GET', '/api/bookings?limit=500')).json.items ?? []) as unknown as readonly Booking[];
const room = async (name: string, seats: number): Promise<string> =>
  String((await system.call('POST', '/api/rooms', { name, seats })).json['id']);
const day = (number: number): string => `2027-01-${String(number).padStart(2, '0')}`;
/** A seeded generator (mulberry32), so that a run can be repeated. */
function seeded(seed: number): () => number {
  let state = seed;
  return () => {
    state = (state + 0x6d2b79f5) | 0;
    let mixed = Math.imul(state ^ (state >>> 15), 1 | state);
    mixed = (mixed + Math.imul(mixed ^ (mixed >>> 7), 61 | mixed)) ^ mixed;
    return ((mixed ^ (mixed >>> 14)) >>> 0) / 4_294_967_296;
  };
}

/** What must hold of all rows together, written without the product's own rules. */
async function holds(rooms: ReadonlyMap<string, number>): Promise<readonly Booking[]> {
  const all = await bookings();
  for (const [id, seats] of rooms) {
    const own = all.filter((booking) => booking.room === id);
    assert.ok(own.reduce((sum, booking) => sum + booking.seats, 0) <= seats, 'no room is overbooked');
    assert.ok(own.length <= 8, 'no room has more bookings than it may');
    for (const one of own)
      for (const other of own)
        assert.ok(
          one === other || one.until < other.from || other.until < one.from,
          `${one.from} to ${one.until} and ${other.from} to ${other.until}`,
        );
  }
  return all;
}

test('of many bookings at once for the same seats exactly so many are taken as there are seats', { timeout: 60_000 }, async () => {
  const id = await room('small', 5);
  const answers = await Promise.all(
    Array.from({ length: 20 }, (_, at) =>
      system.call('POST', '/api/bookings', { who: `n${at}`, room: id, seats: 1, from: day(at + 1), until: day(at + 1) }),
    ),
  );
  const statuses = answers.map((answer) => answer.status);
  assert.equal(statuses.filter((status) => status === 201).length, 5, statuses.join(' '));
  assert.ok(
    statuses.every((status) => status === 201 || status === 422 || status === 503),
    statuses.join(' '),
  );
  assert.ok(statuses.some((status) => status === 422));
  await holds(new Map([[id, 5]]));
});

test('what a row promises of sums that follow from rows further off holds when those are written, moved or many at once', async () => {
  const [one, other] = [await room('of chairs', 100), await room('of other chairs', 100)];
  const booked = async (who: string, of: string, on: number): Promise<string> =>
    String((await system.call('POST', '/api/bookings', { who, room: of, seats: 1, from: day(on), until: day(on) })).json['id']);
  const [first, second, elsewhere] = [await booked('a', one, 1), await booked('b', one, 2), await booked('c', other, 1)];
  const guest = (booking: string, chairs: number) => system.call('POST', '/api/guests', { who: 'g', booking, chairs });
  const answers = await Promise.all(Array.from({ length: 12 }, (_, at) => guest(at % 2 === 0 ? first : second, 2)));
  assert.equal(answers.filter(({ status }) => status === 201).length, 5, answers.map(({ status }) => status).join(' '));
  const told = await guest(first, 1);
  assert.deepEqual([told.status, told.json['detail']], [422, 'there are ten chairs. It would no longer hold for room "of chairs".']);
  const stranger = await guest(elsewhere, 1);
  assert.equal(stranger.status, 201);
  const path = `/api/guests/${String(stranger.json['id'])}`;
  assert.equal((await system.call('PATCH', path, { booking: second })).status, 422, 'by another reference');
  assert.equal((await system.call('PATCH', path, { chairs: 10 })).status, 200);
  assert.equal(
    (await system.call('PATCH', `/api/bookings/${elsewhere}`, { room: one, from: day(3), until: day(3) })).status,
    422,
    'by the row between',
  );
});

const made = async (path: string, values: { readonly [field: string]: unknown }): Promise<string> => {
  const { status, json } = await system.call('POST', `/api/${path}`, values as never);
  assert.equal(status, 201, JSON.stringify(json));
  return String(json['id']);
};
const changed = (path: string, id: string, values: { readonly [field: string]: unknown }) =>
  system.call('PATCH', `/api/${path}/${id}`, values as never);
const no = (answer: { status: number; json: { readonly [name: string]: unknown } }): unknown => {
  assert.equal(answer.status, 422, JSON.stringify(answer.json));
  return answer.json['detail'];
};

test('what a row promises of the row that it refers to is kept when that one is changed, and the refusal names the row', async () => {
  const small = await room('of beds', 9);
  const far = 'the room has fewer beds. It would no longer hold for booking "Ada".';
  assert.equal((await changed('rooms', small, { beds: 4 })).status, 200);
  const first = await made('bookings', { who: 'Ada', room: small, seats: 1, beds: 4, from: day(1), until: day(1) });
  await made('bookings', { who: 'Bob', room: small, seats: 1, beds: 2, from: day(2), until: day(2) });
  assert.equal((await changed('rooms', small, { beds: 6 })).status, 200);
  assert.equal(no(await changed('rooms', small, { beds: 3, name: 'fewer' })), far);
  assert.equal(no(await changed('rooms', small, { beds: null })), far);
  assert.equal((await changed('rooms', small, { name: 'fewer' })).status, 200);
  assert.equal((await system.call('DELETE', `/api/bookings/${first}`)).status, 204);
  assert.equal((await changed('rooms', small, { beds: 3 })).status, 200);
  const cyd = await made('bookings', { who: 'Cyd', room: small, seats: 1, from: day(3), until: day(3) });
  assert.equal(no(await changed('bookings', cyd, { beds: 4 })), 'the room has fewer beds.');

  const house = await made('houses', { name: 'old', opens: day(1) });
  assert.equal((await changed('rooms', small, { house })).status, 200);
  assert.equal(
    no(await changed('houses', house, { opens: day(3) })),
    'the house is not open then. It would no longer hold for booking "Bob".',
  );
  assert.equal((await changed('houses', house, { opens: day(2) })).status, 200);
  const later = await made('houses', { name: 'new', opens: day(9) });
  assert.match(
    String(no(await changed('rooms', small, { house: later }))),
    /^the house is not open then\. It would no longer hold for booking "(Bob|Cyd)"\.$/,
  );
});

test('what a row promises of all rows of a list is kept when one of them comes, goes, moves or is changed', async () => {
  const [one, other] = [await room('one', 50), await room('other', 50)];
  const quiet = await made('bookings', { who: 'Ann', room: one, seats: 1, from: day(1), until: day(1), quiet: true });
  const says = 'it is to be quiet in the room. It would no longer hold for booking "Ann".';
  const next = { who: 'Ben', seats: 1, from: day(2), until: day(2) };
  assert.equal(no(await system.call('POST', '/api/bookings', { ...next, room: one, loud: true })), says, 'one comes');
  const ben = await made('bookings', { ...next, room: one });
  assert.equal(no(await changed('bookings', ben, { loud: true })), says, 'one is changed');
  const cat = await made('bookings', { ...next, who: 'Cat', room: other, loud: true });
  assert.equal(no(await changed('bookings', cat, { room: one, from: day(5), until: day(5) })), says, 'one moves');
  assert.equal((await changed('bookings', quiet, { quiet: false })).status, 200);
  assert.equal((await changed('bookings', ben, { loud: true })).status, 200);

  assert.equal((await changed('rooms', other, { kept: true })).status, 200);
  const last = 'a room that is kept has a booking. It would no longer hold for room "other".';
  assert.equal(no(await system.call('DELETE', `/api/bookings/${cat}`)), last, 'one goes');
  assert.equal(no(await changed('bookings', cat, { room: one, from: day(6), until: day(6) })), last, 'one moves away');
  assert.equal((await changed('rooms', other, { kept: false })).status, 200);
  assert.equal((await system.call('DELETE', `/api/bookings/${cat}`)).status, 204);
});

test('what a row promises of what the items of its list refer to is kept when that is changed; a title that is not to be seen is not told', async () => {
  const dish = await made('dishes', { name: 'soup', most: 5 });
  const meal = await made('meals', { name: 'Feast', parts: [{ dish, number: 3 }] });
  assert.equal(no(await changed('dishes', dish, { most: 2 })), 'there is not so much of a dish. It would no longer hold for meal "Feast".');
  assert.equal((await changed('dishes', dish, { most: 3 })).status, 200);
  assert.equal((await changed('dishes', dish, { name: 'broth' })).status, 200);
  const asClerk = await system.call('PATCH', `/api/dishes/${dish}`, { most: 2 }, { key: await system.keyFor(['clerk']) });
  assert.equal(no(asClerk), `there is not so much of a dish. It would no longer hold for meal ${meal}.`);
});

test('beds taken out by some while others book them: whoever comes last is refused, and it holds', { timeout: 60_000 }, async () => {
  const id = await room('wanted and lowered', 100);
  assert.equal((await changed('rooms', id, { beds: 9 })).status, 200);
  const answers = await Promise.all(
    Array.from({ length: 50 }, (_, at) =>
      at % 2 === 0
        ? changed('rooms', id, { beds: 1 + (at % 8) })
        : system.call('POST', '/api/bookings', {
            who: `n${at}`,
            room: id,
            seats: 1,
            beds: 1 + (at % 8),
            from: day(1 + (at % 28)),
            until: day(1 + (at % 28)),
          }),
    ),
  );
  const statuses = answers.map(({ status }) => status);
  assert.ok(
    statuses.every((status) => [200, 201, 422, 503].includes(status)),
    statuses.join(' '),
  );
  assert.ok(statuses.includes(422) && (statuses.includes(200) || statuses.includes(201)), statuses.join(' '));
  const beds = Number((await system.call('GET', `/api/rooms/${id}`)).json['beds']);
  const own = ((await system.call('GET', '/api/bookings?limit=500')).json.items ?? []).filter((booking) => booking['room'] === id);
  assert.ok(
    own.every((booking) => Number(booking['beds']) <= beds),
    `${beds} ${JSON.stringify(own)}`,
  );
});

test('of many bookings at once for the same days one is taken', { timeout: 60_000 }, async () => {
  const id = await room('one at a time', 100);
  const answers = await Promise.all(
    Array.from({ length: 16 }, (_, at) =>
      system.call('POST', '/api/bookings', { who: `n${at}`, room: id, seats: 1, from: day(1 + (at % 3)), until: day(4 + (at % 3)) }),
    ),
  );
  assert.equal(answers.filter((answer) => answer.status === 201).length, 1);
  await holds(new Map([[id, 100]]));
});

test('whatever several callers do side by side, it holds after every lot of it', { timeout: 120_000 }, async () => {
  const random = seeded(20261123);
  const pick = (below: number): number => Math.floor(random() * below);
  const rooms = new Map<string, number>();
  for (const [name, seats] of [
    ['a', 6],
    ['b', 12],
  ] as const)
    rooms.set(await room(name, seats), seats);
  const ids = [...rooms.keys()];
  const done = { created: 0, moved: 0, removed: 0, refused: 0 };
  for (let lot = 0; lot < 8; lot++) {
    const there = (await holds(rooms)).filter((booking) => rooms.has(booking.room));
    await Promise.all(
      Array.from({ length: 10 }, async () => {
        const target = there[pick(Math.max(1, there.length))];
        const begin = 1 + pick(20);
        const values = { room: ids[pick(ids.length)] ?? '', seats: 1 + pick(4), from: day(begin), until: day(begin + pick(5)) };
        const deed = target === undefined ? 0 : pick(3);
        const { status } =
          deed === 1
            ? await system.call('PATCH', `/api/bookings/${target?.id ?? ''}`, values)
            : deed === 2
              ? await system.call('DELETE', `/api/bookings/${target?.id ?? ''}`)
              : await system.call('POST', '/api/bookings', { who: 'somebody', ...values });
        assert.ok([200, 201, 204, 404, 422, 503].includes(status), `${status}`);
        if (status >= 400) done.refused += 1;
        else done[deed === 1 ? 'moved' : deed === 2 ? 'removed' : 'created'] += 1;
      }),
    );
  }
  await holds(rooms);
  assert.ok(done.created > 3 && done.moved > 0 && done.removed > 0 && done.refused > 5, JSON.stringify(done));
});
