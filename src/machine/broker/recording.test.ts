import assert from 'node:assert/strict';
import { after, before, describe, it } from 'node:test';
import fc from 'fast-check';
import { isRefusal, type Json, refuse, type Refusal } from '#kernel';
import type { Hosts } from '#hosts';
import { digestOf, entityNamed, operationNamed } from '#model';
import type { OutsideAnswer } from '#ports';
import type { PlainRow, PlainValues } from '#store';
import { type Recording, replay } from './recording.ts';
import { caller, head, openSpecimenHosts, operationSource, type Specimen, specimenCalls } from './specimen-calls.ts';

const input = `input: { many: integer({ id: 'f_@', no: 1, required: true }) }, output: { fields: { said: text({ id: 'f_@', no: 1 }) } },`;
const files = {
  'entities/lot.ts': `${head('A lot that is drawn.')}import { date, entity, integer, text } from 'theseus/sdk';

export default entity({
  id: 'e_lots',
  name: 'lot',
  plural: 'lots',
  title: 'name',
  fields: {
    name: text({ id: 'f_name', no: 1, required: true, unique: true }),
    weight: integer({ id: 'f_weig', no: 2, min: 0 }),
    drawn: date({ id: 'f_draw', no: 3 }),
  },
});
`,
  'operations/draw-lots.ts': operationSource(
    'drawLots',
    `${input} capabilities: { lot: ['read', 'create', 'update'], fetch: { 'dice.test': { methods: ['GET'], read: true } } }, emits: ['drawn'], calls: ['weigh'],`,
    `    const names = Array.from({ length: input.many }, (_, at) => \`\${at}-\${Math.floor(random() * 1e9)}\`);
    const order = [];
    const made = await Promise.all(names.map(async (name) => {
      const lot = await data.lot.create({ name, weight: Math.floor(random() * 100), drawn: addDays(today, Math.floor(random() * 30)) });
      order.push(lot.name);
      const rolled = await fetch(\`https://dice.test/\${name}\`).catch((refused) => ({ body: refused.code }));
      order.push(rolled.body);
      return lot;
    }));
    const first = await Promise.race(made.map((lot) => data.lot.update(lot.id, { weight: lot.weight + 1 })));
    const weighed = await call('weigh', { with: { many: made.length } });
    try { await data.lot.create({ name: names[0] }); } catch (refused) { order.push(refused.code); }
    log({ order });
    await emit('drawn', { order });
    return { said: JSON.stringify([order, first.id, made.map((lot) => lot.id), weighed, now, today, random()]) };`,
    'data, input, today, now, random, log, emit, call, fetch',
  ).replace('import { operation, refuse,', 'import { addDays, operation, refuse,'),
  'operations/weigh.ts': operationSource(
    'weigh',
    `${input} capabilities: { lot: ['read'] },`,
    `    const { items } = await data.lot.list({ sort: '-weight', limit: input.many });
    return { said: items.map((lot) => lot.weight).join() + random() };`,
    'data, input, random',
  ),
};

