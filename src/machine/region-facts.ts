/**
 * What the machine itself knows of the regions that a scope states: whose word they are, by its own record of the request, and for how
 * many of the rows that are there those of the author of the code hold. Counted while the gates still look, and found when the
 * certificate is there. A change that states no region costs nothing here.
 */
import {
  authorsRegions,
  canonicalJson,
  type CertificatePredicate,
  type Cover,
  type Expression,
  type Json,
  MOST_REGIONS,
  type RegionFacts,
} from '#kernel';
import { asKept, type RegionRead, rowsOfFormula } from '#model';
import type { CodeReader } from '#ports';
import type { Covered } from '#store';
import type { Running, UnaskedCalls } from './running.ts';
import type { SecondReading } from './second-reading.ts';

export type RegionFactsOf = (
  reading: SecondReading,
  of: Pick<CertificatePredicate, 'scope' | 'generator'>,
  request: { readonly proposal?: unknown; readonly regions?: RegionFacts['askedRegions'] },
) => Promise<RegionFacts>;
export interface RegionParts {
  readonly reader: Pick<CodeReader, 'regions'>;
  readonly calls: () => Pick<UnaskedCalls, 'covered'>;
  /** What has the rows. */
  readonly serving: () => Running | null;
}
/** Candidates whose counts are kept, each until its certificate is there. */
const KEPT = 4;

export function openRegionFacts({ reader, calls, serving }: RegionParts): RegionFactsOf {
  const known = new Map<string, Promise<readonly Cover[]>>();

  async function count(
    { model, whole }: SecondReading,
    regions: readonly (readonly [string, Expression | string])[],
  ): Promise<readonly Cover[]> {
    const running = serving();
    if (model === null || whole === null || running === null) return [];
    const texts = Object.fromEntries(regions.filter((one): one is readonly [string, string] => typeof one[1] === 'string'));
    const read = (Object.keys(texts).length === 0 ? {} : await reader.regions(whole.files, texts)) as {
      readonly [formula: string]: RegionRead;
    };
    const found = await Promise.all(
      regions.map(async ([formula, region]): Promise<readonly Cover[]> => {
        const meant: RegionRead | undefined = typeof region === 'string' ? read[formula] : { ok: true, expression: region };
        const entity = rowsOfFormula(formula, model);
        const holds = meant?.ok === true ? asKept(meant.expression, { now: model, kept: running.model }) : undefined;
        const covered: Covered | null = entity === undefined || holds === undefined ? null : await calls().covered(running, entity, holds);
        if (covered === null) return [];
        const { rows, of, newest } = covered;
        return [{ formula, rows, of, ...(newest ? { newest } : {}) }];
      }),
    );
    return found.flat();
  }

  return async (reading, of, request) => {
    const handedIn = request.proposal !== undefined;
    const word = { handedIn, askedRegions: handedIn ? {} : (request.regions ?? {}) };
    const { regions = {} } = of.scope;
    const looked = authorsRegions(of, word)
      .filter((formula) => reading.facts.changedFormulas.includes(formula))
      .flatMap((formula) => (regions[formula] === undefined ? [] : [[formula, regions[formula]] as const]));
    if (looked.length === 0 || looked.length > MOST_REGIONS) return { ...word, covers: [] };
    const key = canonicalJson([reading.generation.id, looked] as unknown as Json);
    const counting = known.get(key) ?? count(reading, looked);
    known.set(key, counting);
    counting.catch(() => known.delete(key));
    for (const oldest of [...known.keys()].slice(0, Math.max(0, known.size - KEPT))) known.delete(oldest);
    return { ...word, covers: await counting };
  };
}
