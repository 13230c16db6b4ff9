/** Forward migrations of the product's own tables, one transaction each, under one lock; the version is a row. Never backwards. */
import pg from 'pg';
import { Fault } from '#kernel';
import { tablesOfRecord } from './migrations/0001-tables-of-record.ts';
import { secondFence } from './migrations/0002-second-fence.ts';
import { sendings } from './migrations/0003-sendings.ts';
import { mendOrder, unaskedWork } from './migrations/0004-unasked-work.ts';
import { handedIn } from './migrations/0005-handed-in.ts';
import { givenUpSendings } from './migrations/0006-given-up-sendings.ts';
import { eachInItsTurn } from './migrations/0007-each-in-its-turn.ts';
import { keysForgotten } from './migrations/0008-keys-forgotten.ts';
import { knowledge } from './migrations/0009-knowledge.ts';
import { attachments } from './migrations/0010-attachments.ts';
import { timers } from './migrations/0011-timers.ts';
import { vectors } from './migrations/0012-vectors.ts';
import { statedRegions } from './migrations/0013-stated-regions.ts';
import { readsSeen } from './migrations/0014-reads-seen.ts';
import { files } from './migrations/0015-files.ts';
import { undoneRows } from './migrations/0016-undone-rows.ts';

const migrations: readonly { readonly version: number; readonly statements: readonly string[] }[] = [
  { version: 1, statements: tablesOfRecord },
  { version: 2, statements: secondFence },
  { version: 3, statements: sendings },
  { version: 4, statements: unaskedWork },
  { version: 5, statements: handedIn },
  { version: 6, statements: givenUpSendings },
  { version: 7, statements: eachInItsTurn },
  { version: 8, statements: keysForgotten },
  { version: 9, statements: knowledge },
  { version: 10, statements: attachments },
  { version: 11, statements: timers },
  { version: 12, statements: vectors },
  { version: 13, statements: statedRegions },
  { version: 14, statements: readsSeen },
  { version: 15, statements: files },
  { version: 16, statements: undoneRows },
];
export const productVersion: number = migrations.length;

/** With the owner's login. Answers the version that was found. Refuses a database that a newer version of the product made. */
export async function migrateProduct(ownerUrl: string): Promise<number> {
  const client = new pg.Client({ connectionString: ownerUrl });
  await client.connect();
  try {
    await client.query('select pg_advisory_lock(7405)');
    await client.query('create schema if not exists theseus');
    await client.query(
      'create table if not exists theseus.product (one boolean primary key default true check (one), version integer not null)',
    );
    await client.query('insert into theseus.product (version) values (0) on conflict do nothing');
    const found = (await client.query<{ version: number }>('select version from theseus.product')).rows[0]?.version ?? 0;
    if (found > productVersion)
      throw new Fault(
        'schema-too-new',
        `The database was made by a newer Theseus (tables of version ${found}; this one knows ${productVersion}). Start the newer one.`,
      );
    for (const { version, statements } of migrations.filter((migration) => migration.version > found)) {
      await client.query('begin');
      for (const statement of statements) await client.query(statement);
      await client.query('update theseus.product set version = $1', [version]);
      await client.query('commit');
    }
    await client.query(mendOrder);
    return found;
  } finally {
    await client.end();
  }
}
