/** Promises that the outside keeps: one narrow interface a file, no logic. */
export type * from './change-log.ts';
export type * from './code-inspector.ts';
export type * from './code-reader.ts';
export type * from './durable.ts';
export type * from './generator.ts';
export type * from './knowledge.ts';
export type * from './language-model.ts';
export type * from './library.ts';
export type * from './outside.ts';
export type * from './price-list.ts';
export type * from './router.ts';
export type * from './signer.ts';
export type * from './solver.ts';
export type * from './source-history.ts';
export type * from './spending.ts';
export type * from './trial.ts';
export type * from './type-checker.ts';
