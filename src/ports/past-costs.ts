/** What changes cost before, by who wrote them: the figures behind an estimate. */
export interface PastCost {
  readonly generator: string;
  /** Changes that it wrote a candidate for, among the latest. */
  readonly changes: number;
  /** Of these, how many went live. */
  readonly live: number;
  /** Medians a change; null: unknown, never nothing. */
  readonly cpuMs: number | null;
  readonly usd: number | null;
}
export interface PastCosts {
  latest(): Promise<readonly PastCost[]>;
}
