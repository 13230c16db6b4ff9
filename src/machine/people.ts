/** Who a token speaks for: a row of the system that signed in by itself, as its entity says what it may, for as long as its secret is the same. */
import { type Caller, instant, isRefusal, systemCaller } from '#kernel';
import { entityById } from '#model';
import type { Store } from '#store';
import { markOf } from './broker/secrets.ts';
import type { Tokens } from './broker/tokens.ts';
import type { Loaded } from './loaded.ts';
import type { ByToken } from './running.ts';

const keptMs = 2_000;
const longestMs = 5_000;

export function peopleByToken(parts: {
  readonly tokens: Tokens;
  readonly store: Pick<Store, 'read'>;
  readonly current: () => Loaded | null;
  readonly clock: () => number;
}): ByToken {
  const { tokens, store, current, clock } = parts;
  const known = new Map<string, { readonly caller: Caller | null; readonly until: number; readonly generation: string }>();

  async function find(claims: NonNullable<ReturnType<Tokens['claims']>>, now: number, loaded: Loaded): Promise<Caller | null> {
    const entity = entityById(loaded.model, claims.entity as Parameters<typeof entityById>[1]);
    const identity = entity?.identity;
    if (entity === undefined || identity === undefined) return null;
    const call = {
      call: 'sign-in',
      caller: { id: systemCaller, name: systemCaller, roles: [] },
      generation: loaded.generation,
      activation: loaded.activation,
      component: `entity/${entity.name}`,
      change: null,
      now: instant(now),
      deadline: instant(now + longestMs),
    };
    const row = await store.read.get(call, loaded.prepared, entity.id, claims.row);
    if (isRefusal(row)) return null;
    const value = (id: string): unknown => row[entity.fields.find((field) => field.id === id)?.name ?? ''];
    const kept = value(identity.secret);
    if (typeof kept !== 'string' || markOf(kept) !== claims.mark) return null;
    return { id: claims.row, name: String(value(identity.login) ?? ''), roles: identity.roles };
  }

  return async (token) => {
    const loaded = current();
    if (loaded === null) return null;
    const hit = known.get(token);
    const now = clock();
    if (hit !== undefined && hit.until > now && hit.generation === loaded.generation) return hit.caller;
    const claims = tokens.claims(token, now);
    // What nobody issued is not kept: as many and as long texts as strangers care to send.
    if (claims === null) return null;
    const caller = await find(claims, now, loaded);
    if (known.size > 10_000) known.clear();
    known.set(token, { caller, until: now + keptMs, generation: loaded.generation });
    return caller;
  };
}
