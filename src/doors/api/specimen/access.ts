/** Callers with known keys and links, for tests of the doors. Secrets and their hashes are tested with the real access. */
import { type Caller, refuse } from '#kernel';
import type { DoorAccess } from '../control/control-route.ts';

export const callers: { readonly [role in 'owner' | 'manager' | 'clerk' | 'viewer']: Caller } = {
  owner: { id: 'c1', name: 'Olga', roles: ['owner'] },
  manager: { id: 'c2', name: 'Max', roles: ['manager'] },
  clerk: { id: 'c3', name: 'Cleo', roles: ['clerk'] },
  viewer: { id: 'c4', name: 'Vic', roles: ['viewer'] },
};
const byName = new Map<string, Caller>(Object.entries(callers));

export function specimenAccess(): DoorAccess {
  const sessions = new Map<string, Caller>();
  const links = new Set(['link_specimen-0001']);
  return {
    issueLink: async () => {
      links.add('link_specimen-0002');
      return 'link_specimen-0002';
    },
    signIn: async (link) => {
      if (!links.delete(link)) return refuse('unauthenticated', 'This sign-in link was used or is too old.');
      sessions.set('session_one', callers.owner);
      return { session: 'session_one', caller: callers.owner };
    },
    signOut: async (session) => void sessions.delete(session),
    bySession: async (session) => sessions.get(session) ?? null,
    byKey: async (key) => byName.get(key.replace(/^key_/, '')) ?? null,
    issueKey: async (by, name, roles) =>
      by.roles.includes('owner')
        ? { id: `k_${name}`, key: 'key_clerk', caller: 'c3', roles }
        : refuse('forbidden', 'Only an owner may issue keys.'),
    endKey: async (_by, id) => (id === 'k1' ? { ended: true } : refuse('not-found', 'There is no such key in force.')),
    keys: async () => [{ id: 'k1', name: 'shop floor', caller: 'c3', roles: ['clerk'], createdAt: '2026-11-23T08:00:00Z', ended: false }],
    callers: async () => Object.values(callers).map((caller) => ({ ...caller, disabled: false })),
  };
}
