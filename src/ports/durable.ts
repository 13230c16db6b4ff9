/** Durable runs: a workflow resumes after any process died, with nothing lost; a step may run again, so steps are idempotent. */
export interface Run {
  /** Runs `work` once and records its result; after a restart the recorded result is answered. */
  step<Result>(name: string, work: () => Promise<Result>): Promise<Result>;
  /** Waits for a signal to this run, or answers null after `timeoutMs`. */
  signal(topic: string, timeoutMs: number): Promise<string | null>;
  sleep(milliseconds: number): Promise<void>;
  /** Leaves the queue while `work` lasts, so that others go on meanwhile, and waits for a turn again after it. */
  aside<Result>(work: () => Promise<Result>): Promise<Result>;
}
export interface Durable {
  /** Declares a workflow; before `launch`. Runs of one `queue` follow one another; those without run side by side. */
  workflow(name: string, body: (run: Run, input: string) => Promise<string>, queue?: string): void;
  launch(): Promise<void>;
  /** Starts a run; a second start with the same id is the same run. */
  start(workflow: string, id: string, input: string): Promise<void>;
  /** What the run answered, once it has ended. */
  result(id: string): Promise<string>;
  send(id: string, topic: string, message: string): Promise<void>;
  /** Ids of the runs that have not ended. */
  unfinished(): Promise<readonly string[]>;
  close(): Promise<void>;
}
