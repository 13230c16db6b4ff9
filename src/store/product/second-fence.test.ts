/*
 * The database as second fence: each login tries what its process must never do, with its own password. Each attempt is also made by a
 * superuser, and succeeds there: so it is the right that is missing, and not the statement that is wrong.
 */
import assert from 'node:assert/strict';
import { after, before, describe, test } from 'node:test';
import pg from 'pg';
import { contracts, ids, settings, shopModel } from '../conformance/shop-model.ts';
import { linkModel } from '#model';
import { applySchema } from '../migrate/apply-schema.ts';
import { prepareModel } from '../prepare/prepare-model.ts';
import { startThrowAwayServer } from '../server/throw-away-server.ts';
import type { RunningServer } from '../server/start-server.ts';
import { systemDatabase, trialDatabase } from './create-databases.ts';

type Role = 'owner' | 'kernel' | 'data' | 'workshop';
type Login = Role | 'superuser';
const everyone: readonly Role[] = ['owner', 'kernel', 'data', 'workshop'];
const processes: readonly Role[] = ['kernel', 'data', 'workshop'];

const [customer, order] = [prepareModel(shopModel).row(ids.customer), prepareModel(shopModel).row(ids.order)];
const rights = ['42501', '28000', '28P01', '0LP01'];

/** What nobody may, then what each may not, by what it would be good for. */
const attempts: readonly { readonly what: string; readonly roles: readonly Role[]; readonly sql: readonly string[] }[] = [
  {
    what: 'reads or writes files of the machine, or runs a program',
    roles: everyone,
    sql: [
      "copy theseus.audit (action) from '/dev/null'",
      "copy (select 1) to '/dev/null'",
      "copy (select 1) to program 'cat > /dev/null'",
      "select pg_read_file('postgresql.conf')",
      "select pg_read_binary_file('postgresql.conf')",
      "select pg_ls_dir('.')",
      "select pg_stat_file('postgresql.conf')",
      "select lo_import('/etc/hostname')",
    ],
  },
  {
    what: 'becomes somebody else',
    roles: everyone,
    sql: [
      'set session authorization theseus_superuser_of_tests',
      'set local role theseus_superuser_of_tests',
      'create role intruder superuser',
      'create role intruder login',
      'alter role current_user superuser',
      'alter role theseus_data bypassrls',
      'alter role theseus_view login',
      'grant pg_read_server_files to current_user',
      'grant theseus_superuser_of_tests to current_user',
      'grant theseus_kernel to theseus_data',
      'select pg_reload_conf()',
    ],
  },
  {
    what: 'becomes one of the other logins',
    roles: processes,
    sql: ['set local role theseus_owner', 'set local role theseus_view', 'set session authorization theseus_owner'],
  },
  {
    what: 'reaches other databases from inside',
    roles: everyone,
    sql: ['create foreign data wrapper away'],
  },
  {
    what: 'makes or alters anything of the schema',
    roles: processes,
    sql: [
      'create table theseus.mine (x integer)',
      'create table e.mine (x integer)',
      'create table v.mine (x integer)',
      'create table now.mine (x integer)',
      'create table public.mine (x integer)',
      'create temporary table mine (x integer)',
      'create schema mine',
      "create function public.mine() returns integer language sql as 'select 1'",
      "create function v.mine() returns integer language sql as 'select 1'",
      "create function pg_temp.mine() returns integer language sql as 'select 1'",
      "do language plpgsql 'begin execute ''create table public.mine (x integer)''; end'",
      `create view v.mine as select * from ${customer.view}`,
      `create or replace view ${customer.view} as ${customer.viewText}`,
      `alter view ${customer.view} owner to current_user`,
      `alter table ${customer.table} disable row level security`,
      `create policy open on ${customer.table} using (true)`,
      `drop policy called on ${customer.table}`,
      'drop table theseus.audit',
      'truncate theseus.journal',
      'create trigger mine before insert on theseus.events for each row execute function suppress_redundant_updates_trigger()',
      "comment on table theseus.events is 'mine'",
    ],
  },
  {
    what: 'goes around the views to the tables of rows',
    roles: processes,
    sql: [
      `select * from ${customer.table}`,
      `delete from ${order.table}`,
      `copy ${customer.table} to stdout`,
      `lock table ${customer.table}`,
    ],
  },
  {
    what: 'alters what was recorded',
    roles: processes,
    sql: [
      "update theseus.events set event = '{}'",
      'delete from theseus.events',
      "update theseus.journal set caller = 'somebody else'",
      'delete from theseus.journal',
      "update theseus.outbox set type = 'other'",
      "update theseus.audit set caller = 'somebody else'",
      'delete from theseus.audit',
      "update theseus.sources set text = 'other'",
      "update theseus.components set code = 'other'",
      "update theseus.generations set content = '{}'",
      "update theseus.certificates set envelope = '{}'",
      "update theseus.candidates set files = '{}'",
      "update theseus.changes set text = 'other'",
      "update theseus.change_events set event = '{}'",
      "update theseus.idempotency set answer = '{}'",
      "update theseus.public_keys set key = 'mine'",
    ],
  },
  {
    what: 'activates something, or says who may call',
    roles: ['data', 'workshop'],
    sql: [
      "update theseus.routing set stable = 'sha256:other'",
      "insert into theseus.live (activation, generation, state) values (99, 'x', 'serving')",
      "update theseus.live set state = 'closed'",
      "insert into theseus.events (seq, event, previous, digest, signature) values (1, '{}', '', 'x', '')",
      "insert into theseus.generations (id, content) values ('x', '{}')",
      "insert into theseus.public_keys (name, key) values ('kernel of mine', 'mine')",
      "insert into theseus.callers (id, name, roles) values ('mine', 'mine', '[\"owner\"]')",
      'lock table theseus.fence_0 in access exclusive mode',
    ],
  },
  {
    what: 'reads who is signed in, keys, or what was done',
    roles: ['data', 'workshop'],
    sql: ['sessions', 'keys', 'links', 'callers', 'audit', 'journal', 'outbox'].map((table) => `select * from theseus.${table}`),
  },
  {
    what: 'has something run unasked, or says that it ran',
    roles: ['data', 'workshop'],
    sql: [
      "update theseus.deliveries set state = 'done'",
      "insert into theseus.deliveries (key, contract, component, call, given, trail, state, due_at, made_at) values ('k', 'n_x', 'reaction/x', 'c', '{}', '[]', 'waiting', now(), now())",
      'select * from theseus.deliveries',
      'update theseus.unasked set seq = 0',
      'delete from theseus.hours',
      'update theseus.instants set after = now()',
    ],
  },
  {
    what: 'reads answers that were kept, or writes rows',
    roles: ['workshop'],
    sql: [
      'select * from theseus.idempotency',
      'select * from theseus.approvals_of_rows',
      `insert into ${customer.view} (id, version) values (gen_random_uuid(), 1)`,
      `update ${customer.view} set version = 7`,
      `delete from ${customer.view}`,
    ],
  },
  {
    what: 'reads a sensitive value',
    roles: ['workshop'],
    sql: [
      `select note from ${customer.view}`,
      `select * from ${customer.view}`,
      `select row_to_json(o) from ${customer.view} o`,
      `select count(*) from ${customer.view} where note like '%a%'`,
      `select id from ${customer.view} order by note`,
      `copy (select note from ${customer.view}) to stdout`,
      `select max(note) from ${customer.view}`,
    ],
  },
  { what: 'reads rows', roles: ['kernel'], sql: [`select * from ${customer.view}`, `update ${customer.view} set version = 7`] },
];

