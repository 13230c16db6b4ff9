/** What every bench may be told on the command line; each takes what it knows. */
export interface BenchOptions {
  readonly seed: number;
  /** A part alone, by its name. */
  readonly only?: string;
  /** So many of all, drawn by the seed. */
  readonly sample?: number;
  /** Where what is done is kept, so that the next run goes on from there. */
  readonly record?: string;
  readonly minutes?: number;
  readonly say: (line: string) => void;
}
