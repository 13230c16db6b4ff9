/**
 * What n independent draws without a failure say: at 95%, how large the share of failing draws can at most be. Exact, 1 - 0.05^(1/n),
 * which the rule of three (3/n) comes close to from above: Hanley and Lippman-Hand, JAMA 249 (1983). It speaks of draws of this kind alone.
 */
export function boundAt95(draws: number): string {
  const share = draws < 1 ? 1 : 1 - 0.05 ** (1 / draws);
  return `at 95% fewer than ${(Math.ceil(share * 1_000) / 10).toFixed(1)}% of such draws would fail`;
}
