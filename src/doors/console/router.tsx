/** Which address shows which page. Pages are fetched when they are first wanted; the frame and the way in come at once. */
import { createRootRoute, createRoute, createRouter, lazyRouteComponent, type AnyRouter } from '@tanstack/react-router';
import { Shell } from './frame/shell.tsx';
import { Stumbled } from './frame/stumbled.tsx';
import { Waiting } from './frame/waiting.tsx';
import { NotFound } from './pages/not-found.tsx';

type Search = { readonly [parameter: string]: string };
const asTexts = (search: Record<string, unknown>): Search =>
  Object.fromEntries(Object.entries(search).map(([name, value]) => [name, String(value)]));

const root = createRootRoute({ component: Shell, notFoundComponent: NotFound, validateSearch: asTexts });
const page = <Path extends string>(path: Path, load: Parameters<typeof lazyRouteComponent>[0]) =>
  createRoute({ getParentRoute: () => root, path, component: lazyRouteComponent(load) });

const tree = root.addChildren([
  page('/', () => import('./pages/ask.tsx')),
  page('/sign-in', () => import('./pages/ask.tsx')),
  page('/changes', () => import('./pages/changes.tsx')),
  page('/changes/$id', () => import('./pages/change.tsx')),
  page('/data', () => import('./pages/data.tsx')),
  page('/data/$entity', () => import('./pages/entity.tsx')),
  page('/data/$entity/new', () => import('./pages/new-row.tsx')),
  page('/data/$entity/$id', () => import('./pages/row.tsx')),
  page('/data/$entity/$id/edit', () => import('./pages/edit-row.tsx')),
  page('/views', () => import('./pages/views.tsx')),
  page('/views/$view', () => import('./pages/view.tsx')),
  page('/generations', () => import('./pages/generations.tsx')),
  page('/components/$kind/$name', () => import('./pages/component.tsx')),
  page('/people', () => import('./pages/people.tsx')),
  page('/unasked', () => import('./pages/unasked.tsx')),
  page('/cost', () => import('./pages/cost.tsx')),
  page('/health', () => import('./pages/health.tsx')),
]);

/** An address holds plain texts: `?status=open&total[gt]=500`, the API's own query. */
const openRouter = () =>
  createRouter({
    routeTree: tree,
    basepath: '/console',
    defaultPreload: 'intent',
    scrollRestoration: true,
    defaultErrorComponent: Stumbled,
    defaultNotFoundComponent: NotFound,
    defaultPendingComponent: () => <Waiting lines={5} />,
    parseSearch: (text) => Object.fromEntries(new URLSearchParams(text)),
    stringifySearch: (search) => {
      const text = new URLSearchParams(
        Object.entries(search).flatMap(([name, value]) => (value === undefined || value === null ? [] : [[name, String(value)]])),
      ).toString();
      return text === '' ? '' : `?${text.replaceAll('%5B', '[').replaceAll('%5D', ']')}`;
    },
  });

export const router: AnyRouter = openRouter();

declare module '@tanstack/react-router' {
  interface Register {
    router: ReturnType<typeof openRouter>;
  }
}
