/** Reads that callers made in service, as the kernels kept them: shapes, counts and times, and nothing of any row. */
import type { Pool } from 'pg';
import type { ReadShape, SeenRead } from '#ports';
import { loadReadsSeen, shareWithin } from '#store/records';

/** What was asked lately: requests of last month say little of what is slow today. */
const days = 7;
const mostSeen = 500;

export const seenReads =
  (pool: Pool) =>
  async (most: number = mostSeen): Promise<readonly SeenRead[]> =>
    (await loadReadsSeen(pool, { days, most })).map(({ shape, seen, totalMs, steps }) => ({
      shape: JSON.parse(shape) as ReadShape,
      seen,
      meanMs: Math.round((totalMs / Math.max(1, seen)) * 100) / 100,
      halfWithinMs: shareWithin(steps, 0.5),
      mostWithinMs: shareWithin(steps, 0.95),
    }));
