/** People and programs that are known, their roles, and one-time links to let a person in. */
import { Button, Modal } from '@mantine/core';
import { useQuery } from '@tanstack/react-query';
import { type ReactNode, useState } from 'react';
import type { CallerJson, LinkJson } from '#api/client';
import { useTell } from '../frame/notices.tsx';
import { Section } from '../frame/page.tsx';
import { ProblemNote } from '../frame/problem-note.tsx';
import { Waiting } from '../frame/waiting.tsx';
import { client, problemOf } from '../system/client.ts';
import { callersQuery, sessionQuery } from '../system/queries.ts';
import { Secret } from './secret.tsx';

export function Callers(): ReactNode {
  const { data, error, refetch } = useQuery(callersQuery());
  const me = useQuery(sessionQuery()).data?.caller.id;
  const tell = useTell();
  const [link, setLink] = useState<{ readonly caller: CallerJson; readonly made: LinkJson } | null>(null);
  const make = async (caller: CallerJson): Promise<void> => {
    try {
      setLink({ caller, made: await client.link({ caller: caller.id }) });
    } catch (cause) {
      tell(problemOf(cause).detail);
    }
  };
  return (
    <Section title="Who is known">
      {error !== null && <ProblemNote cause={error} retry={() => void refetch()} />}
      {data === undefined && error === null && <Waiting />}
      {data !== undefined && (
        <div className="sheet scroll-x">
          <table className="table table-cards">
            <thead>
              <tr>
                <th scope="col">Name</th>
                <th scope="col">Roles</th>
                <th scope="col">
                  <span className="only-heard">Actions</span>
                </th>
              </tr>
            </thead>
            <tbody>
              {data.items.map((caller) => (
                <tr key={caller.id}>
                  <td className="lead-cell">
                    <strong>{caller.name}</strong>
                    {caller.id === me && <span className="quiet"> (you)</span>}
                    {caller.disabled && (
                      <>
                        {' '}
                        <span className="tag">disabled</span>
                      </>
                    )}
                  </td>
                  <td data-label="Roles">{caller.roles.length === 0 ? <span className="quiet">none</span> : caller.roles.join(', ')}</td>
                  <td className="number">
                    {!caller.disabled && (
                      <Button variant="subtle" size="compact-xs" onClick={() => void make(caller)}>
                        Sign-in link<span className="only-heard"> for {caller.name}</span>
                      </Button>
                    )}
                  </td>
                </tr>
              ))}
            </tbody>
          </table>
        </div>
      )}
      {link !== null && (
        <Modal opened onClose={() => setLink(null)} title={`Sign-in link for ${link.caller.name}`} closeOnClickOutside={false}>
          <Secret value={link.made.url} close={() => setLink(null)}>
            It works once, within {link.made.minutes} minutes. Whoever opens it acts as {link.caller.name}.
          </Secret>
        </Modal>
      )}
    </Section>
  );
}
