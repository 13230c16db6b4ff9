/** A solver of scripts in SMT-LIB 2. It may say that it does not know; a caller never takes that for a yes. */
export interface SolverLimit {
  /** Of the clock. A solver that is late is ended from outside. */
  readonly milliseconds: number;
  /** Steps in the solver's own count: the same script ends at the same place on every machine. */
  readonly effort: number;
}
export interface SolverAnswer {
  readonly verdict: 'sat' | 'unsat' | 'unknown';
  /** Where it is satisfied: the text of a model, `(define-fun name () Int value)` for each constant. */
  readonly model?: string;
  /** Why it is unknown. */
  readonly why?: string;
}
export interface Solver {
  /** Name and version, for the evidence. */
  readonly name: string;
  /** Declarations and assertions; without `check-sat`. */
  solve(script: string, limit: SolverLimit): Promise<SolverAnswer>;
  /** Makes it ready, so that the first question need not wait. */
  warm(): Promise<void>;
  /** Processor milliseconds of processes of its own; none where it works in threads of the caller's. */
  cpuMs(): number;
  close(): Promise<void>;
}
