/**
 * Options down the ladder, from doing nothing to writing code; the cheapest that is sufficient is chosen, and the others are
 * kept with why they were not. A pure function: same input, same decision.
 */
import type { Decision } from '#change';
import type { Autonomy, RiskClass } from '#kernel';
import type { Understood } from '#ports';

export interface DecideInput {
  readonly understood: Understood;
  readonly generator: string;
  readonly autonomy: { readonly [Risk in RiskClass]: Autonomy };
  /** Only the evidence is wanted: nothing will go live. */
  readonly check?: boolean;
}
export type Decided =
  | { readonly kind: 'go-on'; readonly decision: Decision }
  /** Nothing is to be written; `outcome` ends the change. */
  | { readonly kind: 'end'; readonly decision: Decision; readonly outcome: 'nothing-to-do' | 'question' | 'refused'; readonly why: string };

type Considered = Decision['options'][number];
const nothing: Considered = { name: 'nothing', value: 'none', cost: 'none', risk: 'none' };

export function decide({ understood, generator, autonomy, check }: DecideInput): Decided {
  switch (understood.kind) {
    case 'nothing-to-do':
      return end('nothing-to-do', understood.why, [
        nothing,
        { ...written(generator, 'low'), value: 'none: the system is so already', rejectedBecause: 'the system is so already' },
      ]);
    case 'question':
      return end('question', understood.why, [
        nothing,
        { ...written(generator, 'low'), rejectedBecause: 'more than one reading: the asker chooses' },
      ]);
    case 'refused':
      return end('refused', understood.why, [nothing, { ...written(generator, 'low'), rejectedBecause: understood.why }]);
    case 'understood': {
      const offered = written(generator, understood.risk);
      if (autonomy[understood.risk] === 'off' && check !== true) {
        const why = `Changes of ${understood.risk} risk are switched off by the policy in theseus.json (autonomy).`;
        return end('refused', why, [nothing, { ...offered, rejectedBecause: why }]);
      }
      const options: readonly Considered[] = [
        { ...nothing, rejectedBecause: 'what was asked for would not be there' },
        { name: 'configure', value: 'the same', cost: 'none', risk: 'low', rejectedBecause: 'no setting of this system does it' },
        offered,
      ];
      return { kind: 'go-on', decision: { chosen: 'generate', why: 'It is the cheapest option that does what was asked.', options } };
    }
  }
}

const written = (generator: string, risk: RiskClass): Considered => ({
  name: 'generate',
  value: 'what was asked for',
  cost: generator === 'sentences' ? 'processor time alone: no model is called' : 'processor time and tokens',
  risk,
});
const end = (outcome: 'nothing-to-do' | 'question' | 'refused', why: string, options: readonly Considered[]): Decided => ({
  kind: 'end',
  outcome,
  why,
  decision: { chosen: 'nothing', why, options },
});
