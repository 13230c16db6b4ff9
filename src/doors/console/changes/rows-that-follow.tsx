/** Which rows would follow a change that is taken back, counted before anything is done, and what stays or has left the system. */
import { useQuery } from '@tanstack/react-query';
import type { ReactNode } from 'react';
import type { WouldRollBackJson } from '#api/client';
import { ProblemNote } from '../frame/problem-note.tsx';
import { Waiting } from '../frame/waiting.tsx';
import { wouldRollBackQuery } from '../system/queries.ts';
import { counted, deedsOf } from './undo-words.ts';

export function RowsThatFollow({ change, withLater }: { readonly change: string; readonly withLater: boolean }): ReactNode {
  const { data, error } = useQuery(wouldRollBackQuery(change, withLater));
  if (error !== null) return <ProblemNote cause={error} />;
  return data === undefined ? <Waiting lines={2} /> : <Counts rows={data.rows} />;
}

function Counts({ rows: { components, entities, others, outside } }: Pick<WouldRollBackJson, 'rows'>): ReactNode {
  if (entities.length === 0 && outside.sent + outside.waiting === 0)
    return <p className="small quiet">Its code wrote no rows that could be put back.</p>;
  return (
    <div className="stack small" style={{ gap: '0.4rem' }}>
      <p>
        Written by <code>{components.join(', ')}</code>:
      </p>
      <ul className="plain-list stack" style={{ gap: '0.3rem' }} aria-label="Rows that would go back">
        {entities.map(({ entity, since, ...counts }) => (
          <li key={entity}>
            <strong>{entity}</strong> {deedsOf(counts)}
            {since > 0 && <span className="quiet">; {since} written since by others, who keep what they wrote</span>}
          </li>
        ))}
      </ul>
      {others > 0 && <p className="quiet">{counted(others, 'row')} that others wrote meanwhile stay as they are.</p>}
      {outside.sent > 0 && <p className="note note-doubt">{counted(outside.sent, 'request')} left the system and cannot be undone.</p>}
      {outside.waiting > 0 && <p className="quiet">{counted(outside.waiting, 'request')} to hosts outside that wait are given up.</p>}
    </div>
  );
}
