/**
 * Keeps the page true: listens to the system and makes stale what has changed. Only while the page is seen, because a
 * browser holds six connections to one origin over HTTP/1.1, and forgotten tabs would take them all.
 */
import { useQueryClient } from '@tanstack/react-query';
import { useEffect, useState } from 'react';
import { client, problemOf } from './client.ts';
import { hangsOnGeneration } from './queries.ts';

/** Between attempts, once the client itself has given up reconnecting. */
const pauseMs = 5_000;

/** The generation that came to serve while the page was open; null until one does. */
export function useLiveSystem(signedIn: boolean): { readonly generation: string; readonly activation: number } | null {
  const queries = useQueryClient();
  const seen = useSeen();
  const [arrived, setArrived] = useState<{ generation: string; activation: number } | null>(null);
  useEffect(() => {
    if (!signedIn || !seen) return;
    const stop = new AbortController();
    let last: number | null = null;
    const generationChanged = (): void =>
      void queries.invalidateQueries({ predicate: (query) => hangsOnGeneration.has(String(query.queryKey[0])) });
    const listen = async (): Promise<void> => {
      for await (const event of client.watchSystem({ signal: stop.signal })) {
        if (event.kind === 'change') {
          void queries.invalidateQueries({ queryKey: ['changes'] });
          void queries.invalidateQueries({ queryKey: ['change', event.change] });
        } else if (event.kind === 'generation') {
          last = event.activation;
          setArrived({ generation: event.generation, activation: event.activation });
          generationChanged();
        } else {
          if (last !== null && last !== event.activation) generationChanged();
          last = event.activation;
          void queries.invalidateQueries({ queryKey: ['health'] });
        }
      }
    };
    const keepListening = async (): Promise<void> => {
      while (!stop.signal.aborted) {
        try {
          await listen();
        } catch (cause) {
          // Whoever may not listen looks anew by going to a page; a system that is away for long comes back some time.
          if (problemOf(cause).status >= 400 && problemOf(cause).status < 500) return;
          void queries.invalidateQueries({ queryKey: ['health'] });
        }
        await new Promise((resolve) => setTimeout(resolve, pauseMs));
      }
    };
    void keepListening();
    return () => stop.abort();
  }, [queries, seen, signedIn]);
  return arrived;
}

export function useSeen(): boolean {
  const [seen, setSeen] = useState(() => document.visibilityState === 'visible');
  useEffect(() => {
    const look = (): void => setSeen(document.visibilityState === 'visible');
    document.addEventListener('visibilitychange', look);
    return () => document.removeEventListener('visibilitychange', look);
  }, []);
  return seen;
}
