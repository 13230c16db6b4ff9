/**
 * Whether a stated time is kept in service, judged minute by minute by an always-valid sequential test, which may be looked at after every
 * minute: answers of one moment hang together, so a minute counts once, as late where more than one in twenty of its answers came after the
 * time. It is tested that no more than one minute in ten is late, by a bet at even chances (an e-process that begins anew from 1, as in
 * e-detectors: Shin, Ramdas and Rinaldo, 2022). One slow answer, or one bad minute, breaks nothing; good minutes mend it. Pure.
 */
import { keptMinutes, type TimesKeptRow } from '#store/records';

export interface TimeVerdict {
  /** For long enough. */
  readonly broken: boolean;
  /** The first minute since 1970 of what is broken now; null where it is kept. */
  readonly since: number | null;
  readonly minutes: number;
  readonly lateMinutes: number;
  /** Answers, and those of them that came later. */
  readonly seen: number;
  readonly late: number;
}
const lateShare = 0.05;
const expected = 0.1;
const betting = 0.5;
/** Broken from here on: six late minutes in a row, and falsely less than once in 10,000 minutes. At 1 it is kept again: after half an hour at most. */
const enough = 10_000;
const most = 1_000_000;

/** `rows`: of one entity and one time, in the order of their minutes. */
export function timeVerdict(rows: readonly Pick<TimesKeptRow, 'minute' | 'seen' | 'late'>[]): TimeVerdict {
  let wealth = 1;
  let broken = false;
  let began: number | null = null;
  const sums = { minutes: 0, lateMinutes: 0, seen: 0, late: 0 };
  for (const { minute, seen, late } of rows.slice(-keptMinutes)) {
    if (seen === 0) continue;
    const isLate = late > lateShare * seen;
    if (wealth <= 1) {
      wealth = 1;
      broken = false;
      began = isLate ? minute : null;
    }
    wealth = Math.min(most, wealth * (isLate ? betting / expected : (1 - betting) / (1 - expected)));
    if (wealth >= enough) broken = true;
    sums.minutes += 1;
    sums.lateMinutes += isLate ? 1 : 0;
    sums.seen += seen;
    sums.late += late;
  }
  if (wealth <= 1) broken = false;
  return { broken, since: broken ? began : null, ...sums };
}
