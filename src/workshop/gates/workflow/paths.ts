/**
 * Ways through what was explored, by two measures. By moves that are shown to be possible, what is reached is reached. By moves that
 * are merely not excluded, more is looked at than may happen: what is not reached so, is never reached.
 */
import type { Explored } from './search.ts';

export type Measure = 'can' | 'may';
const least: { readonly [Each in Measure]: number } = { can: 2, may: 1 };

export interface Reached {
  /** By state: the edge by which it was first come to; -1 of a start, -2 where it is not reached. */
  readonly by: Int32Array;
}
export function reachedBy(explored: Explored, measure: Measure): Reached {
  const { states, starts, first, to, strength } = explored;
  const by = new Int32Array(states).fill(-2);
  const queue = new Int32Array(states);
  let end = 0;
  for (let state = 0; state < starts; state += 1) {
    by[state] = -1;
    queue[end++] = state;
  }
  for (let at = 0; at < end; at += 1) {
    const state = queue[at] ?? 0;
    for (let edge = first[state] ?? 0; edge < (first[state + 1] ?? 0); edge += 1) {
      const next = to[edge] ?? 0;
      if ((strength[edge] ?? 0) < least[measure] || by[next] !== -2) continue;
      by[next] = edge;
      queue[end++] = next;
    }
  }
  return { by };
}

/** By state, 1 where one of the ends can be come to. */
export function comesTo(explored: Explored, isEnd: (values: Int32Array) => boolean, measure: Measure): Uint8Array {
  const { states, first, to, strength } = explored;
  const before = new Int32Array(states + 1);
  for (let edge = 0; edge < to.length; edge += 1)
    if ((strength[edge] ?? 0) >= least[measure]) before[(to[edge] ?? 0) + 1] = (before[(to[edge] ?? 0) + 1] ?? 0) + 1;
  for (let state = 0; state < states; state += 1) before[state + 1] = (before[state + 1] ?? 0) + (before[state] ?? 0);
  const from = new Int32Array(before[states] ?? 0);
  const filled = before.slice();
  for (let state = 0; state < states; state += 1)
    for (let edge = first[state] ?? 0; edge < (first[state + 1] ?? 0); edge += 1) {
      if ((strength[edge] ?? 0) < least[measure]) continue;
      const next = to[edge] ?? 0;
      from[filled[next] ?? 0] = state;
      filled[next] = (filled[next] ?? 0) + 1;
    }
  const comes = new Uint8Array(states);
  const queue = new Int32Array(states);
  let end = 0;
  for (let state = 0; state < states; state += 1)
    if (isEnd(explored.valuesOf(state))) {
      comes[state] = 1;
      queue[end++] = state;
    }
  for (let at = 0; at < end; at += 1) {
    const state = queue[at] ?? 0;
    for (let edge = before[state] ?? 0; edge < (before[state + 1] ?? 0); edge += 1) {
      const earlier = from[edge] ?? 0;
      if (comes[earlier] === 1) continue;
      comes[earlier] = 1;
      queue[end++] = earlier;
    }
  }
  return comes;
}

/** The states and edges of a shortest way to a state: the start first. */
export function wayTo(explored: Explored, reached: Reached, state: number): readonly { readonly state: number; readonly by?: number }[] {
  const way: { readonly state: number; readonly by?: number }[] = [];
  for (let at = state; ;) {
    const edge = reached.by[at] ?? -2;
    if (edge < 0) {
      way.unshift({ state: at });
      return way;
    }
    way.unshift({ state: at, by: explored.by[edge] ?? 0 });
    at = sourceOf(explored, edge);
  }
}
/** Edges stand in order of their source. */
function sourceOf({ first, states }: Explored, edge: number): number {
  let [low, high] = [0, states];
  while (low < high) {
    const middle = (low + high + 1) >> 1;
    if ((first[middle] ?? 0) <= edge) low = middle;
    else high = middle - 1;
  }
  return low;
}
