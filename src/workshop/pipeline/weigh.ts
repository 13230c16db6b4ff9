/**
 * The options of a decision with value, cost and risk, each figure with where it comes from: what such changes cost before, rows that
 * are counted, components that would be touched. What is not known is called unknown. A pure function.
 */
import type { Decision } from '#change';
import type { RiskClass } from '#kernel';
import type { PastCost } from '#ports';

export type Considered = Decision['options'][number];
export interface Facts {
  readonly past: readonly PastCost[];
  /** Components that would be touched; absent: not known yet. */
  readonly components?: readonly string[];
  /** Rows of the entities among them. */
  readonly rows?: number;
}
export const noFacts: Facts = { past: [] };
/** Who writes code from anything that is said: its cost stands for "generate" where nobody understood yet. */
const anyModel = (name: string): boolean => name.startsWith('model/');

export const doNothing: Considered = { name: 'nothing', value: 'none', cost: 'none', risk: 'none' };
export const configureOption = (value: string, risk: string): Considered => ({
  name: 'configure',
  value,
  cost: 'a line of theseus.json and the gates; no model is called',
  risk,
});
export const strategyOption = (value: string): Considered => ({
  name: 'strategy',
  value,
  cost: 'a line of theseus.json and the gates; no code is written',
  risk: 'medium: the other ways stand in the source and are tested',
});
export const composeOption = (value: string): Considered => ({
  name: 'compose',
  value,
  cost: 'none: nothing is made, nothing is to be kept up',
  risk: 'none',
});

/** `generator` absent: whoever comes next in the route. */
export function generateOption(
  facts: Facts,
  risk: RiskClass | 'unknown',
  generator?: string,
  name: 'generate' | 'delete' = 'generate',
): Considered {
  return { name, value: 'what was asked for', cost: costOf(facts, generator), risk: riskOf(facts, risk) };
}

function costOf({ past }: Facts, generator: string | undefined): string {
  const known = past.filter((each) => (generator === undefined ? anyModel(each.generator) : each.generator === generator));
  const changes = known.reduce((sum, each) => sum + each.changes, 0);
  const model = generator === undefined || anyModel(generator);
  const kind = model ? 'processor time and tokens' : 'processor time alone: no model is called';
  if (changes === 0) return `${kind}; how much is unknown: no such change is in the ledger`;
  const live = known.reduce((sum, each) => sum + each.live, 0);
  const processor = middle(known.map(({ cpuMs }) => cpuMs));
  const money = middle(known.map(({ usd }) => usd));
  return [
    kind,
    processor === null ? 'processor time unknown' : `about ${(processor / 1000).toFixed(2)} s of processor`,
    ...(model ? [money === null ? 'money unknown' : `about ${money.toFixed(4)} US dollars`] : []),
    `median of ${changes} earlier change${changes === 1 ? '' : 's'} in the ledger, ${live} of them live`,
  ].join('; ');
}
const middle = (values: readonly (number | null)[]): number | null => {
  const known = values.filter((value): value is number => value !== null).sort((one, other) => one - other);
  return known[Math.floor(known.length / 2)] ?? null;
};

function riskOf({ components, rows }: Facts, risk: RiskClass | 'unknown'): string {
  if (components === undefined) return risk === 'unknown' ? 'unknown until somebody has understood it' : risk;
  const touched = `${components.length} component${components.length === 1 ? '' : 's'} touched`;
  return `${risk}: ${touched}${rows === undefined ? '' : `, ${rows} row${rows === 1 ? '' : 's'} of ${components.some((key) => key.startsWith('entity/')) ? 'them' : 'what they work on'} counted`}`;
}
