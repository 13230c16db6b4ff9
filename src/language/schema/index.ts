/** What a field means outside: one projection a file. The arbitrary (it loads fast-check) has a door of its own. */
export * from './calendar.ts';
export * from './column.ts';
export { dateIn } from './date-in.ts';
export * from './edges.ts';
export * from './file-shape.ts';
export * from './fixed-point.ts';
export * from './form.ts';
export * from './from-json.ts';
export * from './json-schema.ts';
export * from './limits.ts';
export * from './openapi.ts';
export * from './rule-value.ts';
export * from './shape.ts';
export * from './shape-refs.ts';
export * from './subset.ts';
export * from './text.ts';
export * from './to-json.ts';
export * from './value.ts';
