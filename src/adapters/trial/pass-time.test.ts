import assert from 'node:assert/strict';
import { tmpdir } from 'node:os';
import { after, before, test } from 'node:test';
import type { Json } from '#kernel';
import { openHosts } from '#hosts';
import type { Example, ExampleStep, SystemReading } from '#model';
import { memoryStore } from '#store/memory';
import { parserProcess } from '../parser-process.ts';
import { trialRun } from '../trial-run.ts';

const head = '/**\n * It.\n *\n * why: it\n * change: start\n * generator: person\n * date: 2026-11-23\n */\n';
const files = {
  'theseus.json': JSON.stringify({
    name: 'desk',
    currency: 'EUR',
    timeZone: 'Europe/Berlin',
    roles: { owner: { read: true, write: true, sensitive: true } },
    policy: {},
  }),
  'entities/person.ts': `${head}import { entity, text } from 'theseus/sdk';
export default entity({ id: 'e_person', name: 'person', plural: 'people', title: 'login',
  fields: { login: text({ id: 'f_plogin', no: 1, required: true, unique: true }), word: text({ id: 'f_pword', no: 2, required: true, secret: true, min: 4 }) },
  identity: { login: 'login', roles: ['member'], days: 30 } });
`,
  'entities/ticket.ts': `${head}import { boolean, choice, date, entity, text } from 'theseus/sdk';
export default entity({ id: 'e_ticket', name: 'ticket', plural: 'tickets', title: 'name',
  fields: {
    name: text({ id: 'f_tname', no: 1, required: true }),
    wanted: boolean({ id: 'f_twant', no: 2, default: false }),
    state: choice({ id: 'f_tstate', no: 3, choices: { open: 'c_topen', late: 'c_tlate', closed: 'c_tclos' }, default: 'open' }),
    seen: date({ id: 'f_tseen', no: 4 }),
  } });
`,
  'workflows/ticket.ts': `${head}import { workflow } from 'theseus/sdk';
export default workflow({ id: 'w_ticket', name: 'ticket', on: 'ticket', field: 'state', starts: 'open', ends: ['closed'],
  transitions: [
    { id: 't_lapse', name: 'lapse', from: ['open'], to: 'late', after: { count: 2, unit: 'days' } },
    { id: 't_end', name: 'end', from: ['late'], to: 'closed', after: { count: 12, unit: 'hours' }, when: (ticket) => ticket.wanted !== true },
    { id: 't_back', name: 'back', from: ['late'], to: 'open' },
  ] });
`,
  'jobs/look.ts': `${head}import { job } from 'theseus/sdk';
export default job({ id: 'j_look', name: 'look', schedule: { cron: '0 6 * * 1-5', catchUp: 'last' }, capabilities: { ticket: ['read', 'update'] },
  async run({ data, dueDay }) {
    const { items } = await data.ticket.list({ filters: [{ field: 'state', op: 'eq', value: 'late' }] });
    for (const ticket of items) await data.ticket.update(ticket.id, { seen: dueDay });
  } });
`,
  'jobs/each-minute.ts': `${head}import { job } from 'theseus/sdk';
export default job({ id: 'j_min', name: 'eachMinute', schedule: { cron: '* * * * *', catchUp: 'none' }, async run({ log }) { log('it'); } });
`,
  'operations/sign-up.ts': `${head}import { operation, text } from 'theseus/sdk';
export default operation({ id: 'o_signup', name: 'signUp', http: { method: 'POST', path: '/sign-up', status: 200 }, roles: ['anyone'],
  input: { login: text({ id: 'f_ilogin', no: 1, required: true }), word: text({ id: 'f_iword', no: 2, required: true, secret: true }) },
  output: { fields: { token: text({ id: 'f_otoken', no: 1, required: true }) } }, capabilities: { person: ['create'], identity: 'person' },
  async run({ data, input, identity }) {
    const made = await data.person.create({ login: input.login, word: input.word });
    return { token: await identity.issueToken(made.id) };
  } });
`,
  'operations/who-am-i.ts': `${head}import { operation, text } from 'theseus/sdk';
export default operation({ id: 'o_who', name: 'whoAmI', http: { method: 'GET', path: '/me', status: 200 }, roles: ['member'], input: {},
  output: { fields: { who: text({ id: 'f_owho', no: 1, required: true }) } },
  async run({ caller }) { return { who: caller.id }; } });
`,
};
let reading: Extract<SystemReading, { ok: true }>;
const parser = parserProcess();
const hosts = await openHosts({ size: 1, memoryMb: 256, log: () => {}, user: 'own', isolation: 'preferred', reachable: tmpdir() });
before(async () => {
  const found = (await parser.read(files)) as unknown as SystemReading;
  assert.ok(found.ok, JSON.stringify(found));
  reading = found;
});
after(async () => {
  await hosts.close();
  await parser.close();
});
const trial = trialRun({ hosts, begin: async (prepared, clock) => ({ store: memoryStore(prepared, clock), end: async () => {} }) });
async function run(...steps: readonly ExampleStep[]): Promise<string> {
  const example: Example = { name: 'it', steps };
  const [result] = await trial.run(reading as unknown as Json, [example] as unknown as Json);
  return result?.passed === true ? '' : `step ${String(result?.step)}: ${String(result?.why)}`;
}
const make = (wanted = false): ExampleStep => ({ create: 'ticket', as: 'it', with: { name: 'T', wanted } });
const is = (state: string): ExampleStep => ({ read: 'it', then: { state } });

