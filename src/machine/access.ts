/**
 * Who calls: one-time links, sessions and keys. Secrets are random, stored as hashes, compared by look-up of the hash.
 * A small own part; SSO and passkeys come behind the same shape later.
 */
import { hash, randomBytes, randomUUIDv7 } from 'node:crypto';
import type { Pool } from 'pg';
import { type Caller, refuse, type Refusal, type Settings } from '#kernel';
import {
  callerOfKey,
  callerOfSession,
  endKey,
  endSession,
  listCallers,
  listKeys,
  type KeySummary,
  saveAudit,
  saveCaller,
  saveKey,
  saveLink,
  saveSession,
  takeLink,
} from '#store/records';

export interface Access {
  /** A link's secret that signs `caller` in once, within `minutes`. */
  issueLink(caller: string, minutes: number): Promise<string>;
  /** The first owner, made when a system starts for the first time. */
  ensureOwner(): Promise<Caller>;
  /** Uses the link up; answers the session's secret and the caller. */
  signIn(link: string): Promise<{ readonly session: string; readonly caller: Caller } | Refusal>;
  signOut(session: string): Promise<void>;
  bySession(secret: string): Promise<Caller | null>;
  byKey(secret: string): Promise<Caller | null>;
  /** The operator's key of this machine, made by the supervisor: it speaks for `caller`. */
  ensureKey(secret: string, caller: Caller, name: string): Promise<void>;
  /** A key with a caller of its own, in the roles given. The secret is shown once. */
  issueKey(
    by: Caller,
    name: string,
    roles: readonly string[],
    settings: Settings,
  ): Promise<{ readonly id: string; readonly key: string; readonly caller: string; readonly roles: readonly string[] } | Refusal>;
  endKey(by: Caller, id: string): Promise<{ readonly ended: true } | Refusal>;
  keys(): Promise<readonly KeySummary[]>;
  callers(): Promise<readonly (Caller & { readonly disabled: boolean })[]>;
}

const secret = (prefix: string): string => `${prefix}_${randomBytes(32).toString('base64url')}`;
const hashOf = (text: string): string => hash('sha256', text);
const sessionHours = 24 * 14;
const cachedMs = 2_000;

export function openAccess(pool: Pool): Access {
  const seen = new Map<string, { readonly caller: Caller | null; readonly until: number }>();
  const cached = async (hash: string, find: (hash: string) => Promise<Caller | null>): Promise<Caller | null> => {
    const hit = seen.get(hash);
    const now = Date.now();
    if (hit !== undefined && hit.until > now) return hit.caller;
    const caller = await find(hash);
    if (seen.size > 10_000) seen.clear();
    seen.set(hash, { caller, until: now + cachedMs });
    return caller;
  };
  return {
    issueLink: async (caller, minutes) => {
      const made = secret('link');
      await saveLink(pool, hashOf(made), caller, minutes);
      return made;
    },
    ensureOwner: async () => {
      const found = (await listCallers(pool)).find((caller) => caller.roles.includes('owner') && !caller.disabled);
      if (found !== undefined) return found;
      const owner: Caller = { id: randomUUIDv7(), name: 'Owner', roles: ['owner'] };
      await saveCaller(pool, owner);
      return owner;
    },
    signIn: async (link) => {
      const caller = await takeLink(pool, hashOf(link));
      if (caller === null)
        return refuse(
          'unauthenticated',
          'This sign-in link was used or is too old. Ask those who run the system for a new one (theseus link).',
        );
      const session = secret('session');
      await saveSession(pool, hashOf(session), caller.id, sessionHours);
      await saveAudit(pool, { caller: caller.id, action: 'sign-in' });
      return { session, caller };
    },
    signOut: async (session) => {
      seen.delete(hashOf(session));
      await endSession(pool, hashOf(session));
    },
    bySession: (session) => cached(hashOf(session), (hash) => callerOfSession(pool, hash)),
    byKey: (key) => cached(hashOf(key), (hash) => callerOfKey(pool, hash)),
    ensureKey: async (key, caller, name) => {
      if ((await callerOfKey(pool, hashOf(key))) === null)
        await saveKey(pool, { hash: hashOf(key), id: randomUUIDv7(), name, caller: caller.id });
    },
    issueKey: async (by, name, roles, settings) => {
      if (!by.roles.includes('owner')) return refuse('forbidden', 'Only an owner may issue keys.');
      const unknown = roles.filter((role) => !settings.roles.some((known) => known.name === role));
      if (unknown.length > 0 || roles.length === 0)
        return refuse(
          'invalid',
          `Roles of this system: ${settings.roles.map((role) => role.name).join(', ')}. Unknown: ${unknown.join(', ') || 'none given'}.`,
        );
      const key = secret('key');
      const caller: Caller = { id: randomUUIDv7(), name, roles };
      const id = randomUUIDv7();
      await saveCaller(pool, caller);
      await saveKey(pool, { hash: hashOf(key), id, name, caller: caller.id });
      await saveAudit(pool, { caller: by.id, action: 'issue-key', subject: id, detail: { name, roles: [...roles] } });
      return { id, key, caller: caller.id, roles };
    },
    endKey: async (by, id) => {
      if (!by.roles.includes('owner')) return refuse('forbidden', 'Only an owner may end keys.');
      if (!(await endKey(pool, id))) return refuse('not-found', 'There is no such key in force.');
      seen.clear();
      await saveAudit(pool, { caller: by.id, action: 'end-key', subject: id });
      return { ended: true };
    },
    keys: () => listKeys(pool),
    callers: () => listCallers(pool),
  };
}
