/**
 * `fetch` for one try at a provider, with its own eyes: no byte for too long, or too many bytes, stops it. Why not the SDK's limits: its
 * chunk timers do not run before the headers are there. It follows no redirect, which could carry a key to another host.
 */
export interface Watch {
  readonly fetch: typeof globalThis.fetch;
  /** Why it was stopped; undefined while it was not. */
  readonly stopped: () => Stopped | undefined;
  readonly signal: AbortSignal;
  /** Whether the request was answered at all. */
  readonly answered: () => boolean;
  close(): void;
}
export type Stopped = 'total' | 'stall' | 'too-long' | 'asked';

export interface WatchLimits {
  readonly totalMs: number;
  readonly stallMs: number;
  readonly bytes: number;
  readonly signal: AbortSignal;
}

export function watchedFetch({ totalMs, stallMs, bytes, signal }: WatchLimits): Watch {
  const control = new AbortController();
  let stopped: Stopped | undefined;
  let answered = false;
  let seen = 0;
  const stop = (why: Stopped) => (): void => {
    stopped ??= why;
    control.abort();
  };
  const total = setTimeout(stop('total'), totalMs);
  let stall = setTimeout(stop('stall'), stallMs);
  const asked = stop('asked');
  signal.addEventListener('abort', asked, { once: true });
  if (signal.aborted) asked();
  const heard = (): void => {
    clearTimeout(stall);
    if (stopped === undefined) stall = setTimeout(stop('stall'), stallMs);
  };
  const count = new TransformStream<Uint8Array, Uint8Array>({
    transform(chunk, controller) {
      heard();
      seen += chunk.byteLength;
      if (seen > bytes) stop('too-long')();
      controller.enqueue(chunk);
    },
  });
  return {
    signal: control.signal,
    stopped: () => stopped,
    answered: () => answered,
    fetch: async (input, init) => {
      const response = await fetch(input, { ...init, redirect: 'error', signal: control.signal });
      answered = true;
      heard();
      return new Response(response.body?.pipeThrough(count) ?? null, {
        status: response.status,
        statusText: response.statusText,
        headers: response.headers,
      });
    },
    close: () => {
      clearTimeout(total);
      clearTimeout(stall);
      signal.removeEventListener('abort', asked);
      control.abort();
    },
  };
}
