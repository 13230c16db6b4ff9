/**
 * Routes as data, so that one list serves the router, the answers to unknown paths and methods, and OpenAPI. A path writes
 * its parameters as `{id}`. The first route that fits wins.
 */
import { type Context, Hono } from 'hono';
import { TrieRouter } from 'hono/router/trie-router';
import type { HttpBindings } from '@hono/node-server';
import { refuse } from '#kernel';
import { answerNothing, answerProblem, type Headers } from './answers.ts';
import type { Identity } from './identity.ts';
import { nearest } from './nearest.ts';
import { givenIn, inputIn, isMixed, routed } from './path-segment.ts';

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
/** Routes too many to be laid out before they are wanted: a thousand entities have five thousand. */
export interface LateRoutes {
  /** Those that may fit the path. */
  near(path: string): readonly Route[];
  all(): readonly Route[];
}
export type RoutedApp = (request: Request, bindings: Bindings) => Response | Promise<Response>;
type Fault = (cause: unknown, request: { readonly method: string; readonly path: string }) => Response;
const noRoutes: LateRoutes = { near: () => [], all: () => [] };

/** `headers` come with the answers to unknown paths and methods; `fault` answers what was thrown. `routes` win over late ones. */
export function routedApp(routes: readonly Route[], headers: Headers, fault: Fault, late: LateRoutes = noRoutes): RoutedApp {
  const app = new Hono<{ Bindings: Bindings }>({ router: new TrieRouter() });
  for (const route of routes) {
    const mixed = isMixed(route.path);
    app.on(route.method, routed(route.path), (context) =>
      route.handle(
        requestOf(context, (name) => (mixed ? parameterOf(route.path, context.req.path, name) : (context.req.param(name) ?? ''))),
      ),
    );
  }
  app.notFound((context) => {
    const { method, path } = context.req;
    const wanted = method === 'HEAD' ? 'GET' : method;
    const route = late.near(path).find((candidate) => candidate.method === wanted && fits(candidate.path, path));
    if (route === undefined) return unknownRoute([...routes, ...late.all()], method, path, headers);
    return route.handle(requestOf(context, (name) => parameterOf(route.path, path, name)));
  });
  app.onError((cause, context) => fault(cause, { method: context.req.method, path: context.req.path }));
  return (request, bindings) => app.fetch(request, bindings);
}

function requestOf({ env, req }: Context<{ Bindings: Bindings }>, parameter: (name: string) => string): RouteRequest {
  const url = env.incoming.url ?? '/';
  const question = url.indexOf('?');
  return {
    incoming: env.incoming,
    outgoing: env.outgoing,
    identity: env.identity,
    method: req.method,
    path: question < 0 ? url : url.slice(0, question),
    search: question < 0 ? '' : url.slice(question + 1),
    parameter,
  };
}

function parameterOf(pattern: string, path: string, name: string): string {
  const given = path.split('/');
  const text = pattern
    .split('/')
    .flatMap((segment, at) => (inputIn(segment)?.name === name ? (givenIn(segment, given[at] ?? '') ?? '') : []))
    .join('');
  try {
    return decodeURIComponent(text);
  } catch (cause) {
    if (cause instanceof URIError) return text;
    throw cause;
  }
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

/** A path as it was asked for is one of a route: a parameter is any part that is not empty. */
export function fits(pattern: string, path: string): boolean {
  const wanted = pattern.split('/');
  const given = path.split('/');
  return wanted.length === given.length && wanted.every((part, index) => givenIn(part, given[index] ?? '') !== undefined);
}

/** The known path that differs least; what stands in place of a parameter is kept as it was given. */
function nearestPath(routes: readonly Route[], path: string): string | undefined {
  const given = path.replace(/\/+$/, '').split('/');
  const candidates = new Set<string>();
  for (const route of routes) {
    const wanted = route.path.split('/');
    if (wanted.length === given.length)
      candidates.add(wanted.map((part, index) => (part.startsWith('{') && part.endsWith('}') ? given[index] || part : part)).join('/'));
    else candidates.add(route.path);
  }
  return nearest(path, candidates);
}
