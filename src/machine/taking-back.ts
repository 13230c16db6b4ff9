/**
 * A person takes changes back: their code at once, by the kernel's word, and where it is wished what they wrote as well. Promises: without
 * that word no row is touched; of a change that was taken back before, by whomever, the rows can follow later.
 */
import type { Pool } from 'pg';
import { type Caller, changeId, instant, isRefusal, type KernelEvent, type KernelState, refuse, type Refusal } from '#kernel';
import { saveAudit } from '#store/records';
import type { KernelLog } from './kernel-log.ts';
import type { RolledBack, Routing } from './routing.ts';
import type { Machine, RollBackOptions, UnaskedCalls } from './running.ts';
import { strandedIn } from './stranded.ts';
import { mayTakeBack } from './unasked/may-take-back.ts';
import type { Undoing } from './undo/open-undo.ts';

export interface TakingBackParts {
  readonly pool: Pool;
  readonly log: KernelLog;
  readonly routing: Routing;
  readonly calls: Pick<UnaskedCalls, 'standing'>;
  readonly undo: Pick<Undoing, 'preview' | 'begin'>;
  readonly clock: () => number;
  readonly note: (what: string, cause: unknown) => void;
}

export function takingBack({ pool, log, routing, calls, undo, clock, note }: TakingBackParts): Pick<Machine, 'rollBack' | 'wouldRollBack'> {
  const command = (by: Caller, { change, withLater }: RollBackOptions) =>
    ({
      kind: 'roll-back',
      at: instant(clock()),
      by,
      withLater,
      policy: routing.policy(),
      ...(change === undefined ? {} : { change: changeId(change) }),
    }) as const;
  const rolledBack = (decided: readonly KernelEvent[] | Refusal): RolledBack | Refusal =>
    isRefusal(decided)
      ? decided
      : (decided.find((candidate): candidate is RolledBack => candidate.kind === 'rolled-back') ??
        refuse('conflict', 'There is nothing to take back.'));

  return {
    rollBack: async (by, options) => {
      const revert = options.data === 'revert';
      const already = revert && isTakenBack(await log.refresh(), options.change) ? [options.change ?? ''] : undefined;
      if (already !== undefined) {
        const forbidden = mayTakeBack(by, routing.current());
        if (forbidden !== null) return forbidden;
        return { generation: routing.serving().generation, changes: already, stranded: [], undo: await undo.begin(by, already) };
      }
      await log.refresh();
      const event = rolledBack(await log.perform(command(by, options)));
      if (isRefusal(event)) return event;
      const { generation, changes } = event;
      await saveAudit(pool, {
        caller: by.id,
        action: 'roll-back',
        subject: changes.join(' '),
        detail: { generation, data: revert ? 'revert' : 'keep' },
      });
      const left = routing.serving();
      await routing.tookBack(event, `Taken back by ${by.name}${revert ? ', with what it wrote' : ''}.`);
      // It is taken back whatever becomes of this question.
      const stranded = await strandedIn(calls, left, routing.serving().model).catch((cause: unknown) => {
        note('stranded rows', cause);
        return [];
      });
      const undone = revert ? await undo.begin(by, changes) : null;
      return { generation, changes, stranded: stranded.map(({ why }) => why), undo: undone };
    },
    wouldRollBack: async (by, options) => {
      const state = await log.refresh();
      if (isTakenBack(state, options.change)) {
        const forbidden = mayTakeBack(by, routing.current());
        if (forbidden !== null) return forbidden;
        const [changes, { generation }] = [[options.change ?? ''], routing.serving()];
        return { generation, changes, already: true, rows: await undo.preview(changes, generation) };
      }
      const event = rolledBack(log.wouldPerform(command(by, options)));
      if (isRefusal(event)) return event;
      const { generation, changes } = event;
      return { generation, changes, already: false, rows: await undo.preview(changes, generation) };
    },
  };
}

/** A change that served, and does not now. */
const isTakenBack = ({ line, admitted, live }: KernelState, change: string | undefined): boolean =>
  change !== undefined &&
  !line.some((entry) => entry.change === change) &&
  Object.values(live).some(({ generation }) => admitted[generation]?.change === change);
