/**
 * The system's own interface as one generation gives it: built once a generation, swapped whole. Paths that operations state
 * come first, so they win over the generic ones.
 */
import type { EntityContract } from '#kernel';
import type { Calls, Running } from '#machine';
import { answerFault, answerNothing, answerText } from '../answers.ts';
import { openApiOf } from '../open-api/open-api.ts';
import { type LateRoutes, type Route, type RoutedApp, routedApp } from '../routes.ts';
import { actionRoutes } from './action-routes.ts';
import { entityRoutes } from './entity-routes.ts';
import { moveRoutes } from './move-routes.ts';
import { plainFirst } from './operation-at.ts';
import { approvalRoutes, operationRoute } from './operation-routes.ts';
import { generationHeader, pathOfEntity, type SystemParts } from './system-request.ts';
import { pathOfView, viewRoute } from './view-routes.ts';

export interface SystemAppOptions {
  readonly machine: Calls;
  readonly running: Running;
  /** Generations that served here lately, by id. */
  readonly lately: (generation: string) => Running | undefined;
  readonly sessionCookie: string;
  readonly log: (entry: { readonly [key: string]: string | number }) => void;
}

export function systemApp({ machine, running, lately, sessionCookie, log }: SystemAppOptions): RoutedApp {
  const { generation, model } = running;
  const headers = generationHeader(generation);
  const parts = { machine, running, lately };
  const stated = [
    openApiRoute(running, sessionCookie),
    ...plainFirst(model.operations).map((operation) => operationRoute(parts, operation)),
  ];
  const fault = (cause: unknown, request: { readonly method: string; readonly path: string }): Response => {
    log({ kind: 'fault', door: 'api', ...request, generation, ...told(cause) });
    return answerFault(cause, headers);
  };
  return routedApp(stated, headers, fault, genericRoutes(parts));
}

/** Views, rows, approvals and moves. Built when first asked for: a swap must not cost what the whole system holds. */
function genericRoutes(parts: SystemParts): LateRoutes {
  const { model } = parts.running;
  const entities = new Map(model.entities.map((entity) => [pathOfEntity(entity), entity]));
  const built = new Map<EntityContract, readonly Route[]>();
  let views: ReadonlyMap<string, Route> | undefined;
  const viewsByPath = (): ReadonlyMap<string, Route> =>
    (views ??= new Map(model.views.map((view) => [pathOfView(view), viewRoute(parts, view)])));
  const routesOf = (entity: EntityContract): readonly Route[] => {
    const known = built.get(entity);
    if (known !== undefined) return known;
    const made = [
      ...approvalRoutes(parts, entity),
      ...actionRoutes(parts, entity),
      ...moveRoutes(parts, entity),
      ...entityRoutes(parts, entity),
    ];
    built.set(entity, made);
    return made;
  };
  return {
    near(path) {
      const third = path.indexOf('/', '/api/'.length);
      const entity = path.startsWith('/api/') ? entities.get(third < 0 ? path : path.slice(0, third)) : undefined;
      const view = path.startsWith('/api/views/') ? viewsByPath().get(path) : undefined;
      const routes = entity === undefined ? [] : routesOf(entity);
      return view === undefined ? routes : [view, ...routes];
    },
    all: () => [...viewsByPath().values(), ...model.entities.flatMap(routesOf)],
  };
}

function openApiRoute({ model, generation }: Running, sessionCookie: string): Route {
  let document: string | undefined;
  return {
    method: 'GET',
    path: '/openapi.json',
    handle: async ({ incoming }) => {
      if (incoming.headers['if-none-match'] === `"${generation}"`) return answerNothing(304, generationHeader(generation));
      document ??= JSON.stringify(openApiOf(model, generation, sessionCookie));
      return answerText(200, document, { ...generationHeader(generation), etag: `"${generation}"` });
    },
  };
}

export const told = (cause: unknown): { readonly message: string; readonly stack: string } =>
  cause instanceof Error ? { message: cause.message, stack: cause.stack ?? '' } : { message: String(cause), stack: '' };
