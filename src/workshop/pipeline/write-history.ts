/** The projection into the source history follows what serves: a change, a rollback, whatever the kernel routed last. */
import type { Digest } from '#kernel';
import type { ChangeLog, SourceHistory } from '#ports';

/** What was written last, so that a look that finds nothing new costs one question. */
const written = new WeakMap<SourceHistory, Digest>();

export async function writeHistory(
  log: Pick<ChangeLog, 'serving' | 'sources' | 'lineage'>,
  history: SourceHistory,
  clock: () => number,
): Promise<void> {
  const generation = await log.serving();
  if (generation === null || written.get(history) === generation) return;
  const [files, lineage] = await Promise.all([log.sources(generation), log.lineage(generation)]);
  await history.commit({
    files,
    generation,
    change: lineage?.change ?? 'start',
    evidence: lineage?.certificate ?? 'none',
    message: lineage?.text ?? 'The system at its start',
    at: lineage?.at ?? clock(),
  });
  written.set(history, generation);
}
