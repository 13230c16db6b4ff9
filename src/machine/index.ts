/** The machine around the pure kernel: admit, activate, route, broker, record, roll back. Trusted. */
export { type Access, openAccess } from './access.ts';
export { type MachineParts, type MachineProcess, openMachine } from './open-machine.ts';
export type { Denial, DenialCount } from './broker/denials.ts';
export { tokenPrefix } from './broker/tokens.ts';
export { type Recording, replay, type Replayed } from './broker/recording.ts';
export * from './running.ts';
export { filesOf } from './second-reading.ts';
export { certificateDigest, openEnvelope } from './signatures.ts';
