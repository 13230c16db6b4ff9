/** The door of the rules: what an expression is about, in words, and what can be made of it. No parser, no back end. */
export * from './calendar.ts';
export * from './constants.ts';
export * from './describe.ts';
export * from './differing.ts';
export * from './evaluate.ts';
export * from './fixed-point.ts';
export * from './footprint.ts';
export * from './mutate.ts';
export * from './names.ts';
export * from './strategies.ts';
export * from './value-type.ts';
export * from './walk.ts';
