/** Who may enter: people by sign-in links, programs by keys; and what was done by whom. For owners. */
import { useQuery } from '@tanstack/react-query';
import type { ReactNode } from 'react';
import { EmptyNote } from '../frame/empty-note.tsx';
import { Page, Section } from '../frame/page.tsx';
import { Audit } from '../people/audit.tsx';
import { Callers } from '../people/callers.tsx';
import { Keys } from '../people/keys.tsx';
import { sessionQuery } from '../system/queries.ts';

export default function People(): ReactNode {
  const session = useQuery(sessionQuery()).data;
  if (session?.may.administer !== true) {
    return (
      <Page title="Keys & people">
        <EmptyNote title="For owners only">
          <p>
            You are signed in as {session?.caller.name ?? 'nobody'},{' '}
            {session === undefined || session === null || session.caller.roles.length === 0
              ? 'without a role'
              : `in the role ${session.caller.roles.join(' and ')}`}
            . An owner issues keys and sign-in links here.
          </p>
        </EmptyNote>
      </Page>
    );
  }
  return (
    <Page title="Keys & people" lead="Nobody is let in who is not named here. What a role may do stands in theseus.json of the system.">
      <Keys />
      <Callers />
      <Section title="Audit">
        <Audit />
      </Section>
    </Page>
  );
}
