/** Rows go back into a generation of another shape: fields and choices that came, went or were renamed with the change, promises that came later, derived values, workflows and their clock. */
import assert from 'node:assert/strict';
import { test } from 'node:test';
import type { SourceFiles } from '#model';
import { accountWith, tidy, type Yard, yardFiles } from './yard.ts';

const head = '/**\n * It.\n *\n * why: it\n * change: start\n * generator: person\n * date: 2026-11-23\n */\n';
const flow = (minutes: number): string => `${head}import { workflow } from 'theseus/sdk';

export default workflow({
  id: 'w_task',
  name: 'task',
  on: 'task',
  field: 'state',
  starts: 'open',
  ends: ['done', 'late'],
  transitions: [
    { id: 't_done', name: 'finish', from: ['open'], to: 'done' },
    { id: 't_late', name: 'miss', from: ['open'], to: 'late', after: { count: ${minutes}, unit: 'minutes' } },
  ],
});
`;
const task = `${head}import { choice, entity, integer } from 'theseus/sdk';

export default entity({
  id: 'e_task',
  name: 'task',
  plural: 'tasks',
  title: 'hours',
  fields: {
    hours: integer({ id: 'f_thours', no: 1, required: true }),
    state: choice({ id: 'f_tstate', no: 2, choices: { open: 'c_topen', done: 'c_tdone', late: 'c_tlate' } }),
    price: integer({ id: 'f_tprice', no: 3, fixed: { while: (task) => task.state === 'open', formula: (task) => task.hours * 10, otherwise: 0 } }),
  },
});
`;
const worker = (change: string, body: string): { readonly [path: string]: string } => ({
  'operations/tidy.ts': tidy(change, body).replace(
    "capabilities: { account: ['read', 'create', 'update', 'delete'], entry: ['read', 'create', 'update', 'delete'] }",
    "capabilities: { task: ['read', 'update', 'delete'] }",
  ),
});
const person = `${head}import { email, entity, text } from 'theseus/sdk';

export default entity({
  id: 'e_person',
  name: 'person',
  plural: 'people',
  title: 'email',
  fields: {
    email: email({ id: 'f_pmail', no: 1, required: true, unique: true }),
    nick: text({ id: 'f_pnick', no: 2 }),
    password: text({ id: 'f_ppass', no: 3, required: true, secret: true, min: 8 }),
  },
  identity: { login: 'email', roles: ['member'] },
});
`;
const signing = (
  name: string,
  id: string,
  capabilities: string,
  body: string,
): string => `${head}import { operation, refuse, text } from 'theseus/sdk';

export default operation({
  id: 'o_${id}',
  name: '${name}',
  http: { method: 'POST', path: '/api/${name.toLowerCase()}', status: 200 },
  input: {
    email: text({ id: 'f_${id}m', no: 1 }),
    password: text({ id: 'f_${id}p', no: 2, secret: true }),
    nick: text({ id: 'f_${id}n', no: 3 }),
  },
  capabilities: { ${capabilities} },
  async run({ data, input, identity }) {${body}
    return null;
  },
});
`;
const signUp = signing('signUp', 'signup', "person: ['create'], identity: 'person'", '\n    await data.person.create(input);');
const signIn = signing(
  'signIn',
  'signin',
  "identity: 'person'",
  "\n    if ((await identity.check(input.email, input.password)) === null) refuse('unauthenticated', 'wrong');",
);
const alter = (body: string): string => signing('alterPerson', 'alter', "person: ['read', 'update'], identity: 'person'", body);
/** What the yard has for them beside. */
export const shapedFiles: SourceFiles = {
  'entities/task.ts': task,
  'workflows/task.ts': flow(60),
  'entities/person.ts': person,
  'operations/sign-up.ts': signUp,
  'operations/sign-in.ts': signIn,
  'operations/alter-person.ts': alter(''),
};
const setting = (change: string, patch: string): { readonly [path: string]: string } => ({
  'operations/tidy.ts': tidy(change, `\n    await data.account.update(input.row, ${patch});`),
});

