/** A change as it is now: read once, moved on by its stream while it runs, read again when it has ended. */
import { useQuery, useQueryClient, type UseQueryResult } from '@tanstack/react-query';
import { useEffect } from 'react';
import type { ChangeDetail } from '#api/client';
import { client } from '../system/client.ts';
import { useSeen } from '../system/live.tsx';
import { changeQuery } from '../system/queries.ts';
import { applyEvent } from './apply-event.ts';

export function useChange(id: string): UseQueryResult<ChangeDetail> {
  const queries = useQueryClient();
  // Should the stream break off for good, the change is still looked at from time to time.
  const result = useQuery({ ...changeQuery(id), refetchInterval: ({ state }) => (isMoving(state.data) ? 5_000 : false) });
  const seen = useSeen();
  const moves = isMoving(result.data);
  useEffect(() => {
    if (!moves || !seen) return;
    const stop = new AbortController();
    const key = changeQuery(id).queryKey;
    const follow = async (): Promise<void> => {
      const last = queries.getQueryData(key)?.events.at(-1)?.seq;
      for await (const event of client.watchChange(id, { signal: stop.signal, ...(last === undefined ? {} : { after: last }) })) {
        queries.setQueryData(key, (change) => (change === undefined ? change : applyEvent(change, event)));
        if (event.kind === 'ended') break;
      }
      await queries.invalidateQueries({ queryKey: key });
      await queries.invalidateQueries({ queryKey: ['changes'] });
    };
    follow().catch(() => void queries.invalidateQueries({ queryKey: key }));
    return () => stop.abort();
  }, [id, moves, queries, seen]);
  return result;
}

const isMoving = (change: ChangeDetail | undefined): boolean =>
  change !== undefined && (change.state === 'queued' || change.state === 'running');
