/**
 * The system's own interface as one generation gives it: built once a generation, swapped whole. Paths that operations state
 * come first, so they win over the generic ones.
 */
import type { Calls, Running } from '#machine';
import { answerFault, answerNothing, answerText } from '../answers.ts';
import { openApiOf } from '../open-api/open-api.ts';
import { type Route, type RoutedApp, routedApp } from '../routes.ts';
import { entityRoutes } from './entity-routes.ts';
import { approvalRoutes, operationRoute } from './operation-routes.ts';
import { generationHeader, type SystemParts } from './system-request.ts';
import { viewRoute } from './view-routes.ts';

export interface SystemAppOptions {
  readonly machine: Calls;
  readonly running: Running;
  /** Generations that served here lately, by id. */
  readonly lately: (generation: string) => Running | undefined;
  readonly sessionCookie: string;
  readonly log: (entry: { readonly [key: string]: string | number }) => void;
}

export function systemApp({ machine, running, lately, sessionCookie, log }: SystemAppOptions): RoutedApp {
  const { generation } = running;
  const headers = generationHeader(generation);
  return routedApp(systemRoutes({ machine, running, lately }, sessionCookie), headers, (cause, request) => {
    log({ kind: 'fault', door: 'api', ...request, generation, ...told(cause) });
    return answerFault(cause, headers);
  });
}

export function systemRoutes(parts: SystemParts, sessionCookie: string): readonly Route[] {
  const { running } = parts;
  const { model } = running;
  return [
    openApiRoute(running, sessionCookie),
    ...model.operations.map((operation) => operationRoute(parts, operation)),
    ...model.views.map((view) => viewRoute(parts, view)),
    ...model.entities.flatMap((entity) => [...approvalRoutes(parts, entity), ...entityRoutes(parts, entity)]),
  ];
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
