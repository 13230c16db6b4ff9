/** Language models as generators. */
export { modelGenerator } from './generator.ts';
export type { ModelGeneratorOptions } from './work.ts';
