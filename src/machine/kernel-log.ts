/**
 * The kernel's state in this process: the fold of the log in PostgreSQL. A command is decided by the pure kernel, its
 * events are countersigned and appended in one transaction; where another kernel was first, the state is read anew and
 * the command decided again. Nothing else writes the log.
 */
import type { Pool } from 'pg';
import {
  apply,
  type Command,
  decide,
  emptyState,
  isRefusal,
  type KernelEvent,
  type KernelState,
  replay,
  type Refusal,
  type Steerer,
} from '#kernel';
import { appendEvents, type Arrival, loadEvents } from '#store/records';
import { type Chain, chainStart, checkChain, countersign } from './signatures.ts';

/** Who the machine is in the log. It installs, closes and strikes; it asks for nothing and approves nothing. */
export const machineItself: Steerer = { id: 'machine', roles: [] };

export interface SigningKeys {
  readonly privateKey: string;
  readonly publicKey: string;
}
export interface KernelLog {
  state(): KernelState;
  /** Reads what other kernels appended. */
  refresh(): Promise<KernelState>;
  /** What these commands would become, one after the other; nothing is done. */
  wouldPerform(...commands: readonly Command[]): readonly KernelEvent[] | Refusal;
  perform(command: Command): Promise<readonly KernelEvent[] | Refusal>;
  /** All of them in one transaction, with what arrives by them; where one is refused, none is done. */
  performAll(commands: readonly Command[], arrival: Arrival): Promise<readonly KernelEvent[] | Refusal>;
}

export async function openKernelLog(pool: Pool, keys: SigningKeys): Promise<KernelLog> {
  let state = emptyState;
  let chain: Chain = chainStart;
  let turn: Promise<unknown> = Promise.resolve();
  const inTurn = <Result>(work: () => Promise<Result>): Promise<Result> => {
    const next = turn.then(work, work);
    turn = next.catch(() => {});
    return next;
  };
  const readOn = async (): Promise<KernelState> => {
    const logged = await loadEvents(pool, chain.seq);
    chain = checkChain(chain, logged, keys.publicKey);
    state = replay(
      state,
      logged.map((entry) => entry.event),
    );
    return state;
  };
  const perform = async (commands: readonly Command[], arrival?: Arrival): Promise<readonly KernelEvent[] | Refusal> => {
    for (;;) {
      const decided = decideAll(state, commands);
      if (isRefusal(decided) || decided.length === 0) return decided;
      const next = decided.reduce(apply, state);
      const logged = countersign(chain, decided, keys.privateKey);
      if (await appendEvents(pool, logged, next, arrival)) {
        const last = logged.at(-1);
        if (last !== undefined) chain = { seq: last.seq, digest: last.digest };
        state = next;
        return decided;
      }
      await readOn();
    }
  };
  await readOn();
  return {
    state: () => state,
    refresh: () => inTurn(readOn),
    wouldPerform: (...commands) => decideAll(state, commands),
    perform: (command) => inTurn(() => perform([command])),
    performAll: (commands, arrival) => inTurn(() => perform(commands, arrival)),
  };
}

function decideAll(state: KernelState, commands: readonly Command[]): readonly KernelEvent[] | Refusal {
  const events: KernelEvent[] = [];
  for (const command of commands) {
    const decided = decide(events.reduce(apply, state), command);
    if (isRefusal(decided)) return decided;
    events.push(...decided);
  }
  return events;
}
