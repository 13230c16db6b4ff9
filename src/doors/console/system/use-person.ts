/** Names of people and programs, whom the records know by their ids; of others than oneself only owners may read them. */
import { useQuery } from '@tanstack/react-query';
import { useMemo } from 'react';
import { callersQuery, sessionQuery } from './queries.ts';

export function usePerson(): (id: string) => string {
  const session = useQuery(sessionQuery()).data;
  const callers = useQuery({ ...callersQuery(), enabled: session?.may.administer === true, staleTime: 60_000 }).data;
  return useMemo(() => {
    const names = new Map(callers?.items.map((caller) => [caller.id, caller.name]));
    if (session !== null && session !== undefined) names.set(session.caller.id, session.caller.name);
    return (id) => names.get(id) ?? (/^[0-9a-f]{8}-[0-9a-f-]{27}$/.test(id) ? `…${id.slice(-6)}` : id);
  }, [callers, session]);
}
