/** The generator of what agents and people hand in. */
export { handedInGenerator } from './generator.ts';
