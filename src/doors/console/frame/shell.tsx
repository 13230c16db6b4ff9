/**
 * What stands around every page: which system this is, which generation serves, whether it is frozen, who is signed in. It
 * needs neither model nor data, so it stands while a generation is broken. Without a session it shows the way in instead.
 */
import { useQuery } from '@tanstack/react-query';
import { Link, Outlet, useRouterState } from '@tanstack/react-router';
import { lazy, type ReactNode, Suspense, useEffect, useRef } from 'react';
import { problemOf } from '../system/client.ts';
import { useLiveSystem } from '../system/live.tsx';
import { healthQuery, modelQuery, sessionQuery } from '../system/queries.ts';
import { shortDigest } from '../values/format.ts';
import { Account } from './account.tsx';
import { Mark } from './mark.tsx';
import { Navigation } from './navigation.tsx';
import { useTell } from './notices.tsx';
import { ProblemNote } from './problem-note.tsx';
import { useShortcuts } from './shortcuts.ts';
import { Waiting } from './waiting.tsx';
import './shell.css';

const SignIn = lazy(() => import('../pages/sign-in.tsx'));

export function Shell(): ReactNode {
  const session = useQuery(sessionQuery());
  const me = session.data ?? null;
  const signedIn = me !== null;
  const model = useQuery({ ...modelQuery(), enabled: signedIn }).data;
  const health = useQuery(healthQuery());
  const tell = useTell();
  const arrived = useLiveSystem(signedIn);
  const told = useRef(0);
  const main = useRef<HTMLElement>(null);
  const path = useRouterState({ select: (state) => state.location.pathname });
  const watching = useRouterState({ select: (state) => 'change' in state.location.search });
  useShortcuts();
  useFocusOnHeading(path, main);
  useEffect(() => {
    if (arrived === null || told.current === arrived.activation) return;
    told.current = arrived.activation;
    // Whoever watches the change itself sees it go live there.
    if (watching) return;
    tell(
      <>
        Generation <code>{shortDigest(arrived.generation)}</code> serves now. What you see is up to date.
      </>,
      `generation ${arrived.generation}`,
    );
  }, [arrived, tell, watching]);

  if (session.isPending)
    return (
      <main className="shell-main">
        <Waiting label="Opening the console" />
      </main>
    );
  if (session.isError && session.data === undefined)
    return (
      <main className="shell-main">
        <ProblemNote cause={session.error} retry={() => void session.refetch()} />
      </main>
    );
  if (me === null)
    return (
      <Suspense
        fallback={
          <main className="shell-main">
            <Waiting />
          </main>
        }
      >
        <SignIn />
      </Suspense>
    );
  const serving = health.data?.generation ?? null;
  const away = health.isError && problemOf(health.error).code === 'unreachable';
  return (
    <>
      <a className="skip" href="#main">
        Skip to the content
      </a>
      <header className="shell-head">
        <div className="shell-bar">
          <Link to="/" className="shell-name">
            <Mark />
            <span>{model?.name ?? 'Theseus'}</span>
          </Link>
          <Navigation />
          <div className="shell-state">
            {health.data?.frozen === true && (
              <Link to="/health" className="tag tag-tide" title="No change is taken until the freeze ends">
                frozen
              </Link>
            )}
            {health.data !== undefined && health.data.quarantined > 0 && (
              <Link to="/health" className="tag tag-doubt" title="A component failed by its own deeds and is not called">
                {health.data.quarantined} quarantined
              </Link>
            )}
            {health.data !== undefined && health.data.deadLetters > 0 && (
              <Link to="/unasked" className="tag tag-doubt" title="What failed for good waits for a person">
                {health.data.deadLetters} dead {health.data.deadLetters === 1 ? 'letter' : 'letters'}
              </Link>
            )}
            {health.data !== undefined && health.data.timesBroken > 0 && (
              <Link to="/health" className="tag tag-doubt" title="Callers wait longer than the definition requires">
                too slow
              </Link>
            )}
            {health.data !== undefined && health.data.status !== 'ok' && (
              <Link to="/health" className="tag tag-bad">
                degraded
              </Link>
            )}
            {serving !== null && (
              <Link to="/generations" className="shell-generation mono" title={`Generation ${serving} serves`}>
                {shortDigest(serving)}
              </Link>
            )}
            <Account session={me} />
          </div>
        </div>
      </header>
      {away && (
        <div className="shell-away" role="alert">
          The system does not answer. The page goes on by itself when it is back.
        </div>
      )}
      <main id="main" className="shell-main" tabIndex={-1} ref={main}>
        <Outlet />
      </main>
    </>
  );
}

/** After a navigation a screen reader goes on at the new heading; the first page leaves the focus where the browser put it. */
function useFocusOnHeading(path: string, main: { readonly current: HTMLElement | null }): void {
  const before = useRef(path);
  useEffect(() => {
    if (before.current === path) return;
    before.current = path;
    if (main.current !== null && !main.current.contains(document.activeElement))
      (main.current.querySelector('h1') ?? main.current).focus({ preventScroll: true });
  }, [main, path]);
}
