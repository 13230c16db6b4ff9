import assert from 'node:assert/strict';
import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { after, before, test } from 'node:test';
import pg from 'pg';
import { type Answer, startThrowAwaySystem, type ThrowAwaySystem } from '../../scripts/throw-away-system.ts';

const head = '/**\n * It.\n *\n * why: it\n * change: start\n * generator: person\n * date: 2026-11-23\n */\n';
const entity = (name: string, letters: string, fields: string): { readonly [path: string]: string } => ({
  [`entities/${name}.ts`]: `${head}import { boolean, date, entity, integer, reference, text } from 'theseus/sdk';\nexport default entity({ id: 'e_${letters}', name: '${name}', plural: '${name === 'tally' ? 'tallies' : `${name}s`}', title: 'what', fields: { what: text({ id: 'f_${letters}w', no: 1, required: true }), ${fields} } });\n`,
});
const desk: { readonly [path: string]: string } = {
  'theseus.json': readFileSync('systems/shop/theseus.json', 'utf8').replace('"shop"', '"desk"'),
  ...entity('tally', 'tall', "count: integer({ id: 'f_tallc', no: 2, default: 0 })"),
  ...entity(
    'ticket',
    'tick',
    "seen: integer({ id: 'f_ticks', no: 2, default: 0 }), tally: reference({ id: 'f_tickt', no: 3, to: 'tally', required: true })",
  ),
  ...entity(
    'paper',
    'pape',
    "signed: boolean({ id: 'f_papes', no: 2, default: false }), filed: boolean({ id: 'f_papef', no: 3, default: false })",
  ),
  ...entity('ball', 'ball', "bounces: integer({ id: 'f_ballb', no: 2, default: 0 })"),
  ...entity('note', 'note', "day: date({ id: 'f_noted', no: 2 })"),
  'reactions/count-ticket.ts': `${head}import { reaction } from 'theseus/sdk';
export default reaction({ id: 'n_count', name: 'countTicket', on: { event: 'ticket.created' }, capabilities: { ticket: ['read', 'update'], tally: ['read', 'update'] }, retries: { attempts: 20, firstMs: 100, mostMs: 500 },
  async run({ data, event }) {
    const ticket = await data.ticket.get(event.row);
    for (const line of Array.from({ length: 50 }, () => event.row)) await data.ticket.get(line);
    await data.ticket.update(ticket.id, { seen: (ticket.seen ?? 0) + 1 });
    const tally = await data.tally.get(ticket.tally);
    await data.tally.update(tally.id, { count: (tally.count ?? 0) + 1 });
  } });\n`,
  'reactions/file-paper.ts': `${head}import { reaction, refuse } from 'theseus/sdk';
export default reaction({ id: 'n_file', name: 'filePaper', on: { event: 'paper.created' }, capabilities: { paper: ['read', 'update'] }, retries: { attempts: 2, firstMs: 100 },
  async run({ data, event }) {
    const paper = await data.paper.get(event.row);
    if (paper.signed !== true) refuse('state-forbids', 'Nobody has signed it.');
    await data.paper.update(paper.id, { filed: true });
  } });\n`,
  'reactions/bounce.ts': `${head}import { reaction } from 'theseus/sdk';
export default reaction({ id: 'n_boun', name: 'bounce', on: { event: 'ball.updated' }, capabilities: { ball: ['read', 'update'] },
  async run({ data, event }) {
    const ball = await data.ball.get(event.row);
    await data.ball.update(ball.id, { bounces: (ball.bounces ?? 0) + 1 });
  } });\n`,
  'jobs/daily-note.ts': `${head}import { job } from 'theseus/sdk';
export default job({ id: 'j_daily', name: 'dailyNote', schedule: { cron: '0 6 * * *', catchUp: 'all' }, capabilities: { note: ['create'] },
  async run({ data, dueDay }) { await data.note.create({ what: 'daily', day: dueDay }); } });\n`,
};

let system: ThrowAwaySystem;
before(async () => {
  system = await startThrowAwaySystem({
    files: desk,
    log: (line) => void (process.env['THESEUS_LOG'] && process.stderr.write(`${line}\n`)),
  });
});
after(() => system.stop());

/** Asks until it is answered: a kernel that was killed is started again by the supervisor. */
async function answered(method: string, path: string, body?: unknown, key?: string): Promise<Answer> {
  const end = Date.now() + 60_000;
  for (;;) {
    const headers = key === undefined ? {} : { headers: { 'idempotency-key': key } };
    const answer = await system.call(method, path, body, headers).catch(() => undefined);
    if (answer !== undefined && answer.status < 500) return answer;
    assert.ok(Date.now() < end, `${method} ${path} is answered: ${JSON.stringify(answer?.json)}`);
    await new Promise((next) => setImmediate(next));
  }
}
/** Looks until it is so. */
async function until<Value>(what: string, look: () => Promise<Value | undefined>): Promise<Value> {
  const end = Date.now() + 90_000;
  for (;;) {
    const found = await look();
    if (found !== undefined) return found;
    assert.ok(Date.now() < end, what);
    await new Promise((next) => setTimeout(next, 10));
  }
}
let killed = 0;
/** Each kernel once: the supervisor tells a new one as soon as it is ready. */
async function killKernel(): Promise<void> {
  killed = await until('another kernel is there', async () => {
    const pid = system.pids().kernel;
    return pid === killed ? undefined : pid;
  });
  process.kill(killed, 'SIGKILL');
}
const made = async (path: string, values: object, key?: string): Promise<string> =>
  String((await answered('POST', path, values, key)).json['id']);
