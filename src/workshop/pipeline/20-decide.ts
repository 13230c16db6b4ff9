/**
 * Options down the ladder, from doing nothing to writing code; the cheapest that is sufficient is chosen, and the others are
 * kept with why they were not. A pure function: same input, same decision.
 */
import type { Decision } from '#change';
import type { Need } from '#decide';
import type { Autonomy, RiskClass } from '#kernel';
import type { Understood } from '#ports';
import { isBeyond } from './10-understand.ts';
import {
  composeOption,
  configureOption,
  type Considered,
  doNothing,
  type Facts,
  generateOption,
  noFacts,
  strategyOption,
} from './weigh.ts';

export interface DecideInput {
  readonly understood: Understood;
  readonly generator: string;
  readonly autonomy: { readonly [Risk in RiskClass]: Autonomy };
  /** Only the evidence is wanted: nothing will go live. */
  readonly check?: boolean;
  /** What the request needs, as far as its words tell; absent where somebody else than the built-in sentences is asked. */
  readonly need?: Need;
  readonly facts?: Facts;
  /** Whether somebody is there who understands more than the built-in sentences. */
  readonly others?: boolean;
}
export type Decided =
  | { readonly kind: 'go-on'; readonly decision: Decision }
  /** Another generator is to be asked: this one, or whoever comes next but the one of the settings. */
  | { readonly kind: 'next'; readonly decision: Decision; readonly whom: 'settings' | 'quality' | 'others' }
  /** Nothing is to be written; `outcome` ends the change, where `final` is said whatever another generator would say. `use`: how what is there gives it. */
  | {
      readonly kind: 'end';
      readonly decision: Decision;
      readonly outcome: 'nothing-to-do' | 'question' | 'refused';
      readonly why: string;
      readonly use?: string;
      readonly final?: true;
    };

export function decide(input: DecideInput): Decided {
  const { understood, need } = input;
  const answered = need === undefined ? undefined : byNeed(need, input);
  if (answered !== undefined) return answered;
  if (input.generator === 'quality') return byMeasure(input);
  const offered = generateOption(input.facts ?? noFacts, 'low', input.generator);
  switch (understood.kind) {
    case 'nothing-to-do':
      return end('nothing-to-do', understood.why, [
        doNothing,
        { ...offered, value: 'none: the system is so already', rejectedBecause: 'the system is so already' },
      ]);
    case 'question':
      return end('question', understood.why, [doNothing, { ...offered, rejectedBecause: 'more than one reading: the asker chooses' }]);
    case 'refused':
      return end('refused', understood.why, [doNothing, { ...offered, rejectedBecause: understood.why }]);
    case 'understood':
      return goOn(understood, input);
  }
}

/** The figures decided: what was weighed is the record. */
function byMeasure({ understood, autonomy, check }: DecideInput): Decided {
  const weighed = ('weighed' in understood ? understood.weighed : undefined) ?? [doNothing];
  if (understood.kind !== 'understood') return end(understood.kind, understood.why, weighed);
  const why = `Changes of ${understood.risk} risk are switched off by the policy in theseus.json (autonomy).`;
  if (autonomy[understood.risk] === 'off' && check !== true) return end('refused', why, weighed);
  const taken = weighed.find(({ rejectedBecause }) => rejectedBecause === undefined);
  return {
    kind: 'go-on',
    decision: {
      chosen: taken?.name === 'delete' ? 'delete' : 'configure',
      why: 'It was measured, and it is the cheapest option that does what was asked.',
      options: weighed,
    },
  };
}

