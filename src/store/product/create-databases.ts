/**
 * The four logins and the two databases, from the first start. Why: what a process may not do, its login cannot do.
 * Run with a superuser or a role that may create roles; running it again is harmless. Passwords are set anew each time.
 */
import pg from 'pg';
import { Fault } from '#kernel';

export interface LoginPasswords {
  readonly owner: string;
  readonly kernel: string;
  readonly data: string;
  readonly workshop: string;
}
export const systemDatabase = 'theseus';
export const trialDatabase = 'theseus_trial';

/** The statements, for an outside database whose administrator runs them by hand (`init --sql`). */
export function rolesScript(passwords: LoginPasswords): readonly string[] {
  return [...logins(passwords), ...viewOwner];
}
/** Owns the views and no table, logs in nowhere: so row security holds through them, and migrations need no hole in it. */
const viewOwner: readonly string[] = [
  'do $$ begin create role theseus_view nologin; exception when duplicate_object then null; end $$',
  'alter role theseus_view nologin nosuperuser nobypassrls nocreatedb nocreaterole',
  'grant theseus_view to theseus_owner',
];
function logins(passwords: LoginPasswords): readonly string[] {
  return (['owner', 'kernel', 'data', 'workshop'] as const).flatMap((role) => [
    `do $$ begin create role theseus_${role} login; exception when duplicate_object then null; end $$`,
    `alter role theseus_${role} login nosuperuser nocreatedb nocreaterole noinherit password ${pg.escapeLiteral(passwords[role])}`,
  ]);
}

/** On a server that is ours alone nobody has business in the databases that every server has. */
export async function closeOtherDatabases(adminUrl: string): Promise<void> {
  const admin = new pg.Client({ connectionString: adminUrl });
  await admin.connect();
  try {
    for (const database of ['postgres', 'template1']) await admin.query(`revoke connect, temporary on database ${database} from public`);
  } finally {
    await admin.end();
  }
}

export async function createDatabases(adminUrl: string, passwords: LoginPasswords): Promise<void> {
  const admin = new pg.Client({ connectionString: adminUrl });
  await admin.connect();
  try {
    for (const statement of rolesScript(passwords)) await admin.query(statement);
    for (const [database, owner] of [
      [systemDatabase, 'theseus_owner'],
      [trialDatabase, 'theseus_workshop'],
    ] as const) {
      const found = await admin.query('select 1 from pg_database where datname = $1', [database]);
      if (found.rowCount === 0) {
        await admin.query(`grant ${owner} to current_user`);
        await admin.query(`create database ${database} owner ${owner}`);
        await admin.query(`revoke connect, temporary on database ${database} from public`);
      }
    }
    for (const database of [systemDatabase, trialDatabase]) await searchByIndex(adminUrl, database);
    await admin.query(`grant connect on database ${systemDatabase} to theseus_owner, theseus_kernel, theseus_data, theseus_workshop`);
    await admin.query(`grant create on database ${systemDatabase} to theseus_owner`);
    await admin.query(`grant connect, create, temporary on database ${trialDatabase} to theseus_workshop`);
  } catch (cause) {
    throw new Fault(
      'setup',
      'The database roles could not be made. For a database whose administrator forbids it: theseus init --sql prints the script to run, then give the four URLs.',
      cause,
    );
  } finally {
    await admin.end();
  }
}

/**
 * Under row security an index serves only conditions that are known to tell nothing of a row but whether it meets them. The one policy that we
 * have looks at who calls and at no row, so that the search for parts of words may be among them. Where the login is no superuser it is not, and
 * searches read all rows.
 */
async function searchByIndex(adminUrl: string, database: string): Promise<void> {
  const url = new URL(adminUrl);
  url.pathname = `/${database}`;
  const client = new pg.Client({ connectionString: url.href });
  await client.connect();
  try {
    await client.query(`do $$ begin
        alter function pg_catalog.textlike(text, text) leakproof;
        alter function pg_catalog.lower(text) leakproof;
      exception when insufficient_privilege then null; end $$`);
  } finally {
    await client.end();
  }
}
