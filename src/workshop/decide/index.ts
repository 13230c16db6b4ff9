/** The door of the decision: what a request truly needs, and the options weighed for it. */
export { type Asked, type Need, needOf } from './need.ts';
