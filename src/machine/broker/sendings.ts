/**
 * Sends what transactions left in the outbox for hosts outside: after the commit, at least once, each always with the same
 * Idempotency-Key, so that the other side can tell a repetition. Tries again with growing pauses; what cannot be sent is dead, and a
 * person may revive it. Never: what the component may not send any more by the generation that serves now.
 */
import type { Pool } from 'pg';
import { hasBody, isRefusal, type Json } from '#kernel';
import type { SystemModel } from '#model';
import type { Outside } from '#ports';
import { endSending, type Sending, type SendingEnd, takeSendings } from '#store/records';
import { askedFetch } from './asked-fetch.ts';
import { credentialFor, fetchGrants } from './fetches.ts';

export interface SendingsParts {
  readonly pool: Pool;
  readonly outside: Outside;
  /** Of the generation that serves now. */
  readonly model: () => SystemModel | null;
  readonly log: (entry: { readonly [key: string]: Json }) => void;
  /** From 0 to 1, for pauses. */
  readonly chance?: () => number;
}
export interface Sendings {
  /** Sends what is due; ends when that has been tried. */
  look(): Promise<void>;
}
const [wallMs, leaseMs, bytes, mostAtOnce, mostTries] = [10_000, 60_000, 1_000_000, 16, 10];
const [firstPauseMs, longestPauseMs] = [1_000, 600_000];

export function openSendings({ pool, outside, model, log, chance = Math.random }: SendingsParts): Sendings {
  let looking: Promise<void> | undefined;
  async function send(sending: Sending): Promise<void> {
    const end = await attempt(sending);
    if (end.state === 'dead') log({ kind: 'dead-letter', sending: sending.id, tries: sending.tries, why: end.why });
    await endSending(pool, sending.id, end);
  }
  async function attempt({ id, tries, data }: Sending): Promise<SendingEnd> {
    const serving = model();
    const later = (why: string): SendingEnd =>
      tries >= mostTries
        ? { state: 'dead', why: `${tries} tries, the last: ${why}` }
        : { state: 'waiting', afterMs: Math.min(longestPauseMs, firstPauseMs * 2 ** (tries - 1)) * (0.5 + chance()), why };
    if (serving === null) return later('no generation serves');
    const { contract: of, url, method, headers, body } = data as { readonly [name: string]: Json };
    const contract = [...serving.operations, ...serving.reactions, ...serving.jobs].find((known) => hasBody(known) && known.id === of);
    const grants = contract === undefined ? [] : fetchGrants(contract);
    const asked = askedFetch(
      { url: url ?? null, request: { method: method ?? null, headers: headers ?? {}, body: body ?? null } },
      grants,
      bytes * 8,
    );
    if ('why' in asked || asked.read)
      return { state: 'dead', why: `it may not be sent any more: ${'why' in asked ? asked.why : 'it is a read now'}` };
    const answer = await outside.send({
      url: asked.url,
      method: asked.method,
      headers: { ...asked.headers, 'idempotency-key': id },
      body: asked.body,
      hosts: [asked.host],
      privateHosts: serving.settings.policy.outside?.private ?? [],
      ...credentialFor(serving, asked.host),
      wallMs,
      bytes,
    });
    if (isRefusal(answer)) return answer.code === 'unavailable' ? later(answer.why) : { state: 'dead', why: answer.why };
    if (answer.status >= 200 && answer.status < 300) return { state: 'sent', status: answer.status };
    const why = `${asked.host} answered ${answer.status}`;
    return answer.status >= 500 || answer.status === 408 || answer.status === 425 || answer.status === 429
      ? later(why)
      : { state: 'dead', why };
  }
  async function all(): Promise<void> {
    for (;;) {
      const due = await takeSendings(pool, leaseMs, mostAtOnce);
      await Promise.all(due.map(send));
      if (due.length < mostAtOnce) return;
    }
  }
  return {
    look: () =>
      (looking ??= all().finally(() => {
        looking = undefined;
      })),
  };
}
