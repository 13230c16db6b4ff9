import assert from 'node:assert/strict';
import { after, before, describe, it } from 'node:test';
import { isRefusal, type Refusal } from '#kernel';
import type { Hosts } from '#hosts';
import { entityNamed, operationNamed } from '#model';
import type { PlainRow, PlainValues } from '#store';
import { caller, head, openSpecimenHosts, operationSource, type Specimen, specimenCalls } from './broker/specimen-calls.ts';

const employee = `${head('Somebody who works here.')}import { entity, integer, list, money, text } from 'theseus/sdk';

export default entity({
  id: 'e_empl',
  name: 'employee',
  plural: 'employees',
  title: 'name',
  fields: {
    name: text({ id: 'f_name', no: 1, required: true }),
    salary: money({ id: 'f_sala', no: 2, sensitive: true }),
    badge: text({ id: 'f_badg', no: 3, sensitive: true, unique: true }),
    yearly: money({ id: 'f_year', no: 4, live: (employee) => employee.salary }),
    desk: integer({ id: 'f_desk', no: 5 }),
    trips: list({
      id: 'f_trip',
      no: 6,
      item: 'trip',
      itemId: 'e_trip',
      fields: { city: text({ id: 'f_city', no: 1, required: true }), cost: integer({ id: 'f_cost', no: 2, sensitive: true }) },
    }),
  },
  invariants: { desks: { holds: (employee) => (employee.desk ?? 0) < 100, message: 'there are a hundred desks' } },
});
`;
const body = (name: string, members: string, text: string, takes?: string): { readonly [path: string]: string } => ({
  [`operations/${name.replaceAll(/[A-Z]/g, (letter) => `-${letter.toLowerCase()}`)}.ts`]: operationSource(name, members, text, takes),
});
const input = `input: { which: text({ id: 'f_@', no: 1 }), what: text({ id: 'f_@', no: 2 }), many: integer({ id: 'f_@', no: 3 }) },`;
const said = `output: { fields: { said: text({ id: 'f_@', no: 1 }) } },`;
const everyone = `
    const found = await data.employee.all({ filters: [{ field: 'name', op: 'eq', value: 'Crowd' }], sort: '-desk', ...(input.what === 'page' ? { limit: 1 } : {}) });
    return { said: JSON.stringify([found.length, found[0]?.desk, found[0]?.salary]) };`;
