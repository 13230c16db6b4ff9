/** `theseus/sdk`: all that a component may import. Definitions answer their argument; formulas are compiled, never run. */
export * from './definitions.ts';
export * from './example.ts';
export * from './fields.ts';
export * from './formulas.ts';
export {
  type Access,
  type Capabilities,
  type CapsDefinition,
  type DataOf,
  type Given,
  type HostAccess,
  instantOf,
  instantText,
  operation,
  type OperationDefinition,
  type OutsideAnswer,
  type OutsideRequest,
  type Powers,
  type Query,
  refuse,
  type RefusalReason,
} from './operations.ts';
export * from './rows.ts';
export type { FileValue, ValueOfShape } from './shapes.ts';
export * from './unasked.ts';
