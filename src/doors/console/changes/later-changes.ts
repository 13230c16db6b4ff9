/** What stands on a change, and would go with it. Pure. */
import type { GenerationSummary } from '#api/client';

/** Changes that came live after this generation and are in force still, newest first. Pure. */
export function laterChanges(generations: readonly GenerationSummary[], change: string): readonly GenerationSummary[] {
  const inForce = generations.filter((generation) => generation.inForce);
  const at = inForce.findIndex((generation) => generation.change === change);
  return at < 0 ? [] : inForce.slice(0, at).filter((generation) => generation.change !== null);
}
