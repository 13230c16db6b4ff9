/** Asks for a change, or goes on from one, and goes to where it can be watched. One request at a time. */
import { useQueryClient } from '@tanstack/react-query';
import { useNavigate } from '@tanstack/react-router';
import { useRef, useState } from 'react';
import type { AskJson } from '#api/client';
import { attemptKey, client } from '../system/client.ts';
import { changeQuery } from '../system/queries.ts';

/** `more`: the change that it goes on from, examples that must hold, rows for which formulas may differ, documents that it goes by. True once it was taken. */
export type Ask = (request: string, more?: Pick<AskJson, 'continues' | 'acceptance' | 'attachments' | 'regions'>) => Promise<boolean>;

export function useAsk(): { readonly ask: Ask; readonly busy: boolean; readonly cause: unknown } {
  const navigate = useNavigate();
  const queries = useQueryClient();
  const [cause, setCause] = useState<unknown>(null);
  const [busy, setBusy] = useState(false);
  const running = useRef(false);
  const ask: Ask = async (request, more = {}) => {
    if (request.trim() === '' || running.current) return false;
    running.current = true;
    setBusy(true);
    setCause(null);
    try {
      const asked = await client.ask({ request: request.trim(), ...more }, { idempotencyKey: attemptKey() });
      queries.setQueryData(changeQuery(asked.id).queryKey, asked);
      void queries.invalidateQueries({ queryKey: ['changes'] });
      await navigate({ to: '/', search: { change: asked.id } });
      return true;
    } catch (thrown) {
      setCause(thrown);
      return false;
    } finally {
      running.current = false;
      setBusy(false);
    }
  };
  return { ask, busy, cause };
}
