/** Every generation, newest first: which serves, whose request made it, and the way back to an earlier one. */
import { Button } from '@mantine/core';
import { useInfiniteQuery, useQuery } from '@tanstack/react-query';
import { Link, useRouterState } from '@tanstack/react-router';
import { type ReactNode, useEffect, useState } from 'react';
import type { GenerationSummary } from '#api/client';
import { TakeBack } from '../changes/undo.tsx';
import { EmptyNote } from '../frame/empty-note.tsx';
import { Page } from '../frame/page.tsx';
import { ProblemNote } from '../frame/problem-note.tsx';
import { Waiting } from '../frame/waiting.tsx';
import { changesQuery, generationsQuery, sessionQuery } from '../system/queries.ts';
import { usePerson } from '../system/use-person.ts';
import { shortDigest } from '../values/format.ts';
import { Moment } from '../values/place.tsx';
import { GenerationContent } from '../generations/generation-content.tsx';
import './generations.css';

export default function Generations(): ReactNode {
  const { data, error, refetch } = useQuery(generationsQuery());
  const changes = useInfiniteQuery(changesQuery()).data?.pages.flatMap((page) => page.items) ?? [];
  const person = usePerson();
  const may = useQuery(sessionQuery()).data?.may.rollBack === true;
  const pointed = useRouterState({ select: (state) => state.location.hash });
  const [back, setBack] = useState<{ readonly change: string; readonly to: string } | null>(null);
  const [open, setOpen] = useState<string | null>(null);
  useEffect(() => {
    if (pointed === '' || data === undefined) return;
    setOpen(pointed);
    document.getElementById(pointed)?.scrollIntoView({ block: 'center' });
  }, [pointed, data === undefined]);
  const items = data?.items ?? [];
  const inForce = items.filter((generation) => generation.inForce);
  /** To go back to a generation is to take back the change that came right after it. */
  const changeAfter = (generation: GenerationSummary): string | null => {
    const at = inForce.indexOf(generation);
    return at > 0 ? (inForce[at - 1]?.change ?? null) : null;
  };
  return (
    <Page
      title="Generations"
      lead="A generation is the whole system at one moment: code, promises and the shape of the data. It never changes; a change makes another, and going back is a switch."
    >
      {error !== null && <ProblemNote cause={error} retry={() => void refetch()} />}
      {data === undefined && error === null && <Waiting lines={6} />}
      {data !== undefined && items.length === 0 && (
        <EmptyNote title="No generation yet">
          <p>The first one is made when the system starts.</p>
        </EmptyNote>
      )}
      <ol className="generations plain-list">
        {items.map((generation) => {
          const by = changes.find((change) => change.id === generation.change)?.by;
          const after = changeAfter(generation);
          return (
            <li
              key={generation.id}
              id={generation.id}
              className={`generation${generation.serving ? ' generation-serving' : generation.inForce ? '' : ' generation-gone'}`}
            >
              <div className="generation-head">
                <div className="stack" style={{ gap: '0.15rem' }}>
                  <div className="row">
                    <code className="generation-id" title={generation.id}>
                      {shortDigest(generation.id)}
                    </code>
                    {generation.serving && <span className="tag tag-good">serves</span>}
                    {!generation.inForce && <span className="tag">not in force</span>}
                  </div>
                  {generation.change === null ? (
                    <span className="quiet">{generation.parent === null ? 'What the system started with' : 'Without a change'}</span>
                  ) : (
                    <Link className="sentence generation-request" to="/changes/$id" params={{ id: generation.change }}>
                      {generation.request ?? 'See the change'}
                    </Link>
                  )}
                  <span className="small quiet">
                    {by !== undefined && <>asked by {person(by)}, </>}made <Moment at={generation.createdAt} />
                  </span>
                </div>
                <div className="row generation-actions">
                  <Button
                    variant="subtle"
                    size="xs"
                    aria-expanded={open === generation.id}
                    onClick={() => setOpen(open === generation.id ? null : generation.id)}
                  >
                    {open === generation.id ? 'Close' : 'What is in it'}
                  </Button>
                  {may && after !== null && (
                    <Button variant="default" size="xs" onClick={() => setBack({ change: after, to: generation.id })}>
                      Go back to this
                    </Button>
                  )}
                </div>
              </div>
              {open === generation.id && <GenerationContent id={generation.id} />}
            </li>
          );
        })}
      </ol>
      {back !== null && <TakeBack change={back.change} title={`Go back to ${shortDigest(back.to)}?`} close={() => setBack(null)} />}
    </Page>
  );
}
