/** The product's own tables and logins. */
export { closeOtherDatabases, createDatabases, rolesScript, systemDatabase, trialDatabase } from './create-databases.ts';
export { migrateProduct, productVersion } from './migrate-product.ts';
