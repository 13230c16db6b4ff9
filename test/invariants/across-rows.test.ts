/* Invariants over several rows, while many callers write at once: sums, counts and times that may not overlap hold at every moment that anybody sees. */
import assert from 'node:assert/strict';
import { after, before, test } from 'node:test';
import { startThrowAwaySystem, type ThrowAwaySystem } from '../../scripts/throw-away-system.ts';

const head = '/**\n * A part of it.\n *\n * why: to be kept whole\n * change: start\n * generator: person\n * date: 2026-11-23\n */\n';
const files: { readonly [path: string]: string } = {
  'theseus.json': JSON.stringify({
    name: 'hall',
    currency: 'EUR',
    roles: { owner: { read: true, write: true, sensitive: true } },
    policy: { isolation: 'preferred' },
  }),
  'entities/room.ts': `${head}import { count, entity, integer, type Row, sum, text } from 'theseus/sdk';

export default entity({
  id: 'e_room',
  name: 'room',
  plural: 'rooms',
  title: 'name',
  fields: { name: text({ id: 'f_rname', no: 1, required: true }), seats: integer({ id: 'f_rseats', no: 2, required: true, min: 0 }) },
  invariants: {
    notOverbooked: {
      holds: (room: Row<'room'>) => sum(room.bookings, (booking) => booking.seats) <= room.seats,
      message: 'the room has not so many seats',
    },
    fewChairs: { holds: (room: Row<'room'>) => sum(room.bookings, (booking) => booking.chairs) <= 10, message: 'there are ten chairs' },
    fewBookings: { holds: (room: Row<'room'>) => count(room.bookings) <= 8, message: 'at most eight bookings a room' },
  },
});
`,
  'entities/booking.ts': `${head}import { count, date, entity, integer, reference, type Row, sum, text } from 'theseus/sdk';

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
    chairs: integer({ id: 'f_bchairs', no: 6, live: (booking: Row<'booking'>) => sum(booking.guests, (guest) => guest.chairs) }),
  },
  invariants: {
    inOrder: { holds: (booking: Row<'booking'>) => booking.from <= booking.until, message: 'it ends before it begins' },
    alone: {
      holds: (booking: Row<'booking'>) =>
        count(booking.room.bookings.filter((other) => other.from <= booking.until && booking.from <= other.until)) <= 1,
      message: 'somebody has the room then',
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
  assert.deepEqual([told.status, told.json['detail']], [422, 'there are ten chairs.']);
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
