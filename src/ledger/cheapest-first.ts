/**
 * In which order generators are worth trying: by what a success of theirs is expected to cost on requests like this one, from what
 * became of earlier ones. Requests are alike by the three-letter parts that they share. Pure.
 */
export interface Trial {
  readonly request: string;
  readonly generator: string;
  readonly succeeded: boolean;
  /** US dollars; null: unknown. */
  readonly usd: number | null;
}
export interface Ranked {
  readonly generator: string;
  readonly why: string;
}

/** One success and one failure that nobody saw: so that little evidence says little. */
const prior = 1;
const never = 0.15;
/** US dollars: what a try takes besides its model, in gates and waiting. */
const ofATry = 0.005;

export function cheapestFirst(request: string, among: readonly string[], record: readonly Trial[]): readonly Ranked[] {
  const parts = partsOf(request);
  const ranked = among.map((generator, at) => {
    const own = record.filter((trial) => trial.generator === generator);
    const weighed = own.map((trial) => ({ ...trial, weight: 0.1 + likeness(parts, partsOf(trial.request)) }));
    const won = sum(weighed.map((trial) => (trial.succeeded ? trial.weight : 0)));
    const all = sum(weighed.map((trial) => trial.weight));
    const chance = (won + prior) / (all + 2 * prior);
    const costs = own.flatMap((trial) => (trial.usd === null ? [] : [trial.usd]));
    const cost = costs.length === 0 ? null : sum(costs) / costs.length;
    return { generator, at, chance, cost, tries: own.length, price: cost === null ? null : (cost + ofATry) / chance };
  });
  const worth = ranked.filter(({ chance }) => chance >= never);
  return (worth.length === 0 ? ranked : worth)
    .sort((a, b) => (a.price === null || b.price === null ? a.at - b.at : a.price - b.price || a.at - b.at))
    .map(({ generator, chance, cost, tries }) => ({
      generator,
      why:
        tries === 0
          ? 'it has no record yet: in the order of the configuration'
          : `on requests like this about ${Math.round(chance * 100)}% of its changes went live, from ${tries} tries, at ${cost === null ? 'an unknown cost' : `${cost.toFixed(4)} US dollars a try`}`,
    }));
}

function partsOf(text: string): ReadonlySet<string> {
  const plain = ` ${text
    .toLowerCase()
    .replace(/[^\p{L}\p{N}]+/gu, ' ')
    .trim()} `;
  return new Set(Array.from({ length: Math.max(0, plain.length - 2) }, (_, at) => plain.slice(at, at + 3)));
}
function likeness(one: ReadonlySet<string>, other: ReadonlySet<string>): number {
  const shared = [...one].filter((part) => other.has(part)).length;
  const all = one.size + other.size - shared;
  return all === 0 ? 0 : shared / all;
}
const sum = (values: readonly number[]): number => values.reduce((total, value) => total + value, 0);
