/**
 * How much one call of a component may take. A contract states its own caps; none lies above the hard limits, whatever a contract,
 * a policy or a row in the database says. The machine holds each call to the smaller of both.
 */
import type { Caps, HourlyCaps } from './contract.ts';

export const hardCaps: Caps = {
  wallMs: 60_000,
  capabilityCalls: 10_000,
  rows: 100_000,
  /** Characters of all that it sends in one call, and of its result. */
  bytes: 8_000_000,
};
export const defaultCaps: Caps = { wallMs: 5_000, capabilityCalls: 1_000, rows: 10_000, bytes: 4_194_304 };

/** What no reaction and no job may pass in an hour, whatever its contract says. */
export const hardHourly: HourlyCaps = { runs: 100_000, wallMs: 3_600_000 };

/** Runs of reactions that may follow from one another: a loop ends here, as a dead letter. */
export const deepestChain = 16;

/** A cap that is no number from 1 on counts as the default. */
export function boundedCaps(caps: Caps): Caps {
  const bounded = (name: keyof Caps): number =>
    Number.isSafeInteger(caps[name]) && caps[name] >= 1 ? Math.min(caps[name], hardCaps[name]) : defaultCaps[name];
  return { wallMs: bounded('wallMs'), capabilityCalls: bounded('capabilityCalls'), rows: bounded('rows'), bytes: bounded('bytes') };
}
