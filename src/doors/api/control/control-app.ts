/** The control API as one app, independent of generations: it is built once, and works while a generation is broken. Deny by default. */
import { answerFault, answerJson } from '../answers.ts';
import { type Route, type RoutedApp, routedApp } from '../routes.ts';
import { told } from '../system/system-app.ts';
import { accessRoutes } from './access.ts';
import { agentRoutes } from './agents.ts';
import { changeRoutes } from './changes.ts';
import { componentRoutes } from './components.ts';
import { asRoute, type ControlParts } from './control-route.ts';
import { freezeRoutes } from './freeze.ts';
import { generationRoutes } from './generations.ts';
import { heldRoutes } from './held.ts';
import { sendingRoutes } from './sendings.ts';
import { unaskedRoutes } from './unasked.ts';
import { modelRoutes } from './model.ts';
import { costRoutes } from './cost.ts';
import { recordRoutes } from './records.ts';
import { rollbackRoutes } from './rollback.ts';
import { serviceRoutes } from './service.ts';
import { signInRoutes } from './sign-in.ts';
import { whoCanRoutes } from './who-can.ts';
import { undoRoutes } from './undos.ts';
import { watchRoutes } from './watch.ts';

export function controlApp(parts: ControlParts, log: (entry: { readonly [key: string]: string | number }) => void): RoutedApp {
  return routedApp(controlRoutes(parts), {}, (cause, request) => {
    log({ kind: 'fault', door: 'control', ...request, ...told(cause) });
    return answerFault(cause);
  });
}

export function controlRoutes(parts: ControlParts): readonly Route[] {
  const protectedRoutes = [
    ...changeRoutes(parts),
    ...rollbackRoutes(parts),
    ...undoRoutes(parts),
    ...generationRoutes(parts),
    ...componentRoutes(parts),
    ...agentRoutes(parts),
    ...modelRoutes(parts),
    ...freezeRoutes(parts),
    ...heldRoutes(parts),
    ...serviceRoutes(parts),
    ...unaskedRoutes(parts),
    ...sendingRoutes(parts),
    ...recordRoutes(parts),
    ...costRoutes(parts),
    ...accessRoutes(parts),
    ...whoCanRoutes(parts),
    ...watchRoutes(parts),
  ];
  return [healthRoute(parts), ...signInRoutes(parts), ...protectedRoutes.map((route) => asRoute(parts, route))];
}

/** The one thing that a stranger may read: whether the system is well. */
const healthRoute = ({ machine }: ControlParts): Route => ({
  method: 'GET',
  path: '/_theseus/health',
  handle: async () => {
    const health = await machine.health();
    return answerJson(health.status === 'ok' ? 200 : 503, health, { 'cache-control': 'no-store' });
  },
});

/** Paths that are answered without a caller. */
export const isOpen = (method: string, path: string): boolean =>
  path === '/_theseus/health' || (path === '/_theseus/sign-in' && method === 'POST') || path === '/sign-in';
