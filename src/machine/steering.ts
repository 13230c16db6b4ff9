/**
 * What people steer with: approve and reject, take back, freeze, release what is held, and try again or give up what failed for
 * good. Each is decided by the kernel or the policy, done once, and written to the audit with who did it; a refusal leaves no mark.
 */
import type { Pool } from 'pg';
import { type Caller, changeId, instant, isRefusal, type Json, refuse } from '#kernel';
import { appendChangeEvent, loadCertificate, loadChangeEvents, reviveSending, saveAudit, stopSending } from '#store/records';
import type { Admission } from './admission.ts';
import type { GuiltLog } from './guilt.ts';
import type { KernelLog } from './kernel-log.ts';
import type { Routing } from './routing.ts';
import type { Machine, UnaskedCalls } from './running.ts';
import { takingBack } from './taking-back.ts';
import { mayTakeBack } from './unasked/may-take-back.ts';
import type { Unasked } from './unasked/open-unasked.ts';
import type { Undoing } from './undo/open-undo.ts';

export interface SteeringParts {
  readonly pool: Pool;
  readonly log: KernelLog;
  readonly routing: Routing;
  readonly admission: Pick<Admission, 'lookSoon'>;
  readonly guilt: Pick<GuiltLog, 'release'>;
  readonly unasked: Pick<Unasked, 'retry' | 'stop'>;
  readonly calls: Pick<UnaskedCalls, 'standing'>;
  readonly undo: Pick<Undoing, 'preview' | 'begin'>;
  /** Looks at requests to hosts outside that are due. */
  readonly lookAtSendings: () => Promise<void>;
  readonly clock: () => number;
  readonly note: (what: string, cause: unknown) => void;
}
export type Steering = Pick<
  Machine,
  | 'rollBack'
  | 'wouldRollBack'
  | 'approveChange'
  | 'rejectChange'
  | 'freeze'
  | 'unfreeze'
  | 'release'
  | 'retryDelivery'
  | 'stopDelivery'
  | 'retrySending'
  | 'stopSending'
>;

export function openSteering(parts: SteeringParts): Steering {
  const { pool, log, routing, admission, guilt, unasked, clock, note } = parts;
  const audit = (by: Caller, action: string, told: { readonly subject?: string; readonly detail?: Json } = {}): Promise<void> =>
    saveAudit(pool, { caller: by.id, action, ...told });

  return {
    ...takingBack(parts),
    approveChange: async (by, session, change) => {
      const events = await loadChangeEvents(pool, change);
      const certified = events.findLast((event) => event.kind === 'certified');
      const certificate = certified === undefined ? null : await loadCertificate(pool, certified.certificate);
      if (certificate === null) return refuse('not-found', 'That change waits for no approval.');
      const ended = events.findLast((event) => event.kind === 'ended');
      if (ended !== undefined) return refuse('conflict', `That change waits for no approval: it has ended (${ended.outcome}).`);
      const { digest } = certificate;
      const at = instant(clock());
      const decided = await log.perform({
        kind: 'approve',
        at,
        by,
        policy: routing.policy(),
        approval: { certificate: digest, by: by.id, roles: by.roles, session, at },
      });
      if (isRefusal(decided)) return decided;
      await audit(by, 'approve', { subject: change, detail: { certificate: digest } });
      admission.lookSoon();
      return { approved: true };
    },
    rejectChange: async (by, change, why) => {
      const { approve } = routing.policy();
      if (!by.roles.some((role) => approve.includes(role))) return refuse('forbidden', `Only ${approve.join(' or ')} may reject a change.`);
      const events = await loadChangeEvents(pool, change);
      if (events.length === 0 || events.some((event) => event.kind === 'ended'))
        return refuse('conflict', 'That change waits for no approval.');
      await appendChangeEvent(pool, {
        change: changeId(change),
        at: instant(clock()),
        kind: 'ended',
        outcome: 'rejected',
        why: why === '' ? `Rejected by ${by.name}.` : why,
      });
      await audit(by, 'reject', { subject: change, detail: { why } });
      return { rejected: true };
    },
    freeze: async (by, why) => {
      const decided = await log.perform({ kind: 'freeze', at: instant(clock()), by, why, policy: routing.policy() });
      if (isRefusal(decided)) return decided;
      await audit(by, 'freeze', { detail: { why } });
      return { frozen: true };
    },
    unfreeze: async (by) => {
      const decided = await log.perform({ kind: 'unfreeze', at: instant(clock()), by, policy: routing.policy() });
      if (isRefusal(decided)) return decided;
      await audit(by, 'unfreeze');
      return { frozen: false };
    },
    release: async (by, component) => {
      const released = await guilt.release(by, component);
      if (!isRefusal(released)) await audit(by, 'release', { subject: component });
      return released;
    },
    retryDelivery: async (by, no) => {
      const retried = await unasked.retry(by, no);
      if (isRefusal(retried)) return retried;
      await audit(by, 'retry-delivery', { subject: retried.component, detail: { no } });
      return { waiting: true };
    },
    stopDelivery: async (by, no, why) => {
      const stopped = await unasked.stop(by, no, why);
      if (isRefusal(stopped)) return stopped;
      await audit(by, 'stop-delivery', { subject: stopped.component, detail: { no, why } });
      return { stopped: true };
    },
    retrySending: async (by, id) => {
      const component = mayTakeBack(by, routing.current()) ?? (await reviveSending(pool, id));
      if (component === null) return refuse('not-found', 'No request of that id is dead. All are listed at /_theseus/sendings.');
      if (isRefusal(component)) return component;
      await audit(by, 'retry-sending', { subject: component, detail: { id } });
      void parts.lookAtSendings().catch((cause: unknown) => note('sendings', cause));
      return { waiting: true };
    },
    stopSending: async (by, id, why) => {
      const component = mayTakeBack(by, routing.current()) ?? (await stopSending(pool, id, why === '' ? `Given up by ${by.name}.` : why));
      if (component === null) return refuse('not-found', 'No request of that id is dead or waits. All are listed at /_theseus/sendings.');
      if (isRefusal(component)) return component;
      await audit(by, 'stop-sending', { subject: component, detail: { id, why } });
      return { stopped: true };
    },
  };
}
