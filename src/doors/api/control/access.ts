/** /_theseus/session, keys, callers and links: who is signed in, and who may come in. */
import { isRefusal, refuse } from '#kernel';
import type { SessionJson } from '../resources.ts';
import { type ControlParts, type ControlRoute, nothing, ok } from './control-route.ts';
import { clearedCookie } from './sign-in.ts';

const mostMinutes = 7 * 24 * 60;

export const accessRoutes = (parts: ControlParts): readonly ControlRoute[] => {
  const { access, reads } = parts;
  return [
    {
      method: 'GET',
      path: 'session',
      need: 'caller',
      run: async ({ identity, rights }) => {
        const { id, name, roles } = identity.caller;
        const session: SessionJson = { caller: { id, name, roles }, by: identity.by, may: rights };
        return ok(session);
      },
    },
    {
      method: 'DELETE',
      path: 'session',
      need: 'caller',
      run: async ({ identity }) => {
        if (identity.by !== 'session') return refuse('conflict', 'A key is not signed out; end it instead: theseus key end ID');
        await access.signOut(identity.secret);
        await reads.note({ caller: identity.caller.id, action: 'sign-out' });
        return new Response(null, { status: 204, headers: { 'set-cookie': clearedCookie(parts.cookie) } });
      },
    },
    { method: 'GET', path: 'keys', need: 'administer', run: async () => ok({ items: await access.keys(), next: null }) },
    {
      method: 'POST',
      path: 'keys',
      need: 'administer',
      body: ['name', 'roles'],
      run: async ({ identity, body }) => {
        const { name, roles } = body;
        if (typeof name !== 'string' || name.trim() === '' || name.length > 100)
          return refuse('invalid', 'Give the key a name of 1 to 100 characters.', { fields: { name: 'must have 1 to 100 characters' } });
        if (!Array.isArray(roles) || !roles.every((role) => typeof role === 'string'))
          return refuse('invalid', 'roles must be a list of names of roles.', { fields: { roles: 'must be a list of names of roles' } });
        const settings = parts.settings();
        if (settings === null) return refuse('unavailable', 'The system has no generation yet.');
        const issued = await access.issueKey(identity.caller, name, roles as readonly string[], settings);
        return isRefusal(issued) ? issued : ok(issued, 201, { location: `/_theseus/keys/${issued.id}` });
      },
    },
    {
      method: 'DELETE',
      path: 'keys/{id}',
      need: 'administer',
      run: async ({ identity, parameter }) => {
        const ended = await access.endKey(identity.caller, parameter('id'));
        return isRefusal(ended) ? ended : nothing();
      },
    },
    { method: 'GET', path: 'callers', need: 'administer', run: async () => ok({ items: await access.callers(), next: null }) },
    {
      method: 'POST',
      path: 'links',
      need: 'administer',
      body: ['caller', 'minutes'],
      run: async ({ identity, body }) => {
        const { caller = identity.caller.id, minutes = 15 } = body;
        if (typeof minutes !== 'number' || !Number.isInteger(minutes) || minutes < 1 || minutes > mostMinutes)
          return refuse('invalid', `minutes must be a whole number from 1 to ${mostMinutes}.`, {
            fields: { minutes: `must be a whole number from 1 to ${mostMinutes}` },
          });
        const known = (await access.callers()).find((one) => one.id === caller && !one.disabled);
        if (known === undefined) return refuse('not-found', 'There is no such caller. All are listed at /_theseus/callers.');
        const link = await access.issueLink(known.id, minutes);
        await reads.note({ caller: identity.caller.id, action: 'issue-link', subject: known.id, detail: { minutes } });
        return ok({ link, url: `${parts.publicUrl()}/sign-in?link=${encodeURIComponent(link)}`, minutes }, 201);
      },
    },
  ];
};
