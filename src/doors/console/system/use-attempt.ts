/** The key of an attempt: the same values sent again are the same attempt, other values are another one. */
import { useRef } from 'react';
import type { JsonObject } from '#api/client';
import { attemptKey } from './client.ts';

export function useAttempt(): (values: JsonObject) => string {
  const last = useRef<{ readonly text: string; readonly key: string } | null>(null);
  return (values) => {
    const text = JSON.stringify(values);
    if (last.current?.text !== text) last.current = { text, key: attemptKey() };
    return last.current.key;
  };
}
