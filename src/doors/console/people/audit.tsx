/** What was done at the controls, and by whom. */
import { useQuery } from '@tanstack/react-query';
import type { ReactNode } from 'react';
import { ProblemNote } from '../frame/problem-note.tsx';
import { Waiting } from '../frame/waiting.tsx';
import { auditQuery } from '../system/queries.ts';
import { usePerson } from '../system/use-person.ts';
import { Moment } from '../values/place.tsx';
import { AuditSubjectLinks } from './audit-subject-links.tsx';

export function Audit(): ReactNode {
  const { data, error, refetch } = useQuery(auditQuery());
  const person = usePerson();
  if (data === undefined) return error === null ? <Waiting /> : <ProblemNote cause={error} retry={() => void refetch()} />;
  if (data.items.length === 0) return <p className="quiet">Nothing yet.</p>;
  return (
    <div
      className="sheet scroll-x"
      style={{ maxHeight: '26rem', overflowY: 'auto' }}
      tabIndex={0}
      role="region"
      aria-label="Entries of the audit"
    >
      <table className="table table-cards">
        <thead>
          <tr>
            <th scope="col">What</th>
            <th scope="col">Who</th>
            <th scope="col">When</th>
            <th scope="col">On what</th>
          </tr>
        </thead>
        <tbody>
          {data.items.map((entry) => (
            <tr key={entry.id}>
              <td className="lead-cell">{entry.action.replaceAll('-', ' ')}</td>
              <td data-label="Who">{person(entry.caller)}</td>
              <td data-label="When">
                <Moment at={entry.at} />
              </td>
              <td data-label="On what" className={entry.subject === null && entry.detail === null ? 'absent' : ''}>
                <AuditSubjectLinks entry={entry} />
              </td>
            </tr>
          ))}
        </tbody>
      </table>
    </div>
  );
}
