/**
 * Who may knock how often, as policy says (`limits` of theseus.json): rows by caller, what steers the system by caller, guesses by
 * address. What it promises: whoever has a key, a session or a fresh link is not held up by what others guess, but for the seconds in
 * which their own address has failed to sign in too often. Kept in memory, bounded; another process counts for itself.
 */
import { type Limits, refuse, type Refusal } from '#kernel';
import { houseOf, openBuckets, type Rate, tooMany } from './rate-limit.ts';

export interface Knocks {
  /** A call for rows, or a look at the control API. */
  call(caller: string): Refusal | null;
  /** An alteration through the control API. */
  control(caller: string): Refusal | null;
  /** A call by who proves nothing. */
  anybody(address: string | undefined): Refusal | null;
  /** Whether this address may try to sign in now. */
  signIn(address: string | undefined): Refusal | null;
  signInFailed(address: string | undefined): void;
  /** A key or session that nobody has: `refusal` itself, until it comes too often. */
  unknown(address: string | undefined, refusal: Refusal): Refusal;
  /** A stream that stays open; call what it answers when the stream ends. */
  stream(caller: string): (() => void) | Refusal;
}

/** Unknown keys and ended sessions a second from one address: a page that was left open asks again and again. */
const unknownRate: Rate = { perSecond: 10, burst: 200 };
/** Streams that one caller may leave open: a page needs one, a watched change one more. */
const mostStreams = 100;
/** After a rest as much as this many seconds' worth comes at once. */
const restSeconds = 10;

export function openKnocks(limits: () => Limits | null, clock: () => number): Knocks {
  const calls = openBuckets(clock);
  const controls = openBuckets(clock);
  const signIns = openBuckets(clock);
  const unknowns = openBuckets(clock);
  const streams = new Map<string, number>();
  const perSecond = (count: number): Rate => ({ perSecond: count, burst: count * restSeconds });
  const perMinute = (count: number): Rate => ({ perSecond: count / 60, burst: count });
  return {
    call(caller) {
      const most = limits()?.calls ?? null;
      if (most === null) return null;
      const wait = calls.take(caller, perSecond(most));
      return wait === 0 ? null : tooMany(`You may call ${most} times a second here.`, wait);
    },
    control(caller) {
      const most = limits()?.control;
      if (most === undefined) return null;
      const wait = controls.take(caller, perSecond(most));
      return wait === 0 ? null : tooMany(`You may alter what steers the system ${most} times a second.`, wait);
    },
    anybody(address) {
      const most = limits()?.control;
      if (most === undefined) return null;
      const wait = controls.take(`anyone ${houseOf(address)}`, perSecond(most));
      return wait === 0 ? null : tooMany(`Without a key you may call ${most} times a second here.`, wait);
    },
    signIn(address) {
      const most = limits()?.signIns;
      if (most === undefined) return null;
      const wait = signIns.wait(houseOf(address), perMinute(most));
      return wait === 0 ? null : tooMany('Too many sign-ins failed from this address.', wait);
    },
    signInFailed(address) {
      const most = limits()?.signIns;
      if (most !== undefined) signIns.take(houseOf(address), perMinute(most));
    },
    unknown(address, refusal) {
      const wait = unknowns.take(houseOf(address), unknownRate);
      return wait === 0 ? refusal : tooMany(`Too many unknown keys and ended sessions came from this address. ${refusal.why}`, wait);
    },
    stream(caller) {
      const open = streams.get(caller) ?? 0;
      if (open >= mostStreams) return refuse('rate-limited', `You have ${mostStreams} streams of events open. Close one first.`, { open });
      streams.set(caller, open + 1);
      return () => {
        const left = (streams.get(caller) ?? 1) - 1;
        if (left > 0) streams.set(caller, left);
        else streams.delete(caller);
      };
    },
  };
}