const files = {
  'entities/employee.ts': employee,
  ...body(
    'peek',
    `${input} ${said} capabilities: { employee: ['read', 'create', 'update'] },`,
    `
    const { which: id, what } = input;
    if (what === 'get') return { said: JSON.stringify(await data.employee.get(id)) };
    if (what === 'list') return { said: JSON.stringify((await data.employee.list()).items) };
    if (what === 'update') return { said: JSON.stringify(await data.employee.update(id, { desk: 7 })) };
    if (what === 'create') return { said: JSON.stringify(await data.employee.create({ name: 'New' })) };
    if (what === 'search') return { said: String((await data.employee.list({ q: 'B-17' })).items.length) };
    if (what === 'sort') await data.employee.list({ sort: '-salary' });
    if (what === 'sort computed') await data.employee.list({ sort: 'yearly' });
    if (what === 'filter') await data.employee.list({ filters: [{ field: 'salary', op: 'gt', value: 100 }] });
    if (what === 'write') await data.employee.update(id, { salary: 1 });
    if (what === 'write in a list') await data.employee.update(id, { trips: [{ city: 'Rome', cost: 1 }] });
    if (what === 'unique') await data.employee.create({ name: 'Try', badge: 'B-17' });
    if (what === 'delete') await data.employee.delete(id);
    if (what === 'no shape') await data.employee.list({ filters: 'all', limit: 'many' });
    if (what === 'odd order') await data.employee.list({ sort: 7 });
    return { said: 'done' };`,
  ),
  ...body(
    'promote',
    `on: 'employee', ${said} capabilities: { employee: ['update'] },`,
    `
    await data.employee.update(row.id, { desk: 1 });
    return { said: JSON.stringify(row) };`,
  ),
  ...body(
    'payroll',
    `${input} output: { row: 'employee' }, capabilities: { employee: { access: ['read', 'update'], sensitive: ['salary', 'trips.cost'] } },`,
    `
    const found = (await data.employee.list({ sort: '-salary', limit: 1 })).items[0];
    if (found.badge !== undefined || found.yearly === undefined || found.trips[0].cost === undefined) refuse('conflict', JSON.stringify(found));
    return data.employee.update(found.id, { salary: found.salary + 1 });`,
  ),
  ...body(
    'moveDesk',
    `on: 'employee', input: { to: integer({ id: 'f_@', no: 1, required: true, min: 1 }) }, output: { row: 'employee' }, capabilities: { employee: ['update'] },`,
    `
    const moved = await data.employee.update(row.id, { desk: input.to });
    if (input.to === 13) refuse('conflict', 'nobody sits there');
    return moved;`,
  ),
  ...body(
    'tidy',
    `${input} output: { row: 'employee' }, capabilities: { employee: ['create'] }, calls: ['moveDesk', 'again'],`,
    `
    const made = await data.employee.create({ name: 'Tidy' });
    if (input.what === 'loop') await call('again', {});
    if (input.what === 'wrong') await call('moveDesk', { on: made.id, with: { to: 'far' } });
    if (input.what === 'catch') { try { await call('moveDesk', { on: made.id, with: { to: 13 } }); } catch {} return made; }
    const moved = await call('moveDesk', { on: made.id, with: { to: input.many } });
    return moved;`,
    'data, input, call',
  ),
  ...body(
    'again',
    `output: { row: 'employee' }, calls: ['tidy'],`,
    `
    return call('tidy', { with: { what: 'loop' } });`,
    'call',
  ),
  ...body(
    'greedy',
    `${input} ${said} calls: ['peek'], caps: { capabilityCalls: 4 },`,
    `
    for (let i = 0; i < input.many; i += 1) await call('peek', { with: { what: 'list' } });
    return { said: 'done' };`,
    'input, call',
  ),
  ...body('everyone', `${input} ${said} capabilities: { employee: ['read'] },`, everyone),
  ...body('few', `${input} ${said} capabilities: { employee: ['read'] }, caps: { rows: 400 },`, everyone),
  ...body(
    'slander',
    said,
    `
    refuse('component-failed', 'it was somebody else', { component: 'operation/peek', deed: 'died' });`,
  ),
  ...body('boss', `${said} roles: ['owner'],`, `return { said: 'yes' };`),
  ...body('asks', `${said} calls: ['boss'],`, `return call('boss');`, 'call'),
  ...body('card', `output: { body: json({ id: 'f_@', no: 1, required: true }) },`, `return { said: [1, 'two'] };`),
  ...body('deal', `output: { body: json({ id: 'f_@', no: 1, required: true }) }, calls: ['card'],`, `return call('card');`, 'call'),
  ...body(
    'counted',
    `output: { body: json({ id: 'f_@', no: 1 }), link: text({ id: 'f_@', no: 2 }) },`,
    `return { body: [], link: 'next' };`,
  ),
  ...body('counts', `${said} calls: ['counted'],`, `return { said: JSON.stringify(await call('counted')) };`, 'call'),
};

