/** A candidate as people read it: its files against those of its base, line by line, and what the contracts promise differently. */
import type { Contract, Digest, Generation } from '#kernel';
import { testPathOf } from '#model';
import type { CandidateRecord, ControlReads } from '../control-reads.ts';
import type { CandidateJson, FileDifference } from '../resources.ts';
import { contractDifferences } from './contract-difference.ts';
import { lineDifference } from './line-difference.ts';

export async function candidateJson(reads: ControlReads, candidate: CandidateRecord, brought: Digest | null): Promise<CandidateJson> {
  const base = await reads.generation(candidate.base);
  const before = base === null ? new Map<string, string>() : await textsOf(reads, base, Object.keys(candidate.files));
  const after = brought === null ? null : await reads.generation(brought);
  const contracts =
    base === null || after === null ? [] : contractDifferences(await contractsOf(reads, base), await contractsOf(reads, after));
  return {
    id: candidate.id,
    generator: candidate.generator,
    base: candidate.base,
    notes: candidate.notes,
    generation: candidate.generation ?? brought,
    files: Object.entries(candidate.files)
      .sort(([a], [b]) => (a < b ? -1 : 1))
      .map(([path, text]) => fileDifference(path, before.get(path) ?? null, text)),
    contracts,
  };
}

function fileDifference(path: string, before: string | null, after: string | null): FileDifference {
  return {
    path,
    kind: before === null ? 'added' : after === null ? 'removed' : 'changed',
    before,
    after,
    lines: lineDifference(before ?? '', after ?? ''),
  };
}

/** The texts of these paths in a generation. */
async function textsOf(reads: ControlReads, generation: Generation, paths: readonly string[]): Promise<ReadonlyMap<string, string>> {
  const digests = new Map<string, Digest>([['theseus.json', generation.settings]]);
  for (const component of generation.components) {
    digests.set(component.path, component.source);
    if (component.tests !== undefined) digests.set(testPathOf(component.path), component.tests);
  }
  const wanted = paths.flatMap((path) => digests.get(path) ?? []);
  const texts = await reads.sources(wanted);
  return new Map(
    paths.flatMap((path) => {
      const digest = digests.get(path);
      const text = digest === undefined ? undefined : texts.get(digest);
      return text === undefined ? [] : [[path, text] as const];
    }),
  );
}
const contractsOf = async (reads: ControlReads, generation: Generation): Promise<readonly Contract[]> =>
  (await reads.components(generation)).map((component) => component.contract);
