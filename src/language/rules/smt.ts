/**
 * The door of the proofs: from a claim about rows to scripts for a solver, and from what a solver says back to rows on which the
 * running JavaScript is asked. Loads no solver and asks none.
 */
export { type Claim, type Encoded, encodeQuestion, type Question, type Root } from './smt/claim.ts';
export { evaluatorAt, type Point, type TermValue } from './smt/evaluate-term.ts';
export { type Gave, gaveAt } from './smt/gave.ts';
export { type Lemma, lemmasFor } from './smt/lemmas.ts';
export { sampler, variablesOf } from './smt/sample.ts';
export { type Script, scriptOf, valuesOfModel } from './smt/script.ts';
export { NotProvable, type ProofSystem } from './smt/system.ts';
export type { Term } from './smt/term.ts';
export { witnessOf } from './smt/witness.ts';
export { agrees, judge, type World, worldAt } from './smt/world.ts';