describe('the broker', () => {
  let hosts: Hosts;
  let desk: Specimen;
  let ada: PlainRow;
  before(async () => {
    hosts = await openSpecimenHosts();
    desk = await specimenCalls(hosts, files);
    ada = (
      await desk.calls.create(
        desk.loaded,
        entity('employee'),
        { name: 'Ada', salary: 500_000, badge: 'B-17', desk: 3, trips: [{ city: 'Bern', cost: 12 }] },
        { caller: caller('owner') },
      )
    ).value as PlainRow;
  });
  after(() => hosts.close());

  const entity = (name: string) => entityNamed(desk.model, name) ?? assert.fail(`no ${name}`);
  async function call(name: string, values: PlainValues = {}, row: string | null = null, as = caller('owner')): Promise<unknown> {
    const operation = operationNamed(desk.model, name) ?? assert.fail(`no ${name}`);
    return (await desk.calls.operate(desk.loaded, operation, row, values, { caller: as })).value;
  }
  const peek = (what: string): Promise<unknown> => call('peek', { what, which: ada.id });
  const refusalOf = async (asked: Promise<unknown>): Promise<Refusal> => {
    const value = await asked;
    assert.ok(isRefusal(value), `expected a refusal, got ${JSON.stringify(value)}`);
    return value;
  };
  const textOf = async (asked: Promise<unknown>): Promise<string> => {
    const value = await asked;
    assert.ok(!isRefusal(value), JSON.stringify(value));
    return String((value as { readonly said: string }).said);
  };

  it('gives no component a sensitive value that its contract does not name, in any image', async () => {
    for (const what of ['get', 'list', 'update', 'create']) {
      const text = await textOf(peek(what));
      assert.doesNotMatch(text, /salary|badge|yearly|cost|500000|B-17/, what);
      assert.match(text, /"desk"/, what);
    }
    const text = await textOf(call('promote', {}, String(ada.id)));
    assert.match(text, /"name":"Ada"/);
    assert.doesNotMatch(text, /salary|badge|yearly|cost/);
    // the control: what is granted is there, what is computed from it alone as well, and nothing more
    const row = (await call('payroll')) as PlainRow;
    assert.equal(row['salary'], 500_001);
  });

  it('lets none of them search, sort or filter by one, nor write one, nor try out what must be unique', async () => {
    assert.equal(await textOf(peek('search')), '0');
    for (const [what, field] of [
      ['sort', 'salary'],
      ['sort computed', 'yearly'],
      ['filter', 'salary'],
      ['write', 'salary'],
      ['write in a list', 'trips.cost'],
      ['unique', 'badge'],
    ] as const) {
      const refusal = await refusalOf(peek(what));
      assert.equal(refusal.code, 'forbidden', what);
      assert.match(refusal.why, new RegExp(`${field} of employees: it is sensitive.* sensitive: \\['${field}'\\]`), what);
      assert.doesNotMatch(JSON.stringify(refusal), /500000|500001|B-17/, what);
    }
  });

  it('shows a caller of an operation no more than the caller may see itself', async () => {
    const row = (await call('payroll', {}, null, caller('clerk'))) as PlainRow;
    assert.equal(row['name'], 'Ada');
    assert.deepEqual(
      ['salary', 'badge', 'yearly'].filter((name) => name in row),
      [],
    );
    assert.equal((row['trips'] as readonly PlainRow[])[0]?.['cost'], undefined);
  });

  it('says what a contract would have to say, and counts what it denied', async () => {
    const before = desk.denials.of('operation/peek').count;
    const refusal = await refusalOf(peek('delete'));
    assert.match(refusal.why, /peek may not delete employees\. Its contract would have to say employee: \['delete'\]\./);
    const { count, last } = desk.denials.of('operation/peek');
    assert.equal(count, before + 1);
    assert.deepEqual({ asked: last.at(-1)?.asked, write: last.at(-1)?.write }, { asked: 'employee delete', write: "employee: ['delete']" });
  });

  it('gives all rows of a query at once, as many as one call may read', async () => {
    const owner = { caller: caller('owner') };
    for (let at = 1; at <= 501; at++)
      await desk.calls.create(desk.loaded, entity('employee'), { name: 'Crowd', salary: at, desk: (at % 99) + 1 }, owner);
    assert.equal(await textOf(call('everyone', { what: 'all' })), '[501,99,null]');
    assert.equal((await refusalOf(call('few', { what: 'all' }))).code, 'too-large');
    assert.equal((await refusalOf(call('everyone', { what: 'page' }))).code, 'malformed');
  });

  it('takes no question of a list that has not its shape', async () => {
    for (const what of ['no shape', 'odd order']) assert.equal((await refusalOf(peek(what))).code, 'malformed', what);
  });

  it('runs another operation in the same transaction, by its own contract', async () => {
    const moved = (await call('tidy', { what: 'move', many: 42 })) as PlainRow;
    assert.deepEqual({ name: moved['name'], desk: moved['desk'] }, { name: 'Tidy', desk: 42 });
  });

  it('keeps nothing of a call whose inner operation refused, whatever the outer one makes of it', async () => {
    const count = async (): Promise<number> => JSON.parse(await textOf(peek('list'))).length;
    const before = await count();
    for (const what of ['catch', 'thirteen']) {
      const refusal = await refusalOf(call('tidy', { what, many: 13 }));
      assert.deepEqual([refusal.code, refusal.why], ['conflict', 'nobody sits there']);
    }
    assert.equal(await count(), before);
  });

  it('answers inside what `run` answers: of a body that is the whole answer that body, with headers beside it all of them', async () => {
    assert.deepEqual(await call('deal'), { body: { said: [1, 'two'] } });
    assert.equal(await textOf(call('counts')), '{"body":[],"link":"next"}');
  });

  it('refuses circles, values of the wrong kind, what is not declared and what the caller may not call', async () => {
    assert.match((await refusalOf(call('tidy', { what: 'loop', many: 1 }))).why, /tidy is running already in this call/);
    assert.equal((await refusalOf(call('tidy', { what: 'wrong', many: 1 }))).code, 'invalid');
    assert.equal(await textOf(call('asks')), 'yes');
    assert.match((await refusalOf(call('asks', {}, null, caller('clerk')))).why, /Only owner may call boss/);
  });

  it('counts what is asked inside against the caps outside', async () => {
    assert.equal(await textOf(call('greedy', { many: 2 })), 'done');
    const refusal = await refusalOf(call('greedy', { many: 3 }));
    assert.equal(refusal.code, 'too-large');
    assert.match(refusal.why, /greedy asked more than 4 times|greedy and what it calls asked more than 4 times/);
  });

  it('believes no component that says another one failed', async () => {
    const refusal = await refusalOf(call('slander'));
    assert.deepEqual(refusal.evidence, { component: 'operation/slander', deed: 'contract' });
  });
});
