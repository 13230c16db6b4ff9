/** What an event does to the state. Never fails: what may not happen was refused by `decide`. */
import type { ChangeId, Digest } from './brand.ts';
import { mostStrikes } from './quarantine.ts';
import type { Held, KernelEvent, KernelState } from './state.ts';

export function apply(state: KernelState, event: KernelEvent): KernelState {
  const next = { ...state, seq: state.seq + 1 };
  switch (event.kind) {
    case 'installed': {
      const admitted = { ...state.admitted, [event.generation]: { certificate: null, change: null, base: null } };
      return { ...route(next, event.generation, event.activation), admitted, line: [{ generation: event.generation, change: null }] };
    }
    case 'approved':
      return { ...next, approvals: [...state.approvals, event.approval] };
    case 'admitted': {
      const entry = { certificate: event.certificate, change: event.change, base: event.base };
      return { ...next, admitted: { ...state.admitted, [event.generation]: entry } };
    }
    case 'activated':
      return {
        ...route(next, event.generation, event.activation),
        line: [...state.line, { generation: event.generation, change: event.change }],
      };
    case 'rolled-back':
      return { ...route(next, event.generation, event.activation), line: shortened(state, event.changes) };
    case 'closed': {
      const life = state.live[event.activation];
      return life === undefined ? next : { ...next, live: { ...state.live, [event.activation]: { ...life, state: 'closed' } } };
    }
    case 'frozen':
      return { ...next, frozen: { by: event.by, why: event.why } };
    case 'unfrozen':
      return { ...next, frozen: null };
    case 'struck': {
      const held = heldIn(state, event.source, event.component);
      const strikes = [...held.strikes, { at: event.at, why: event.why }].slice(-mostStrikes);
      return { ...next, held: { ...state.held, [event.source]: { ...held, strikes } } };
    }
    case 'quarantined': {
      const held = heldIn(state, event.source, event.component);
      return { ...next, held: { ...state.held, [event.source]: { ...held, quarantined: { at: event.at, why: event.why } } } };
    }
    case 'released': {
      const { [event.source]: _released, ...held } = state.held;
      return { ...next, held };
    }
  }
}

/** Same events, same state. */
export const replay = (start: KernelState, events: readonly KernelEvent[]): KernelState => events.reduce(apply, start);

function route(state: KernelState, generation: Digest, activation: number): KernelState {
  const live = Object.fromEntries(
    Object.entries(state.live).map(([number, life]) => [number, life.state === 'serving' ? { ...life, state: 'draining' as const } : life]),
  );
  return {
    ...state,
    routing: { stable: generation, candidate: null, weight: 0, activation },
    live: { ...live, [activation]: { generation, state: 'serving' } },
  };
}

const shortened = (state: KernelState, changes: readonly ChangeId[]): KernelState['line'] =>
  state.line.filter((entry) => entry.change === null || !changes.includes(entry.change));

const heldIn = (state: KernelState, source: Digest, component: string): Held =>
  state.held[source] ?? { component, source, strikes: [], quarantined: null };
