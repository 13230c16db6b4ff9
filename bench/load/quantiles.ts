/** Nearest-rank quantiles, rounded for people. */
export function quantile(values: readonly number[], share: number): number {
  const sorted = values.toSorted((a, b) => a - b);
  return rounded(sorted[Math.min(sorted.length - 1, Math.max(0, Math.ceil(share * sorted.length) - 1))] ?? 0);
}
export const median = (values: readonly number[]): number => quantile(values, 0.5);
export const p50p95 = (values: readonly number[]): { readonly p50: number; readonly p95: number } => ({
  p50: quantile(values, 0.5),
  p95: quantile(values, 0.95),
});
export const rounded = (value: number): number => Math.round(value * 1000) / 1000;

/** A small seeded generator (mulberry32), so that a run can be repeated. */
export function seeded(seed: number): () => number {
  let state = seed >>> 0;
  return () => {
    state = (state + 0x6d2b79f5) >>> 0;
    let mixed = state;
    mixed = Math.imul(mixed ^ (mixed >>> 15), mixed | 1);
    mixed ^= mixed + Math.imul(mixed ^ (mixed >>> 7), mixed | 61);
    return ((mixed ^ (mixed >>> 14)) >>> 0) / 2 ** 32;
  };
}
