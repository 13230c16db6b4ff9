/**
 * Routes as data, so that one list serves the router, the answers to unknown paths and methods, and OpenAPI. A path writes
 * its parameters as `{id}`. The first route that fits wins.
 */
import { Hono } from 'hono';
import { TrieRouter } from 'hono/router/trie-router';
import type { HttpBindings } from '@hono/node-server';
import { refuse } from '#kernel';
import { answerNothing, answerProblem, type Headers } from './answers.ts';
import type { Identity } from './identity.ts';
import { nearest } from './nearest.ts';

export interface Bindings extends HttpBindings {
  /** Null only on routes that need no caller. */
  readonly identity: Identity | null;
}
export interface RouteRequest {
  readonly incoming: HttpBindings['incoming'];
  readonly outgoing: HttpBindings['outgoing'];
  readonly identity: Identity | null;
  readonly method: string;
  /** The path as it was asked for, without the query. */
  readonly path: string;
  /** The text after `?`, or ''. */
  readonly search: string;
  readonly parameter: (name: string) => string;
}
export interface Route {
  readonly method: 'GET' | 'POST' | 'PUT' | 'PATCH' | 'DELETE';
  readonly path: string;
  readonly handle: (request: RouteRequest) => Promise<Response>;
}
export type RoutedApp = (request: Request, bindings: Bindings) => Response | Promise<Response>;

/** `headers` come with the answers to unknown paths and methods; `fault` answers what was thrown. */
export function routedApp(
  routes: readonly Route[],
  headers: Headers,
  fault: (cause: unknown, request: { readonly method: string; readonly path: string }) => Response,
): RoutedApp {
  const app = new Hono<{ Bindings: Bindings }>({ router: new TrieRouter() });
  for (const route of routes) {
    app.on(route.method, route.path.replaceAll(/\{([^}/]+)\}/g, ':$1'), (context) => {
      const url = context.env.incoming.url ?? '/';
      const question = url.indexOf('?');
      return route.handle({
        incoming: context.env.incoming,
        outgoing: context.env.outgoing,
        identity: context.env.identity,
        method: context.req.method,
        path: question < 0 ? url : url.slice(0, question),
        search: question < 0 ? '' : url.slice(question + 1),
        parameter: (name) => context.req.param(name) ?? '',
      });
    });
  }
  app.notFound((context) => unknownRoute(routes, context.req.method, context.req.path, headers));
  app.onError((cause, context) => fault(cause, { method: context.req.method, path: context.req.path }));
  return (request, bindings) => app.fetch(request, bindings);
}

/** 405 with Allow where the path is there with other methods; else 404 with the nearest path. */
export function unknownRoute(routes: readonly Route[], method: string, path: string, headers: Headers): Response {
  const here = routes.filter((route) => fits(route.path, path));
  if (here.length > 0) {
    const methods = new Set<string>(here.map((route) => route.method));
    if (methods.has('GET')) methods.add('HEAD');
    methods.add('OPTIONS');
    const allow = [...methods].sort().join(', ');
    if (method === 'OPTIONS') return answerNothing(204, { ...headers, allow });
    return answerProblem(refuse('method-not-allowed', `${path} takes ${allow}, not ${method}.`, { allow: [...methods].sort() }), {
      ...headers,
      allow,
    });
  }
  const near = nearestPath(routes, path);
  const hint = near === undefined ? 'All paths are listed at /openapi.json.' : `The nearest is ${near}.`;
  return answerProblem(
    refuse('not-found', `There is no ${path.slice(0, 200)} here. ${hint}`, near === undefined ? {} : { nearest: near }),
    headers,
  );
}

function fits(pattern: string, path: string): boolean {
  const wanted = pattern.split('/');
  const given = path.split('/');
  return (
    wanted.length === given.length && wanted.every((part, index) => (part.startsWith('{') ? given[index] !== '' : part === given[index]))
  );
}

/** The known path that differs least; what stands in place of a parameter is kept as it was given. */
function nearestPath(routes: readonly Route[], path: string): string | undefined {
  const given = path.replace(/\/+$/, '').split('/');
  const candidates = new Set<string>();
  for (const route of routes) {
    const wanted = route.path.split('/');
    if (wanted.length === given.length)
      candidates.add(wanted.map((part, index) => (part.startsWith('{') ? (given[index] ?? part) : part)).join('/'));
    else candidates.add(route.path);
  }
  return nearest(path, candidates);
}
