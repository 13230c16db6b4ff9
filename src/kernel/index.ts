/** The door of the kernel: nouns of the whole system, and the decisions. Pure: no Node, no clock, no npm. */
export * from './brand.ts';
export * from './call.ts';
export * from './certificate.ts';
export * from './contract.ts';
export * from './evidence.ts';
export * from './field.ts';
export * from './generation.ts';
export * from './json.ts';
export * from './message.ts';
export * from './policy.ts';
export * from './refusal.ts';
export * from './rule-ir.ts';
export * from './scope.ts';
