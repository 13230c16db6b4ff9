/** Asks another sentence, and goes to where it can be watched. */
import { useQueryClient } from '@tanstack/react-query';
import { useNavigate } from '@tanstack/react-router';
import { useRef, useState } from 'react';
import { attemptKey, client } from '../system/client.ts';
import { changeQuery } from '../system/queries.ts';

export function useAskInstead(): { readonly ask: (sentence: string) => void; readonly cause: unknown } {
  const navigate = useNavigate();
  const queries = useQueryClient();
  const [cause, setCause] = useState<unknown>(null);
  const busy = useRef(false);
  const ask = async (request: string): Promise<void> => {
    if (busy.current) return;
    busy.current = true;
    setCause(null);
    try {
      const asked = await client.ask({ request }, { idempotencyKey: attemptKey() });
      queries.setQueryData(changeQuery(asked.id).queryKey, asked);
      await navigate({ to: '/', search: { change: asked.id } });
    } catch (thrown) {
      setCause(thrown);
    } finally {
      busy.current = false;
    }
  };
  return { ask: (sentence) => void ask(sentence), cause };
}
