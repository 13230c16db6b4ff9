/** When a run that failed is tried again. Pure: chance is given. */
import type { Retries } from '#kernel';

/** Limits above which no contract goes, whatever a row in the database says. */
const hard: Retries = { attempts: 20, firstMs: 3_600_000, mostMs: 86_400_000 };

/**
 * Milliseconds until the next try after `tried` ones, or null where there is none. Twice as long each time, and somewhere between
 * half and all of it ("equal jitter"), so that what failed together does not come back together. `chance` is from 0 to 1.
 */
export function nextTryIn({ attempts, firstMs, mostMs }: Retries, tried: number, chance: number): number | null {
  if (tried >= Math.min(attempts, hard.attempts)) return null;
  const most = Math.min(mostMs, hard.mostMs);
  const whole = Math.min(most, Math.min(firstMs, hard.firstMs) * 2 ** Math.max(0, tried - 1));
  return Math.round(whole / 2 + (whole / 2) * chance);
}
