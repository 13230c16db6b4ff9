/** The records of the machine: one resource a file, each function one statement or one transaction over a given pool. */
export * from './access.ts';
export * from './audit.ts';
export * from './changes.ts';
export * from './costs.ts';
export * from './deliveries.ts';
export * from './events.ts';
export * from './instants.ts';
export { openPool } from './open-pool.ts';
export * from './reads-seen.ts';
export * from './sendings.ts';
export * from './outbox.ts';
export * from './sources.ts';
export * from './timers.ts';
export * from './undone-journal.ts';
export * from './undos.ts';
