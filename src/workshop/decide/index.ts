/** The door of the decision: what a request truly needs, and what was learnt for it. */
export type { Asked, Need } from './asked.ts';
export { leaningOf, type Leant, needs, type Weights } from './leaning.ts';
export { lookAt } from './learnt-need.ts';
export { needOf, sureNeedOf } from './need.ts';
export type { Signs } from './signs.ts';