export function otherShapes(yard: Yard, clock: { ahead: number }): void {
  test('a renamed field and a renamed choice go back under their old names', async () => {
    const row = await yard.create('account', { name: 'shaped a', note: 'before', level: 'high' });
    const change = await yard.live({
      ...accountWith(['note: text(', 'remark: text('], ["high: 'c_ahigh'", "top: 'c_ahigh'"]),
      ...setting('a', "{ remark: 'wrong', level: 'odd' }"),
      'operations/outer.ts': tidy('a', '').replaceAll('tidy', 'outer').replaceAll('o_tidy', 'o_outer').replaceAll('f_t', 'f_o'),
    });
    await yard.tidy('', row.id);
    const { counts } = await yard.revert(change);
    assert.deepEqual([counts.putBack, counts.conflicts], [1, 0]);
    const now = await yard.get('account', row.id);
    assert.deepEqual([now?.['note'], now?.['level']], ['before', 'high']);
  });

  test('a field that the generation before does not have keeps its value unseen, and the others go back', async () => {
    const row = await yard.create('account', { name: 'shaped b', note: 'before' });
    const edits = accountWith([
      "size: integer({ id: 'f_asize', no: 5, min: 0 }),",
      "size: integer({ id: 'f_asize', no: 5, min: 0 }),\n    extra: text({ id: 'f_aextra', no: 6 }),",
    ]);
    const change = await yard.live({ ...edits, ...setting('b', "{ note: 'wrong', extra: 'new' }") });
    await yard.tidy('', row.id);
    const { counts } = await yard.revert(change);
    assert.deepEqual([counts.putBack, counts.conflicts], [1, 0]);
    const now = await yard.get('account', row.id);
    assert.deepEqual([now?.['note'], now !== null && 'extra' in now], ['before', false]);
    await yard.live({ ...edits, ...setting('b again', "{ note: 'x' }") });
    assert.equal((await yard.get('account', row.id))?.['extra'], 'new');
    await yard.back();
  });

  test('a choice that came with the change gives way to what stood there', async () => {
    const row = await yard.create('account', { name: 'shaped c', level: 'high' });
    const edits = accountWith(["odd: 'c_aodd'", "odd: 'c_aodd', vast: 'c_avast'"]);
    const change = await yard.live({ ...edits, ...setting('c', "{ level: 'vast' }") });
    await yard.tidy('', row.id);
    assert.equal((await yard.revert(change)).counts.putBack, 1);
    assert.equal((await yard.get('account', row.id))?.['level'], 'high');
  });

  test('a row that was deleted while a field of it was gone has that field again', async () => {
    const row = await yard.create('account', { name: 'shaped d', note: 'kept', size: 7 });
    const change = await yard.live({
      ...accountWith(["\n    size: integer({ id: 'f_asize', no: 5, min: 0 }),", '']),
      'operations/tidy.ts': tidy('d', '\n    await data.account.delete(input.row);'),
    });
    await yard.tidy('', row.id);
    assert.equal((await yard.revert(change)).counts.madeAgain, 1);
    const now = await yard.get('account', row.id);
    assert.deepEqual([now?.['note'], now?.['size']], ['kept', 7]);
  });

  test('rows of an entity that came with the change stay where nothing shows them', async () => {
    const entity = yardFiles['entities/entry.ts']
      ?.replaceAll('e_ent', 'e_new')
      .replaceAll("'entry'", "'fresh'")
      .replaceAll("'entries'", "'freshes'");
    const change = await yard.live({
      'entities/fresh.ts': (entity ?? '').replaceAll('f_e', 'f_n').replaceAll('f_l', 'f_m').replaceAll('e_line', 'e_mine'),
      'operations/tidy.ts': tidy(
        'e',
        "\n    const made = await data.account.create({ name: 'e made' });\n    await data.fresh.create({ account: made.id });",
      ).replace('entry: [', "fresh: ['create'], entry: ["),
    });
    await yard.tidy('');
    const told = await yard.revert(change);
    assert.deepEqual([told.counts.deleted, told.counts.asBefore, told.counts.conflicts], [1, 1, 0]);
  });

  test('what a later generation promises is kept: a value that it does not allow any more is a conflict with the reason', async () => {
    const row = await yard.create('account', { name: 'shaped f' });
    const change = await yard.live(setting('f', "{ note: 'wrong' }"));
    await yard.tidy('', row.id);
    await yard.back();
    await yard.live(accountWith(["note: text({ id: 'f_anote', no: 2 })", "note: text({ id: 'f_anote', no: 2, required: true })"]));
    const told = await yard.revert(change);
    assert.deepEqual(
      told.conflicts.map(({ code, why, fields }) => [code, why, fields]),
      [['invalid', 'note is required.', [{ field: 'f_anote', before: null, now: 'wrong' }]]],
    );
    assert.equal((await yard.get('account', row.id))?.['note'], 'wrong');
    await yard.back();
  });

  test('what the version of a change wrote in a later generation goes back with it, and what the later change wrote by itself does where it goes too', async () => {
    const [mine, theirs] = [
      await yard.create('account', { name: 'g1', note: 'before' }),
      await yard.create('account', { name: 'g2', note: 'before' }),
    ];
    const first = await yard.live(setting('g', "{ note: 'wrong' }"));
    const second = await yard.live({
      'operations/outer.ts': tidy('g', "\n    await data.account.update(input.row, { note: 'later' });")
        .replaceAll('tidy', 'outer')
        .replaceAll('o_tidy', 'o_outer')
        .replaceAll('f_t', 'f_o'),
    });
    const both = await yard.create('account', { name: 'g3', note: 'before' });
    for (const { id } of [mine, both]) await yard.tidy('', id);
    for (const { id } of [theirs, both]) await yard.tidy('', id, null, 'outer');
    const told = await yard.revert(second);
    assert.deepEqual([told.counts.rows, (await yard.get('account', theirs.id))?.['note']], [2, 'before']);
    assert.equal((await yard.get('account', both.id))?.['note'], 'wrong');
    assert.equal((await yard.get('account', mine.id))?.['note'], 'wrong');
    assert.equal((await yard.revert(first)).counts.putBack, 2);
    assert.deepEqual(
      [(await yard.get('account', mine.id))?.['note'], (await yard.get('account', both.id))?.['note']],
      ['before', 'before'],
    );
  });

  test('a state goes back against its workflow, with the derived value that was kept there, and its clock begins anew', async () => {
    const row = await yard.create('task', { hours: 3 });
    const change = await yard.live(
      worker('h', "\n    await data.task.update(input.row, { hours: 5 });\n    await data.task.update(input.row, { state: 'done' });"),
    );
    await yard.tidy('', row.id);
    assert.deepEqual([(await yard.get('task', row.id))?.['state'], (await yard.get('task', row.id))?.['price']], ['done', 50]);
    const { counts } = await yard.revert(change);
    assert.deepEqual([counts.putBack, counts.conflicts], [1, 0]);
    const now = await yard.get('task', row.id);
    assert.deepEqual([now?.['state'], now?.['hours'], now?.['price']], ['open', 3, 30]);
    await yard.machine.settleUnasked();
    clock.ahead += 61 * 60_000;
    await yard.machine.settleUnasked();
    assert.equal((await yard.get('task', row.id))?.['state'], 'late');
  });

  test('a kept derived value comes back though its formula would say something else now', async () => {
    const row = await yard.create('task', { hours: 3 });
    await yard.update('task', row.id, { state: 'done' });
    const dearer = { 'entities/task.ts': task.replace('task.hours * 10', 'task.hours * 20') };
    const change = await yard.live(worker('i', '\n    await data.task.delete(input.row);'));
    await yard.tidy('', row.id);
    await yard.back();
    await yard.live(dearer);
    assert.equal((await yard.revert(change)).counts.madeAgain, 1);
    assert.deepEqual([(await yard.get('task', row.id))?.['state'], (await yard.get('task', row.id))?.['price']], ['done', 30]);
    await yard.back();
  });

  test('what the clock moved by the changed transition goes back, and what people moved stays', async () => {
    const [slow, quick] = [await yard.create('task', { hours: 1 }), await yard.create('task', { hours: 2 })];
    await yard.machine.settleUnasked();
    const change = await yard.live({ 'workflows/task.ts': flow(1) });
    await yard.update('task', quick.id, { state: 'done' });
    await yard.machine.settleUnasked();
    clock.ahead += 2 * 60_000;
    await yard.machine.settleUnasked();
    assert.equal((await yard.get('task', slow.id))?.['state'], 'late');
    const { counts } = await yard.revert(change);
    assert.deepEqual([counts.rows, counts.putBack], [1, 1]);
    assert.deepEqual([(await yard.get('task', slow.id))?.['state'], (await yard.get('task', quick.id))?.['state']], ['open', 'done']);
  });

  test('what somebody signs in with stays what they made it, and the rest of their row goes back', async () => {
    const [mail, first, second] = ['ada@example.org', 'engine-1842', 'engine-1843'];
    await yard.operate('signUp', { email: mail, password: first, nick: 'before' });
    const body = `
    const row = (await data.person.list({ filters: [{ field: 'email', op: 'eq', value: input.email }] })).items[0];
    await data.person.update(row.id, { nick: 'wrong', password: input.password });`;
    const change = await yard.live({ 'operations/alter-person.ts': alter(body) });
    await yard.operate('alterPerson', { email: mail, password: second });
    const { counts, conflicts } = await yard.revert(change);
    assert.deepEqual([counts.putBack, conflicts], [1, []]);
    await yard.operate('signIn', { email: mail, password: second });
    await assert.rejects(yard.operate('signIn', { email: mail, password: first }), /unauthenticated/);
    const [now] = await yard.query<{ nick: string }>("select after ->> 'f_pnick' as nick from theseus.journal order by id desc limit 1");
    assert.equal(now?.nick, 'before');
  });

  test('another strategy is a change like any other: what was written by it goes back, and nothing else', async () => {
    const rows = [
      await yard.create('account', { name: 's1', note: 'before' }),
      await yard.create('account', { name: 's2', note: 'before' }),
    ];
    const ways = tidy('s', '\n    await data.account.update(input.row, { note: strategy.way });')
      .replace('run({ data, input })', 'run({ data, input, strategy })')
      .replace('  capabilities:', "  strategies: { way: { calm: 'It is calm.', rash: 'It is rash.' } },\n  capabilities:");
    await yard.live({ 'operations/tidy.ts': ways });
    await yard.tidy('', rows[0]?.id);
    const settings = JSON.parse(yardFiles['theseus.json'] ?? '') as object;
    const change = await yard.live({ 'theseus.json': JSON.stringify({ ...settings, strategies: { 'operation/tidy#way': 'rash' } }) });
    await yard.tidy('', rows[1]?.id);
    assert.equal((await yard.get('account', rows[1]?.id ?? ''))?.['note'], 'rash');
    const { counts } = await yard.revert(change);
    assert.deepEqual([counts.rows, counts.putBack], [1, 1]);
    assert.deepEqual(await Promise.all(rows.map(async ({ id }) => (await yard.get('account', id))?.['note'])), ['calm', 'before']);
  });
}
