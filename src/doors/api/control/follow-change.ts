/** Follows the events of one change as they are written, until it is over, the reader has gone or the server closes. Leaves nothing behind. */
import type { ServerResponse } from 'node:http';
import type { ChangeEvent } from '#change';
import type { ControlReads } from '../control-reads.ts';
import { openBell } from './bell.ts';
import { isOver } from './change-json.ts';
import type { Notices } from './notices.ts';

interface Followed {
  readonly reads: Pick<ControlReads, 'changeEvents'>;
  readonly notices: Notices;
}

/** `see` is shown all events at each look, and answers whether it has seen enough. */
export async function followChange(
  { reads, notices }: Followed,
  change: string,
  outgoing: ServerResponse,
  see: (events: readonly ChangeEvent[]) => boolean,
  milliseconds: number = Number.POSITIVE_INFINITY,
): Promise<boolean> {
  const bell = openBell();
  const over = new AbortController();
  const giveUp = (): void => {
    over.abort();
    bell.ring();
  };
  const timer = Number.isFinite(milliseconds) ? setTimeout(giveUp, milliseconds) : undefined;
  const stops = [notices.follow(change, () => bell.ring()), notices.onClose(giveUp)];
  outgoing.once('close', giveUp);
  try {
    while (!over.signal.aborted) {
      if (see(await reads.changeEvents(change))) return true;
      await bell.next();
    }
    return false;
  } finally {
    clearTimeout(timer);
    outgoing.off('close', giveUp);
    for (const stop of stops) stop();
  }
}

/** Whether it was over, or waits for a person, within the time. */
export async function awaitEnd(followed: Followed, change: string, outgoing: ServerResponse, seconds: number): Promise<boolean> {
  if (seconds === 0) return isOver(await followed.reads.changeEvents(change));
  return followChange(followed, change, outgoing, isOver, seconds * 1_000);
}
