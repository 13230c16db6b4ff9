/** The product's own tables and logins. */
export { createDatabases, rolesScript, systemDatabase, trialDatabase } from './create-databases.ts';
export { migrateProduct, productVersion } from './migrate-product.ts';
