/**
 * Why a mutant lives that no example notices: the prover shows that it gives the same for every row, or a row is known for which it does not, which an example must
 * show. What is not proved counts as noticed by nobody.
 */
import type { Json, PermanentId } from '#kernel';
import type { SystemModel } from '#model';
import { asJson, type Engines } from '../gate.ts';
import { prove } from '../proof/prove.ts';
import { systemOf } from '../proof/statements.ts';
import type { Trying } from './trying.ts';

export interface Survivor {
  readonly trying: Trying;
  readonly equivalent: boolean;
  /** A row that tells the two apart. */
  readonly row?: Json;
}
const PROOF_MS = 400;

export async function explained(
  survivors: readonly Trying[],
  about: PermanentId | undefined,
  model: SystemModel,
  engines: Engines,
  until: number,
): Promise<readonly Survivor[]> {
  const system = systemOf(model);
  return Promise.all(
    survivors.map(async (trying): Promise<Survivor> => {
      const left = until - performance.now();
      if (about === undefined || trying.formula === undefined || left < 1) return { trying, equivalent: false };
      const answer = await prove({ system, before: system, about, given: [], claim: { kind: 'same', ...trying.formula } }, engines.solver, {
        milliseconds: Math.min(left, PROOF_MS),
        ...(engines.signal === undefined ? {} : { signal: engines.signal }),
      });
      return {
        trying,
        equivalent: answer.verdict === 'proved',
        ...(answer.verdict === 'refuted' && answer.witness !== undefined ? { row: asJson(answer.witness) } : {}),
      };
    }),
  );
}
