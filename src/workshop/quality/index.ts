/** The door of qualities: the generator, the reader of such wishes, and the figures in which the gate speaks as well. */
export { helps, tellBound, tellBytes, tellCost, tellGain, tellMs, tellPrice } from './figures.ts';
export { qualityGenerator } from './generator.ts';
export { sameIndex, withIndexes } from './plan.ts';
export { questionOf } from './questions.ts';
export { readsToMeasure } from './seen.ts';
export { readQuality } from './read-quality.ts';
export { questionWords } from './subject.ts';
export type { QualityWish } from './wish.ts';
