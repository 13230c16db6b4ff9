/** The door of the decision: what a request truly needs, and what was learnt for it. */
export type { Asked, Need } from './asked.ts';
export { type Leaning, leaningOf, type Leant, type Learnt, needs } from './leaning.ts';
export { TELLING } from './likest.ts';
export { lookAt, ofLeaning } from './learnt-need.ts';
export { needOf, sureNeedOf } from './need.ts';
export type { Signs } from './signs.ts';
