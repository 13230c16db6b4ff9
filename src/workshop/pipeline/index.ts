/** The workshop's pipeline: one workflow, its stages in numbered files. */
export { withBinding } from './binding-examples.ts';
export { withShownFields } from './shown-fields.ts';
export { type Bases, openBases } from './bases.ts';
export type { ChangeParts } from './parts.ts';
export { runChange } from './run-change.ts';
export { type Needed, runFor } from './run-for.ts';
export { writeHistory } from './write-history.ts';
export { type Decided, decide } from './20-decide.ts';