const deliveries = async (query: string): Promise<readonly Record<string, unknown>[]> =>
  (await answered('GET', `/_theseus/deliveries?limit=500&${query}`)).json.items ?? [];
const nothingOwed = (component: string): Promise<true> =>
  until(`nothing of ${component} is owed`, async () => {
    const { json } = await answered('GET', '/_theseus/unasked');
    const one = json.items?.find((item) => item['component'] === component);
    return one !== undefined && one['waiting'] === 0 && one['running'] === 0 ? true : undefined;
  });

test('the kernel is killed in the middle of deliveries, again and again: each is applied exactly once', async () => {
  const tally = await made('/api/tallies', { what: 'all' });
  const tickets: string[] = [];
  for (let number = 0; number < 40; number += 1)
    tickets.push(await made('/api/tickets', { what: `t${number}`, tally }, `ticket-${number}`));
  for (let kill = 0; kill < 4; kill += 1) {
    await until('a delivery is under way, or all are done', async () => {
      const running = await deliveries('state=running');
      const done = await deliveries('state=done&component=reaction/countTicket');
      return running.length > 0 || done.length === 40 ? true : undefined;
    });
    await killKernel();
    tickets.push(await made('/api/tickets', { what: `after kill ${kill}`, tally }, `killed-${kill}`));
  }
  await nothingOwed('reaction/countTicket');
  for (const ticket of tickets) assert.equal((await answered('GET', `/api/tickets/${ticket}`)).json['seen'], 1);
  assert.equal((await answered('GET', `/api/tallies/${tally}`)).json['count'], tickets.length);
  const done = await deliveries('state=done&component=reaction/countTicket');
  assert.equal(done.length, tickets.length);
});

test('a dead letter is seen and tried again by a person who may, and does its work then', async () => {
  const paper = await made('/api/papers', { what: 'contract' });
  const letter = await until('the dead letter is there', async () => (await deliveries('state=dead&component=reaction/filePaper'))[0]);
  assert.deepEqual(
    [letter['code'], letter['why'], letter['attempts'], letter['about']],
    ['state-forbids', 'Nobody has signed it.', 2, paper],
  );
  const clerk = await system.keyFor(['clerk']);
  const retry = `/_theseus/deliveries/${String(letter['no'])}/retry`;
  assert.equal((await system.call('GET', '/_theseus/deliveries', undefined, { key: clerk })).status, 403);
  assert.equal((await system.call('POST', retry, {}, { key: clerk })).status, 403);
  await answered('PATCH', `/api/papers/${paper}`, { signed: true });
  assert.equal((await answered('POST', retry, {})).status, 200);
  await until('the paper is filed', async () =>
    (await answered('GET', `/api/papers/${paper}`)).json['filed'] === true ? true : undefined,
  );
  assert.deepEqual(await deliveries('state=dead&component=reaction/filePaper'), []);
  assert.equal((await answered('POST', retry, {})).status, 404);
  const audit = (await answered('GET', '/_theseus/audit')).json.items ?? [];
  assert.ok(audit.some((entry) => entry['action'] === 'retry-delivery' && entry['subject'] === 'reaction/filePaper'));
});

test('a loop ends as a dead letter that says so', async () => {
  const ball = await made('/api/balls', { what: 'red' });
  await answered('PATCH', `/api/balls/${ball}`, { what: 'blue' });
  const letter = await until('the loop has ended', async () => (await deliveries('state=dead&component=reaction/bounce'))[0]);
  assert.equal(letter['code'], 'loop');
  assert.match(String(letter['why']), /made one another run more than 16 times/);
  assert.equal((await answered('GET', `/api/balls/${ball}`)).json['bounces'], 16);
});

test('after it was down for three days a job makes up for each day once, though the kernel is killed meanwhile', async () => {
  const passwords = JSON.parse(readFileSync(join(system.data, 'passwords.json'), 'utf8')) as { readonly kernel: string };
  const socket = readFileSync(join(system.data, 'postgresql', 'postmaster.pid'), 'utf8').split('\n')[4] ?? '';
  const database = new pg.Client({ user: 'theseus_kernel', password: passwords.kernel, host: socket, database: 'theseus' });
  database.on('error', () => {});
  await database.connect();
  await until('the job is known', async () => ((await database.query('select 1 from theseus.instants')).rowCount === 1 ? true : undefined));
  await killKernel();
  await database.query("update theseus.instants set after = after - interval '3 days'");
  await until('the first day is made up for', async () => ((await deliveries('component=job/dailyNote')).length > 0 ? true : undefined));
  await killKernel();
  await database.end();
  await nothingOwed('job/dailyNote');
  const days = ((await answered('GET', '/api/notes')).json.items ?? []).map((note) => String(note['day']));
  assert.equal(days.length, 3);
  assert.equal(new Set(days).size, 3);
});
