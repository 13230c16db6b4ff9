/** The door of what only the owner's login may do: tables, columns and views. */
export { type Applied, applySchema, applySchemaOn } from './apply-schema.ts';
export { type Catalog, emptyCatalog, readCatalog } from './catalog.ts';
export { deriveSchema, namesOf, type SchemaStep } from './derive-schema.ts';
export { createDatabases, migrateProduct, productVersion, rolesScript, systemDatabase, trialDatabase } from '../product/index.ts';
export { nowViews, showNow } from './now-schema.ts';
export { tidyChecks, type TidiedChecks } from './tidy-checks.ts';
export { tidyIndexes } from './tidy-indexes.ts';
