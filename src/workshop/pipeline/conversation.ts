/** What was said before: the requests whose questions this one answers, oldest first, each with what it was answered. */
import type { ChangeEvent, ChangeRequest } from '#change';
import type { ChangeLog, Turn } from '#ports';

/** Turns that are looked back at. */
const MOST = 12;

export async function conversationOf(request: ChangeRequest, log: Pick<ChangeLog, 'request' | 'events'>): Promise<readonly Turn[]> {
  const turns: Turn[] = [];
  const seen = new Set<string>([request.id]);
  for (let at = request.continues; at !== undefined && !seen.has(at) && turns.length < MOST;) {
    seen.add(at);
    const [earlier, events] = await Promise.all([log.request(at), log.events(at)]);
    if (earlier === null) break;
    turns.unshift({ request: earlier.text, answer: answerOf(events) });
    at = earlier.continues;
  }
  return turns;
}

/** What came with the request, or with the nearest one before it that brought something: an answer to a question goes by the same documents. */
export async function withAttachments(request: ChangeRequest, log: Pick<ChangeLog, 'request'>): Promise<ChangeRequest> {
  const seen = new Set<string>();
  for (let one: ChangeRequest | null = request; one !== null && !seen.has(one.id) && seen.size < MOST;) {
    seen.add(one.id);
    if (one.attachments !== undefined) return { ...request, attachments: one.attachments };
    one = one.continues === undefined ? null : await log.request(one.continues);
  }
  return request;
}

function answerOf(events: readonly ChangeEvent[]): string {
  const ended = events.findLast((event) => event.kind === 'ended');
  if (ended === undefined) return 'It was not answered.';
  const options = ended.options?.map((option) => `- ${option.sentence}`) ?? [];
  return [`${ended.outcome}: ${ended.why}`, ...options].join('\n');
}
