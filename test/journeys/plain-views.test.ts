import assert from 'node:assert/strict';
import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { after, before, test } from 'node:test';
import pg from 'pg';
import { startThrowAwaySystem, type ThrowAwaySystem } from '../../scripts/throw-away-system.ts';

let system: ThrowAwaySystem;
let people: pg.Client;
before(async () => {
  system = await startThrowAwaySystem({ samples: false });
  const { owner } = JSON.parse(readFileSync(join(system.data, 'passwords.json'), 'utf8')) as { owner: string };
  people = new pg.Client({
    connectionString: `postgresql://theseus_owner:${owner}@localhost/theseus?host=${encodeURIComponent(join(system.data, 'socket'))}`,
  });
  await people.connect();
});
after(async () => {
  await people.end();
  await system.stop();
});

/** The columns of a plain view, when they are as they should be; the test's own time limit ends the waiting. */
async function columns(view: string, fits: (names: readonly string[]) => boolean): Promise<readonly string[]> {
  for (;;) {
    const { rows } = await people.query<{ name: string }>(
      "select column_name as name from information_schema.columns where table_schema = 'now' and table_name = $1",
      [view],
    );
    const names = rows.map(({ name }) => name);
    if (fits(names)) return names;
  }
}

test(
  'people who look with SQL find the rows of the serving generation under plain names, after a change and after it was taken back',
  { timeout: 60_000 },
  async () => {
    await system.call('POST', '/api/customers', { name: 'Ada', tier: 'gold', creditLimit: { amount: '12.50', currency: 'EUR' } });
    await columns('customers', (names) => names.includes('tier'));
    const { rows } = await people.query<{ name: string; tier: string }>(`select name, tier from now.customers`);
    assert.deepEqual(rows, [{ name: 'Ada', tier: 'gold' }]);
    assert.equal((await system.ask('Add a phone to customers')).outcome, 'live');
    await columns('customers', (names) => names.includes('phone'));
    assert.equal((await system.call('POST', '/_theseus/rollback', {})).status, 200);
    await columns('customers', (names) => names.includes('tier') && !names.includes('phone'));
  },
);
