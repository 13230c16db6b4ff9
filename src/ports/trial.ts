/** Runs examples of a candidate on the real broker and store over a trial database, each rolled back. */
import type { Json } from '#kernel';

export interface ExampleResult { readonly name: string; readonly passed: boolean; readonly step?: number; readonly expected?: Json; readonly actual?: Json; readonly why?: string; readonly wallMs: number }
export interface Trial {
  /** `reading`: the SystemReading of the candidate; `examples` as read from test files. */
  run(reading: Json, examples: Json): Promise<readonly ExampleResult[]>;
  close(): Promise<void>;
}
