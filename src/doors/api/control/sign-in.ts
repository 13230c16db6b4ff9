/** Sign in by a one-time link: from a page (GET /sign-in?link=...) or from a program (POST /_theseus/sign-in). The two routes that need no caller. */
import { isRefusal, refuse } from '#kernel';
import { answerJson, answerProblem } from '../answers.ts';
import { foreignOrigin } from '../identity.ts';
import type { SessionJson } from '../resources.ts';
import { rightsOf } from '../rights.ts';
import type { Route } from '../routes.ts';
import { waitPage } from '../wait-page.ts';
import { bodyOf, type ControlParts } from './control-route.ts';

type Cookie = ControlParts['cookie'];
const sessionSeconds = 14 * 24 * 60 * 60;
const attributes = (cookie: Cookie): string => `Path=/; HttpOnly; SameSite=Lax${cookie.secure ? '; Secure' : ''}`;
const sessionCookie = (cookie: Cookie, secret: string): string =>
  `${cookie.name}=${secret}; Max-Age=${sessionSeconds}; ${attributes(cookie)}`;
export const clearedCookie = (cookie: Cookie): string => `${cookie.name}=; Max-Age=0; ${attributes(cookie)}`;

export function signInRoutes(parts: ControlParts): readonly Route[] {
  const { access, cookie, knocks } = parts;
  return [
    /** HEAD comes here as well (a preview of the link in a chat): it must not use the link up. */
    {
      method: 'GET',
      path: '/sign-in',
      handle: async ({ search, incoming }) => {
        const link = new URLSearchParams(search).get('link') ?? '';
        if (incoming.method !== 'GET') return new Response(null, { status: 204 });
        const limited = knocks.signIn(incoming.socket.remoteAddress);
        if (limited !== null) return (incoming.headers.accept ?? '').includes('text/html') ? waitPage(limited) : answerProblem(limited);
        const signedIn = isLink(link) ? await access.signIn(link) : refuse('unauthenticated', 'This is not a sign-in link.');
        if (isRefusal(signedIn)) {
          knocks.signInFailed(incoming.socket.remoteAddress);
          return new Response(null, { status: 303, headers: { location: '/console/?link=used', 'cache-control': 'no-store' } });
        }
        return new Response(null, {
          status: 303,
          headers: {
            location: '/console/',
            'set-cookie': sessionCookie(cookie, signedIn.session),
            'cache-control': 'no-store',
            'referrer-policy': 'no-referrer',
          },
        });
      },
    },
    {
      method: 'POST',
      path: '/_theseus/sign-in',
      handle: async ({ incoming }) => {
        const body = await bodyOf({ body: ['link'] }, incoming);
        if (isRefusal(body)) return answerProblem(body);
        if (incoming.headers.origin !== undefined) {
          const foreign = foreignOrigin(incoming);
          if (foreign !== null) return answerProblem(foreign);
        }
        const limited = knocks.signIn(incoming.socket.remoteAddress);
        if (limited !== null) return answerProblem(limited);
        const { link } = body;
        const text = typeof link === 'string' ? (/[?&]link=([^&\s]+)/.exec(link)?.[1] ?? link.trim()) : '';
        const signedIn = isLink(text)
          ? await access.signIn(text)
          : refuse('unauthenticated', 'This is not a sign-in link. Ask those who run the system for one (theseus link).');
        if (isRefusal(signedIn)) {
          knocks.signInFailed(incoming.socket.remoteAddress);
          return answerProblem(signedIn);
        }
        const { id, name, roles } = signedIn.caller;
        const session: SessionJson = { caller: { id, name, roles }, by: 'session', may: rightsOf(signedIn.caller, parts.settings()) };
        return answerJson(200, session, { 'set-cookie': sessionCookie(cookie, signedIn.session), 'cache-control': 'no-store' });
      },
    },
  ];
}
const isLink = (text: string): boolean => /^[\w-]{10,200}$/.test(text);