describe('a recorded call', () => {
  let hosts: Hosts;
  let shop: Specimen;
  /** What answers come late: a host outside that takes its time, so that answers overtake each other. */
  let lateness: readonly number[] = [];
  let asked = 0;
  let overtaken: (() => Promise<OutsideAnswer>) | null = null;
  before(async () => {
    hosts = await openSpecimenHosts();
    shop = await specimenCalls(hosts, files, {
      outside: {
        send: async () => {
          if (overtaken !== null) return overtaken();
          const turns = lateness[asked++ % Math.max(1, lateness.length)] ?? 0;
          for (let turn = 0; turn < turns; turn += 1) await new Promise((done) => setImmediate(done));
          return turns === 3 ? refuse('unavailable', 'it rolled away') : { status: 200, headers: {}, body: turns };
        },
      },
    });
  });
  after(() => hosts.close());

  async function draw(many: number, record = true): Promise<{ readonly value: unknown; readonly recordings: readonly Recording[] }> {
    asked = 0;
    let recordings: readonly Recording[] = [];
    const options = { caller: caller('owner'), ...(record ? { record: (made: readonly Recording[]) => void (recordings = made) } : {}) };
    const operation = operationNamed(shop.model, 'drawLots') ?? assert.fail();
    const { value } = await shop.calls.operate(shop.loaded, operation, null, { many }, options);
    return { value, recordings };
  }
  const again = (recording: Recording, source?: string): ReturnType<typeof replay> => replay(hosts, recording, Date.now() + 10_000, source);
  /** As it is when it was kept somewhere and read again. */
  const kept = (recording: Recording): Recording => JSON.parse(JSON.stringify(recording)) as Recording;

  it('gives the same asks and the same result, byte for byte, whichever answers overtook which', async () => {
    await fc.assert(
      fc.asyncProperty(
        fc.integer({ min: 1, max: 6 }),
        fc.array(fc.integer({ min: 0, max: 5 }), { minLength: 1, maxLength: 6 }),
        async (many, late) => {
          lateness = late;
          const { value, recordings } = await draw(many);
          assert.deepEqual(
            recordings.map(({ component }) => component),
            ['operation/weigh', 'operation/drawLots'],
            JSON.stringify(value),
          );
          for (const recording of recordings) {
            const { same, result, asks, differsAt } = await again(kept(recording));
            assert.deepEqual([same, differsAt], [true, null]);
            assert.equal(JSON.stringify(result), JSON.stringify(recording.result));
            assert.equal(
              JSON.stringify(asks),
              JSON.stringify(recording.asks.map(({ capability, input: given }) => ({ capability, input: given }))),
            );
          }
        },
      ),
      { numRuns: 25 },
    );
  });

  it('hangs on the recorded order of answers: with another, what runs side by side is another', async () => {
    // the first host answers when the others have
    const { promise: others, resolve } = Promise.withResolvers<void>();
    overtaken = async () => {
      const number = (asked += 1);
      if (number === 1) await others;
      if (number === 4) setImmediate(resolve);
      return { status: 200, headers: {}, body: number };
    };
    const { recordings } = await draw(4);
    overtaken = null;
    const recording = recordings.at(-1) ?? assert.fail();
    assert.notDeepEqual(
      [...recording.answered].sort((a, b) => a - b),
      recording.answered,
      'answers overtook each other',
    );
    const inOrder = { ...kept(recording), answered: [...recording.answered].sort((a, b) => a - b) };
    assert.equal((await again(inOrder)).same, false);
    assert.equal((await again(recording)).same, true);
  });

  it('hangs on its seed and its clock', async () => {
    lateness = [0];
    const { recordings } = await draw(2);
    const recording = recordings.at(-1) ?? assert.fail();
    assert.equal((await again({ ...recording, seed: 'another' })).differsAt, 0);
    assert.equal((await again({ ...recording, now: recording.now + 1 })).same, false);
    assert.equal((await again({ ...recording, input: { ...recording.input, today: '2020-01-01' } })).differsAt, 0);
  });

  it('shows where another version of the component would have done otherwise, and touches nothing', async () => {
    lateness = [0];
    const { recordings } = await draw(2);
    const recording = recordings.at(-1) ?? assert.fail();
    const before = [shop.store.journal.length, shop.store.outbox.length];
    const component = shop.components.find(({ name }) => name === 'drawLots') ?? assert.fail();
    const other = (component.code ?? '').replace("emit('drawn'", "emit('other'");
    await hosts.load({ key: 'operation/drawLots', digest: digestOf(other), code: other });
    const { same, differsAt } = await again(recording, digestOf(other));
    assert.equal(same, false);
    assert.equal(recording.asks[differsAt ?? -1]?.capability, 'emit.drawn');
    assert.deepEqual([shop.store.journal.length, shop.store.outbox.length], before);
  });

  it('is nowhere written down unless a call says so, and a refusal is recorded as well', async () => {
    assert.deepEqual((await draw(1, false)).recordings, []);
    const entity = entityNamed(shop.model, 'lot') ?? assert.fail();
    const made = (await shop.calls.create(shop.loaded, entity, { name: 'x' } as PlainValues, { caller: caller('owner') }))
      .value as PlainRow;
    assert.ok(!isRefusal(made));
    lateness = [3];
    const { recordings } = await draw(1);
    const refusals = recordings.flatMap(({ asks }) => asks.map(({ answer }) => answer as Json | Refusal)).filter(isRefusal);
    assert.deepEqual(
      refusals.map(({ code }) => code),
      ['unavailable', 'invalid'],
    );
  });
});
