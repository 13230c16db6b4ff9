/** Asks another sentence, and goes to where it can be watched. */
import { useQueryClient } from '@tanstack/react-query';
import { useNavigate } from '@tanstack/react-router';
import { useState } from 'react';
import { attemptKey, client } from '../system/client.ts';
import { changeQuery } from '../system/queries.ts';

export function useAskInstead(): { readonly ask: (sentence: string) => void; readonly cause: unknown } {
  const navigate = useNavigate();
  const queries = useQueryClient();
  const [cause, setCause] = useState<unknown>(null);
  const ask = async (request: string): Promise<void> => {
    setCause(null);
    try {
      const asked = await client.ask({ request }, { idempotencyKey: attemptKey() });
      queries.setQueryData(changeQuery(asked.id).queryKey, asked);
      await navigate({ to: '/', search: { change: asked.id } });
    } catch (thrown) {
      setCause(thrown);
    }
  };
  return { ask: (sentence) => void ask(sentence), cause };
}
