/** Whether somebody has ended a change while it runs: then what is under way is aborted, and nothing of it is certified. */
import type { ChangeId } from '#kernel';
import type { ChangeLog } from '#ports';

export interface Stop {
  readonly signal: AbortSignal;
  close(): void;
}

export const isStopped = async (change: ChangeId, log: Pick<ChangeLog, 'events'>): Promise<boolean> =>
  (await log.events(change)).some((event) => event.kind === 'ended');

export function stoppedBy(change: ChangeId, log: Pick<ChangeLog, 'events' | 'watch'>): Stop {
  const stopped = new AbortController();
  const look = (): void => {
    isStopped(change, log).then(
      (ended) => ended && stopped.abort(),
      () => undefined,
    );
  };
  return { signal: stopped.signal, close: log.watch(change, look) };
}