/** What the words of a request tell of its need, where the sentences did not understand it, or what is there does it already. */
function byNeed(need: Need, { understood, facts = noFacts, others = false }: DecideInput): Decided | undefined {
  const open = isBeyond(understood) || understood.kind === 'understood';
  if ((need.kind === 'nothing' || need.kind === 'compose') && need.seems === true && others && isBeyond(understood))
    return looksOnly(need, facts);
  const code = generateOption(facts, 'unknown');
  const last = (why: string): Considered => ({ ...code, rejectedBecause: why });
  switch (need.kind) {
    case 'nothing': {
      if (!open && !(need.refused && understood.kind === 'question')) return undefined;
      const why = need.where === undefined ? need.why : `${need.why} See ${need.where}.`;
      const against = need.refused ? need.why : 'it would change nothing that matters';
      return { ...end(need.refused ? 'refused' : 'nothing-to-do', why, [doNothing, last(against)], need.where), final: true };
    }
    case 'compose':
      if (!open) return undefined;
      return {
        ...end('nothing-to-do', need.why, [], need.how),
        final: true,
        decision: {
          chosen: 'compose',
          why: need.why,
          options: [
            { ...doNothing, rejectedBecause: 'there is something to be answered or done' },
            composeOption('what was asked for, at once'),
            last('what there is does it already'),
          ],
        },
      };
    case 'configure':
    case 'strategy': {
      if (!isBeyond(understood)) return undefined;
      const option =
        need.kind === 'strategy'
          ? strategyOption('what was asked for')
          : configureOption('what was asked for', 'high: a person approves policy');
      return {
        kind: 'next',
        whom: 'settings',
        decision: { chosen: need.kind, why: need.why, options: [notDone, option, last('a setting does it')] },
      };
    }
    case 'quality':
      if (!isBeyond(understood) && understood.kind !== 'question') return undefined;
      return {
        kind: 'next',
        whom: 'quality',
        decision: {
          chosen: 'configure',
          why: need.why,
          options: [notDone, configureOption('what is measured', 'low'), last('an index may do it')],
        },
      };
    case 'code':
    case 'delete':
    case 'undecided':
      if (!isBeyond(understood)) return undefined;
      return {
        kind: 'next',
        whom: 'others',
        decision: {
          chosen: need.kind === 'delete' ? 'delete' : 'generate',
          why: need.why,
          options: [
            notDone,
            { ...configureOption('none', 'none'), rejectedBecause: 'no setting of this system does it' },
            noStrategy,
            noUse,
            code,
          ],
        },
      };
  }
}
/** To write nothing on a guess would lose what was asked for, where a look at it costs one call. */
const looksOnly = ({ kind, why }: Need, facts: Facts): Decided => ({
  kind: 'next',
  whom: 'others',
  decision: {
    chosen: 'generate',
    why: 'It may be so already, which words alone do not tell: whoever understands more looks first.',
    options: [
      kind === 'compose' ? { ...notDone } : { ...doNothing, rejectedBecause: `it only seems so: ${why}` },
      kind === 'compose' ? { ...composeOption('what was asked for, at once'), rejectedBecause: `it only seems so: ${why}` } : noUse,
      generateOption(facts, 'unknown'),
    ],
  },
});
const notDone: Considered = { ...doNothing, rejectedBecause: 'what was asked for would not be there' };
const noStrategy: Considered = {
  ...strategyOption('none'),
  rejectedBecause: 'no variation point of this system has a strategy that does it',
};
const noUse: Considered = { ...composeOption('none'), rejectedBecause: 'no list, view or operation of this system gives it' };

function goOn(
  understood: Extract<Understood, { kind: 'understood' }>,
  { generator, autonomy, check, need, facts = noFacts }: DecideInput,
): Decided {
  const set = generator === 'settings' ? (understood.scope.components.length > 0 ? 'strategy' : 'configure') : undefined;
  const goes = need?.kind === 'delete' ? 'delete' : 'generate';
  const offered =
    set === 'strategy'
      ? strategyOption('what was asked for')
      : set === 'configure'
        ? configureOption('what was asked for', `${understood.risk}: a person approves policy`)
        : generateOption({ ...facts, components: understood.scope.components }, understood.risk, generator, goes);
  if (autonomy[understood.risk] === 'off' && check !== true) {
    const why = `Changes of ${understood.risk} risk are switched off by the policy in theseus.json (autonomy).`;
    return end('refused', why, [doNothing, { ...offered, rejectedBecause: why }]);
  }
  const chosen = set ?? goes;
  const dearer: readonly Considered[] =
    set === undefined ? [] : [{ ...generateOption(facts, 'unknown'), rejectedBecause: 'a setting does it, and nothing has to be written' }];
  const lower: readonly Considered[] =
    set === undefined
      ? [
          { name: 'configure', value: 'the same', cost: 'none', risk: 'low', rejectedBecause: 'no setting of this system does it' },
          ...(goes === 'generate' ? [noStrategy, noUse] : []),
        ]
      : [];
  return {
    kind: 'go-on',
    decision: { chosen, why: 'It is the cheapest option that does what was asked.', options: [notDone, ...lower, offered, ...dearer] },
  };
}

const end = (
  outcome: 'nothing-to-do' | 'question' | 'refused',
  why: string,
  options: readonly Considered[],
  use?: string,
): Extract<Decided, { kind: 'end' }> => ({
  kind: 'end',
  outcome,
  why,
  decision: { chosen: 'nothing', why, options },
  ...(use === undefined ? {} : { use }),
});
