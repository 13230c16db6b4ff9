/** What a run of a change is given: everything outside that its stages may touch, by port. */
import type { Digest, Json } from '#kernel';
import type { Engines, GateInput } from '#gates';
import type { ChangeLog, Generator, GeneratorContext, Signer } from '#ports';

export interface ChangeParts {
  readonly log: ChangeLog;
  readonly generator: Generator;
  readonly engines: Engines;
  readonly signer: Signer;
  readonly clock: () => number;
  /** Today in the system's time zone, as 2026-01-31. */
  readonly today: (timeZone: string) => string;
  /** Rows of the live system that a condition would touch. */
  readonly count: (entity: string, where: Json | null) => Promise<number>;
  /** A generation as gates see it, kept warm. */
  readonly base: (generation: Digest) => Promise<GateInput>;
}

export const contextOf = (parts: ChangeParts, base: GateInput, change: string): GeneratorContext => ({
  reading: base.reading as unknown as Json,
  sources: base.files,
  count: parts.count,
  change,
  today: parts.today(base.reading.settings.timeZone),
});
