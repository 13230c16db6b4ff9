/** What holds of a reaction or a job whose definition says nothing of it. */
import type { HourlyCaps, Retries } from '#kernel';

export const unaskedDefaults: { readonly retries: Retries; readonly hourly: HourlyCaps } = {
  retries: { attempts: 8, firstMs: 1_000, mostMs: 600_000 },
  hourly: { runs: 10_000, wallMs: 600_000 },
};
