/**
 * The JSON of the control API, resource by resource: what `/_theseus/...` takes and answers. Types alone, so that the
 * console, the command line and the server speak of the same members. Moments are ISO text, digests `sha256:...`.
 */
export type { ByModel, ChangeCost, Ownership, Total } from '#ledger';
export type { Budget, Budgets, Envelope, Evidence, Json, JsonObject, KernelEvent, RiskClass, Scope } from '#kernel';
export type { AcceptanceExample, ChangeEvent, Citation, Decision, Option, Outcome, Spent, StepName, Understanding } from '#change';
export type * from './resources/problem.ts';
export type * from './resources/access.ts';
export type * from './resources/actions.ts';
export type * from './resources/health.ts';
export type * from './resources/unasked.ts';
export type * from './resources/changes.ts';
export type * from './resources/candidates.ts';
export type * from './resources/agents.ts';
export type * from './resources/generations.ts';
export type * from './resources/undo.ts';
export type * from './resources/components.ts';
export type * from './resources/records.ts';
