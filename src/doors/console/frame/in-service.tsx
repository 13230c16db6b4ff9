/** What callers wait for: the times that definitions require, as they are kept, and the reads that were asked most. Shapes alone, no values. */
import { useQuery } from '@tanstack/react-query';
import type { ReactNode } from 'react';
import type { ReadSeenJson, StatedTimeJson } from '#api/client';
import { serviceQuery, sessionQuery } from '../system/queries.ts';
import { Moment } from '../values/place.tsx';
import { Section } from './page.tsx';

const mostShown = 12;

/** Nothing where nothing was read yet, or the caller may not see it. */
export function InService(): ReactNode {
  const may = useQuery(sessionQuery()).data?.may;
  const steers = may !== undefined && (may.ask || may.approve || may.rollBack || may.freeze || may.administer);
  const { data } = useQuery({ ...serviceQuery(), enabled: steers });
  if (data === undefined || data.times.length + data.reads.length === 0) return null;
  return (
    <>
      {data.times.length > 0 && (
        <Section title="Required times">
          <ul className="plain-list stack" style={{ gap: '0.5rem' }}>
            {data.times.map((time) => (
              <RequiredTime key={time.entity} time={time} />
            ))}
          </ul>
        </Section>
      )}
      {data.reads.length > 0 && (
        <Section title="Reads in service" aside={<span className="small quiet">the last seven days</span>}>
          <Reads reads={data.reads.slice(0, mostShown)} />
        </Section>
      )}
    </>
  );
}

function RequiredTime({ time }: { readonly time: StatedTimeJson }): ReactNode {
  const { entity, withinMs, state, since, answers, late, minutes, lateMinutes } = time;
  return (
    <li className={state === 'broken' ? 'note note-doubt' : 'note'}>
      <div className="stack" style={{ gap: '0.25rem' }}>
        <strong>
          <code>{entity}</code> within {withinMs} ms: {stateWords[state]}
          {since !== null && (
            <>
              {' '}
              since <Moment at={since} />
            </>
          )}
        </strong>
        {answers > 0 && (
          <p className="small">
            In the last day {late} of {answers} answers came later; in {lateMinutes} of {minutes} minutes with reads it was more than one in
            twenty.
          </p>
        )}
        {state === 'broken' && (
          <p className="quiet small">Ask for what would help: name the read that is slow, and an index is measured for it.</p>
        )}
      </div>
    </li>
  );
}
const stateWords: { readonly [State in StatedTimeJson['state']]: string } = {
  kept: 'kept',
  broken: 'not kept',
  unknown: 'nobody has read yet',
};

function Reads({ reads }: { readonly reads: readonly ReadSeenJson[] }): ReactNode {
  return (
    <div className="sheet scroll-x">
      <table className="table table-cards">
        <thead>
          <tr>
            <th scope="col">Read</th>
            {columns.map(({ label }) => (
              <th key={label} scope="col" className="number">
                {label}
              </th>
            ))}
          </tr>
        </thead>
        <tbody>
          {reads.map((read) => (
            <tr key={read.read}>
              <td className="lead-cell">{read.read}</td>
              {columns.map(({ label, text }) => (
                <td key={label} data-label={label} className="number">
                  {text(read)}
                </td>
              ))}
            </tr>
          ))}
        </tbody>
      </table>
    </div>
  );
}

const within = (ms: number | null): string => (ms === null ? 'over 5 s' : `${ms} ms`);
const columns: readonly { readonly label: string; readonly text: (read: ReadSeenJson) => string }[] = [
  { label: 'Asked', text: ({ seen }) => String(seen) },
  { label: 'Half within', text: ({ halfWithinMs }) => within(halfWithinMs) },
  { label: '95 in 100 within', text: ({ mostWithinMs }) => within(mostWithinMs) },
];
