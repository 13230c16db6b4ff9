/**
 * The tables of the durable engine. Why apart: they are made by the owner's login in the short-lived migrate process; the
 * process that runs workflows may only use them. Running it again is harmless.
 */
import { createRequire } from 'node:module';
import { Fault } from '#kernel';

type Migrate = (
  url: string,
  logger: { info(entry: unknown): void; error(entry: unknown): void; warn(entry: unknown): void; debug(entry: unknown): void },
  schema: string,
  role: string,
) => Promise<void>;

/** `role`: the login that runs workflows, such as `theseus_workshop`. */
export async function prepareDurable(ownerUrl: string, schema: string, role: string): Promise<void> {
  const engine: unknown = createRequire(import.meta.url)('@dbos-inc/dbos-sdk/internal/system_database');
  if (!offersMigration(engine))
    throw new Fault('setup', 'The durable engine offers no migration: is another version of @dbos-inc/dbos-sdk installed?');
  const quiet = { info: () => {}, error: () => {}, warn: () => {}, debug: () => {} };
  await engine.migrateSystemDatabase(ownerUrl, quiet, schema, role);
}

const offersMigration = (module: unknown): module is { readonly migrateSystemDatabase: Migrate } =>
  typeof module === 'object' && module !== null && 'migrateSystemDatabase' in module && typeof module.migrateSystemDatabase === 'function';
