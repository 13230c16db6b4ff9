/** The system's model, its lookups, and the shapes of a reading. Loads no parser: `#model/read` does. */
export * from './compare-contracts.ts';
export * from './digest-of.ts';
export * from './edit-source.ts';
export * from './generation-of.ts';
export * from './ids-in.ts';
export type * from './inspect/code-facts.ts';
export type * from './inspect/handed-in.ts';
export * from './handed-in-files.ts';
export * from './identity.ts';
export { type KindGuide, kindGuides, testsGuide } from './kind-guide.ts';
export * from './names.ts';
export * from './paths.ts';
export * from './print/index.ts';
export * from './reading.ts';
export * from './sensitive.ts';
export * from './settings/read-settings.ts';
export * from './system-model.ts';
export { unaskedDefaults } from './unasked-defaults.ts';
