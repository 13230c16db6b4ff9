/** The door of the sentences: the built-in generator, and its reader for those who only want to know what a text means. */
export { sentencesGenerator } from './generator.ts';
export { interpret, type Interpretation } from './interpret.ts';
export type { Request } from './request.ts';