test('a row is moved once it has stood there long enough, and not before; one transition of the clock follows another', async () => {
  assert.equal(
    await run(make(), { after: '47 hours' }, is('open'), { after: '1 hour' }, is('late'), { after: '12 hours' }, is('closed')),
    '',
  );
  assert.equal(await run(make(), { after: '3 days' }, is('closed')), '');
  assert.match(await run(make(), { after: '2 days' }, is('open')), /step 2: state is "late", not "open"/);
  assert.match(await run(make(), { after: '2879 minutes' }, is('late')), /step 2: state is "open", not "late"/);
});

test('who leaves the state and comes back begins anew; other changes of the row do not', async () => {
  const back: ExampleStep = { update: 'it', with: { state: 'open' } };
  assert.equal(
    await run(make(true), { after: '2 days' }, is('late'), back, { after: '1 day' }, is('open'), { after: '1 day' }, is('late')),
    '',
  );
  assert.equal(await run(make(), { after: '1 day' }, { update: 'it', with: { name: 'U' } }, { after: '1 day' }, is('late')), '');
});

test('where the guard does not hold the row stays, and is looked at again', async () => {
  assert.equal(
    await run(make(true), { after: '4 days' }, is('late'), { update: 'it', with: { wanted: false } }, { after: '2 days' }, is('closed')),
    '',
  );
});

test('a job runs at each instant of its schedule that comes, after what fell due before it; what day it is moves nothing', async () => {
  // A Thursday, eleven in the morning in Berlin.
  const at = ['2026-01-16T05:00:00Z', '2026-01-19T05:00:00Z'];
  assert.equal(await run(make(), { run: 'look', after: '4 days', then: { at } }, { read: 'it', then: { state: 'closed' } }), '');
  assert.equal(await run(make(true), { run: 'look', after: '4 days' }, { read: 'it', then: { state: 'late', seen: '2026-01-19' } }), '');
  assert.match(await run(make(), { run: 'look', after: '1 day', then: { at: [] } }), /it ran at 2026-01-16T05:00:00Z, not at any instant/);
  assert.match(await run({ run: 'look', after: '2 days', then: { refused: 'conflict' } }), /it should be refused and was done/);
  assert.equal(await run(make(), { today: '2026-03-01' }, is('open')), '');
});

test('what would hardly end is refused', async () => {
  assert.match(await run({ run: 'eachMinute', after: '2 days' }), /More than 500 things fall due/);
});

test('who has signed in is out when that ends, and in again once signed in anew', async () => {
  const up: ExampleStep = { call: 'signUp', with: { login: 'ada', word: 'secret' } };
  const known: ExampleStep = { find: 'person', with: { login: 'ada' }, as: 'ada' };
  const me = (refused?: string): ExampleStep => ({ call: 'whoAmI', by: 'ada', then: refused === undefined ? {} : { refused } });
  assert.equal(await run(up, known, { after: '29 days' }, me(), { after: '1 day' }, me('unauthenticated')), '');
  assert.match(await run(up, known, { after: '29 days' }, me('unauthenticated')), /should be refused \(unauthenticated\) and was done/);
  assert.equal(await run(up, known, { today: '2026-06-01' }, me()), '');
});