describe('the logins of the database', () => {
  let server: RunningServer;
  const clients = new Map<Login, pg.Client>();
  const open = async (login: Login, database = systemDatabase): Promise<pg.Client> => {
    const client = new pg.Client({ connectionString: server.url(login, database) });
    client.on('error', () => undefined);
    await client.connect();
    return client;
  };
  const as = (login: Login): pg.Client => clients.get(login) ?? assert.fail(login);
  /** Undone in any case; answers the code of what went wrong. */
  async function attempt(login: Login, sql: string): Promise<string> {
    const client = as(login);
    await client.query('begin');
    try {
      await client.query("select set_config('theseus.caller', 'forged', true)");
      await client.query(sql);
      return 'done';
    } catch (error) {
      return typeof error === 'object' && error !== null && 'code' in error ? String(error.code) : 'failed';
    } finally {
      await client.query('rollback');
    }
  }

  before(async () => {
    server = await startThrowAwayServer();
    await applySchema(server.url('owner', systemDatabase), shopModel);
    for (const login of ['superuser', ...everyone] as const) clients.set(login, await open(login));
    await as('superuser').query('create role theseus_superuser_of_tests superuser');
    await as('superuser').query("insert into theseus.live (activation, generation, state) values (1, 'shop', 'serving')");
    await as('data').query("set theseus.caller = 'data'");
    await as('data').query(`insert into ${customer.view} (id, version, name, note) values (gen_random_uuid(), 1, 'Ada', 'a secret')`);
  });
  after(async () => {
    for (const client of clients.values()) await client.end();
    await server.stop();
  });

  for (const { what, roles, sql } of attempts) {
    test(`none of ${roles.join(', ')} ${what}`, async () => {
      for (const text of sql) {
        const control = await attempt('superuser', text.replaceAll(' to stdout', " to '/dev/null'"));
        assert.equal(control, 'done', `the control of: ${text}`);
        for (const role of roles) assert.ok(rights.includes(await attempt(role, text)), `${role} was not stopped at: ${text}`);
      }
    });
  }

  test('each may do its own work', async () => {
    const work: { readonly [Name in Role]: readonly string[] } = {
      owner: ['create table theseus.more (x integer)', `alter table ${customer.table} add column more integer`, 'create schema more'],
      kernel: [
        "insert into theseus.events (seq, event, previous, digest, signature) values (1, '{}', '', 'x', '')",
        "update theseus.routing set stable = 'x'",
        'select * from theseus.sessions, theseus.journal, theseus.candidates',
        "insert into theseus.audit (caller, action) values ('a', 'b')",
      ],
      data: [
        `insert into ${customer.view} (id, version, name) values (gen_random_uuid(), 1, 'Bo')`,
        `update ${customer.view} set note = 'other'`,
        "insert into theseus.outbox (id, type, source, time, data, call, generation) values ('a', 'b', 'c', now(), '{}', 'd', 'e')",
        'lock table theseus.fence_0 in access share mode',
        'lock table theseus.queue_0 in exclusive mode',
      ],
      workshop: [
        `select name from ${customer.view}`,
        "insert into theseus.certificates (digest, generation, change, envelope) values ('a', 'b', 'c', '{}')",
        'select * from theseus.sources, theseus.events',
      ],
    };
    for (const role of everyone) for (const text of work[role]) assert.equal(await attempt(role, text), 'done', `${role}: ${text}`);
  });

  test('a login reaches the databases of its work and no other', async () => {
    const databases = [systemDatabase, trialDatabase, 'postgres', 'template1'];
    const reached: { [role: string]: string[] } = {};
    for (const role of everyone) {
      reached[role] = [];
      for (const database of databases) {
        const client = await open(role, database).catch(() => undefined);
        if (client === undefined) continue;
        reached[role].push(database);
        await client.end();
      }
    }
    assert.deepEqual(reached, {
      owner: [systemDatabase],
      kernel: [systemDatabase],
      data: [systemDatabase],
      workshop: [systemDatabase, trialDatabase],
    });
  });

  test('the role that owns the views logs in nowhere, and the password of one login opens no other', async () => {
    const url = new URL(server.url('data', systemDatabase));
    for (const user of ['theseus_view', 'theseus_kernel', 'theseus_owner']) {
      url.username = user;
      const client = new pg.Client({ connectionString: url.toString() });
      await assert.rejects(client.connect(), user);
    }
    const flags = await as('superuser').query(
      "select rolname from pg_roles where rolname like 'theseus\\_%' and rolname <> 'theseus_superuser_of_tests' and (rolsuper or rolbypassrls or rolcreaterole or rolcreatedb or rolreplication)",
    );
    assert.deepEqual(flags.rows, []);
  });

  test('the trial database leads nowhere: its owner has there no language, wrapper or extension that reaches out', async () => {
    const trial = await open('workshop', trialDatabase);
    try {
      await trial.query('create table own (x integer)');
      for (const text of [
        'create extension dblink',
        'create extension postgres_fdw',
        'create extension file_fdw',
        'create extension adminpack',
        "create function out() returns integer language c as 'libc', 'getpid'",
        'create foreign data wrapper away',
        'create trusted language plpython3u',
        "copy own from '/etc/hostname'",
        "copy own to program 'true'",
        `select * from ${systemDatabase}.theseus.sessions`,
      ])
        await assert.rejects(trial.query(text), text);
    } finally {
      await trial.end();
    }
  });

  test('row security holds through the views: nobody is shown a row without saying for whom, and it cannot be switched off', async () => {
    const data = await open('data');
    try {
      const count = async (): Promise<number> => (await data.query(`select id from ${customer.view}`)).rowCount ?? 0;
      assert.equal(await count(), 0);
      await data.query("set theseus.caller = ''");
      assert.equal(await count(), 0);
      await assert.rejects(
        data.query(`insert into ${customer.view} (id, version, name) values (gen_random_uuid(), 1, 'Cy')`),
        /row-level security/,
      );
      await data.query('set row_security = off');
      await assert.rejects(data.query(`select id from ${customer.view}`), /row-level security/);
      await data.query("reset row_security; set theseus.caller = 'anybody'");
      assert.equal(await count(), 1);
    } finally {
      await data.end();
    }
    const unguarded = await as('superuser').query(
      "select c.relname from pg_class c join pg_namespace n on n.oid = c.relnamespace where n.nspname = 'e' and c.relkind = 'r' and not (c.relrowsecurity and exists (select from pg_policy p where p.polrelid = c.oid))",
    );
    assert.deepEqual(unguarded.rows, []);
    const owned = await as('superuser').query(
      "select c.relname from pg_class c join pg_namespace n on n.oid = c.relnamespace join pg_roles r on r.oid = c.relowner where n.nspname = 'v' and r.rolname <> 'theseus_view'",
    );
    assert.deepEqual(owned.rows, []);
  });

  test('statistics and the queries of others tell no value', async () => {
    await as('superuser').query('analyze');
    for (const role of processes) {
      const statistics = await as(role).query(
        "select * from pg_stats where schemaname in ('e', 'theseus') and most_common_vals::text like '%secret%'",
      );
      assert.equal(statistics.rowCount, 0, role);
    }
    await as('data').query(`select 'a secret' from ${customer.view}`);
    for (const role of ['owner', 'kernel', 'workshop'] as const) {
      const others = await as(role).query("select query from pg_stat_activity where usename = 'theseus_data' and query like '%secret%'");
      assert.equal(others.rowCount, 0, role);
    }
  });

  test('a field that becomes sensitive is taken from the workshop, though the view is as before; what is computed from it as well', async () => {
    assert.equal(await attempt('workshop', `select name from ${customer.view}`), 'done');
    const secret = contracts.map((contract) =>
      contract.kind === 'entity' && contract.id === ids.customer
        ? { ...contract, fields: contract.fields.map((field) => (field.name === 'name' ? { ...field, sensitive: true } : field)) }
        : contract,
    );
    await applySchema(server.url('owner', systemDatabase), linkModel(settings, secret));
    assert.equal(await attempt('workshop', `select name from ${customer.view}`), '42501');
    assert.equal(await attempt('workshop', `select id from ${customer.view}`), 'done');
    assert.equal(await attempt('data', `select name from ${customer.view}`), 'done');
  });
});
