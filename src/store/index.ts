/** The door of the store: rows of a generation, read and written. Servers, migrations, records and memory have doors of their own. */
export { FencedOut, isFencedOut } from './fenced-out.ts';
export { type Filter, type FilterOperator, filterOperators, type ListQuery, mostRows, type Page } from './list-query.ts';
export { openStore, type Store, type StoreOptions } from './open-store.ts';
export { type Prepared, prepareModel } from './prepare/prepare-model.ts';
export { type AskedOfRows, askedOfRows } from './read/asked-of-rows.ts';
export type { Reader, RowPage } from './read/reader.ts';
export { mayRead, maySeeSensitive, mayWrite } from './rights.ts';
export type { PlainRow, PlainValues } from './row.ts';
export { hiddenFrom, shownRow } from './sight.ts';
export { inputValues } from './write/input-values.ts';
export type { Hiding, UpdateOptions, WriteTransaction } from './write/transaction.ts';
export type { Due, Way } from './write/workflow.ts';
export type { WriteOptions, Written } from './write/write.ts';
export { type EmptyStore, openTrialDatabase, type TrialDatabase } from './trial/trial-database.ts';
export type { ExplainedPlan } from './trial/explained-plan.ts';
export type { FieldShape } from './trial/generated-rows.ts';
export type { Place } from './trial/measured-place.ts';
export { type Laying, type MeasuredTables, measuredTables } from './trial/measured-tables.ts';
