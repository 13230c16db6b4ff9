/**
 * What lies near, in a graph, to where something was found: a random walk that returns to its start (Page et al. 1999, personalised). Always
 * the same for the same input; a fixed number of rounds.
 */
import type { Ties } from './neighbours.ts';

const ROUNDS = 12;

/** Shares of one, by key. `stays`: how likely a walk is to end at each step. Keys without ties keep what they have. */
export function spread(start: ReadonlyMap<string, number>, ties: Ties, stays: number): Map<string, number> {
  const whole = [...start.values()].reduce((sum, share) => sum + share, 0);
  if (whole === 0) return new Map();
  let at = new Map([...start].map(([key, share]) => [key, share / whole]));
  const first = at;
  for (let round = 0; round < ROUNDS; round++) {
    const next = new Map([...first].map(([key, share]) => [key, share * stays]));
    for (const [key, share] of at) {
      const out = ties.get(key);
      const strength = out === undefined ? 0 : [...out.values()].reduce((sum, each) => sum + each, 0);
      if (out === undefined || strength === 0) next.set(key, (next.get(key) ?? 0) + share * (1 - stays));
      else for (const [to, each] of out) next.set(to, (next.get(to) ?? 0) + (share * (1 - stays) * each) / strength);
    }
    at = next;
  }
  return at;
}
