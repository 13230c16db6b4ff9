/** Every request and what became of it, newest first; filtered by outcome and by who wrote the code. */
import { Button } from '@mantine/core';
import { useInfiniteQuery } from '@tanstack/react-query';
import { Link, useNavigate, useSearch } from '@tanstack/react-router';
import type { ReactNode } from 'react';
import type { ChangeSummary } from '#api/client';
import { HandedIn } from '../changes/handed-in.tsx';
import { OutcomeTag } from '../changes/outcome-tag.tsx';
import { EmptyNote } from '../frame/empty-note.tsx';
import { Page } from '../frame/page.tsx';
import { ProblemNote } from '../frame/problem-note.tsx';
import { Waiting } from '../frame/waiting.tsx';
import { changesQuery } from '../system/queries.ts';
import { usePerson } from '../system/use-person.ts';
import { shortDigest } from '../values/format.ts';
import { Moment } from '../values/place.tsx';
import './changes.css';

interface Filter {
  readonly name: string;
  readonly label: string;
  readonly fits: (change: ChangeSummary) => boolean;
  /** Checks are listed only where they are wanted: there are many of them. */
  readonly checks?: boolean;
}
const filters: readonly Filter[] = [
  { name: 'all', label: 'All', fits: () => true },
  { name: 'live', label: 'Live', fits: (change) => change.outcome === 'live' },
  {
    name: 'waiting',
    label: 'Needs an answer',
    fits: (change) => change.outcome === 'question' || change.outcome === 'waiting-for-approval' || change.state === 'waiting',
  },
  { name: 'under-way', label: 'Under way', fits: (change) => change.outcome === null },
  {
    name: 'refused',
    label: 'Refused or failed',
    fits: (change) => change.outcome === 'refused' || change.outcome === 'failed' || change.outcome === 'rejected',
  },
  { name: 'nothing', label: 'Nothing to do', fits: (change) => change.outcome === 'nothing-to-do' },
  {
    name: 'taken-back',
    label: 'Taken back or cancelled',
    fits: (change) => change.outcome === 'rolled-back' || change.outcome === 'cancelled',
  },
  { name: 'agents', label: 'From agents', fits: (change) => change.handedInBy === 'agent' },
  { name: 'by-hand', label: 'By hand', fits: (change) => change.handedInBy === 'person' },
  { name: 'checks', label: 'Checks', fits: (change) => change.kind === 'check', checks: true },
];

export default function Changes(): ReactNode {
  const { outcome } = useSearch({ strict: false }) as { outcome?: string };
  const navigate = useNavigate();
  const person = usePerson();
  const chosen = filters.find((filter) => filter.name === outcome) ?? filters[0];
  const { data, error, isPending, hasNextPage, fetchNextPage, isFetchingNextPage, refetch } = useInfiniteQuery(
    changesQuery(chosen?.checks === true),
  );
  const all = data?.pages.flatMap((page) => page.items) ?? [];
  const shown = all.filter((change) => chosen?.fits(change) ?? true);
  return (
    <Page title="Changes" lead="Every request, and what became of it. Nothing here is ever deleted.">
      <div className="row" role="group" aria-label="Show only">
        {filters.map((filter) => (
          <button
            key={filter.name}
            type="button"
            className="tag-button"
            aria-pressed={filter === chosen}
            onClick={() => void navigate({ to: '/changes', search: filter.name === 'all' ? {} : { outcome: filter.name } })}
          >
            {filter.label}
          </button>
        ))}
      </div>
      {error !== null && <ProblemNote cause={error} retry={() => void refetch()} />}
      {isPending && <Waiting lines={6} />}
      {data !== undefined && shown.length === 0 && (
        <EmptyNote title={all.length === 0 ? 'No change has been asked for yet' : 'None of these'}>
          {all.length === 0 ? (
            <p>
              Say what should change on the page <Link to="/">Ask</Link>. Each request is kept here, with its evidence.
            </p>
          ) : (
            <p>{hasNextPage ? 'Perhaps among older ones.' : 'Choose another kind above.'}</p>
          )}
        </EmptyNote>
      )}
      {shown.length > 0 && (
        <ul className="change-list sheet plain-list">
          {shown.map((change) => (
            <li key={change.id} className="change-item">
              <Link to="/changes/$id" params={{ id: change.id }} className="change-link">
                <span className="sentence">{change.request}</span>
                {change.why !== null && change.outcome !== 'live' && <span className="change-why small quiet">{change.why}</span>}
              </Link>
              <span className="change-facts small quiet">
                <HandedIn change={change} />
                <OutcomeTag change={change} />
                <span>
                  {person(change.by)}, <Moment at={change.askedAt} />
                </span>
                {change.generation !== null && <code>{shortDigest(change.generation)}</code>}
              </span>
            </li>
          ))}
        </ul>
      )}
      {hasNextPage && (
        <div>
          <Button variant="default" loading={isFetchingNextPage} onClick={() => void fetchNextPage()}>
            Older changes
          </Button>
        </div>
      )}
    </Page>
  );
}
