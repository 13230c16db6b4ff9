/** Keeps the last generations read, so that a change costs what it changes and not what there is. */
import { type Digest, Fault } from '#kernel';
import { type Engines, type GateInput, gateInput } from '#gates';
import type { ChangeLog } from '#ports';

const KEPT = 4;

export interface Bases {
  get(generation: Digest): Promise<GateInput>;
  /** What a candidate was read as, which is the base of the next change when it goes live. */
  keep(input: GateInput): void;
}

export function openBases(log: Pick<ChangeLog, 'sources'>, engines: Pick<Engines, 'reader'>): Bases {
  const kept = new Map<Digest, GateInput>();
  const keep = (input: GateInput): void => {
    kept.delete(input.generation.id);
    kept.set(input.generation.id, input);
    for (const oldest of [...kept.keys()].slice(0, Math.max(0, kept.size - KEPT))) kept.delete(oldest);
  };
  return {
    keep,
    get: async (generation) => {
      const known = kept.get(generation);
      if (known !== undefined) return known;
      const input = await gateInput(await log.sources(generation), engines);
      if ('ok' in input)
        throw new Fault('tampered', `Generation ${generation} serves, and its sources do not read: ${input.problems[0]?.message ?? ''}`);
      if (input.generation.id !== generation)
        throw new Fault('tampered', `The sources of generation ${generation} are those of ${input.generation.id}.`);
      keep(input);
      return input;
    },
  };
}
