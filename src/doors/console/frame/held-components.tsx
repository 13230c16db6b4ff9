/** Components that failed by deeds of their own: what is held against them, and how a person lets one work again. */
import { Button } from '@mantine/core';
import { useQuery, useQueryClient } from '@tanstack/react-query';
import { type ReactNode, useState } from 'react';
import type { HealthJson, HeldJson } from '#api/client';
import { Confirm } from './confirm.tsx';
import { Section } from './page.tsx';
import { client } from '../system/client.ts';
import { heldQuery, sessionQuery } from '../system/queries.ts';

/** Nothing where nothing is held, or the caller may not see it. */
export function HeldComponents({ health }: { readonly health: HealthJson }): ReactNode {
  const may = useQuery(sessionQuery()).data?.may;
  const steers = may !== undefined && (may.ask || may.approve || may.rollBack || may.freeze || may.administer);
  const { data } = useQuery({ ...heldQuery(health.quarantined), enabled: steers });
  if (data === undefined || data.items.length === 0) return null;
  return (
    <Section title="Held components">
      <ul className="plain-list stack" style={{ gap: '0.5rem' }}>
        {data.items.map((held) => (
          <Held key={held.source} held={held} mayRelease={may?.approve === true} />
        ))}
      </ul>
    </Section>
  );
}

function Held({ held, mayRelease }: { readonly held: HeldJson; readonly mayRelease: boolean }): ReactNode {
  const queries = useQueryClient();
  const [open, setOpen] = useState(false);
  return (
    <li className="note note-doubt">
      <div className="stack" style={{ gap: '0.25rem' }}>
        <strong>
          <code>{held.component}</code> {held.quarantined === null ? 'runs alone' : 'is quarantined'}
        </strong>
        <p className="small">{held.quarantined?.why ?? held.strikes.at(-1)?.why}</p>
        {held.quarantined !== null && (
          <p className="quiet small">
            Its calls are answered at once with a failure. Ask for a change that replaces it, take its change back, or release it.
          </p>
        )}
      </div>
      {mayRelease && (
        <Button variant="default" size="xs" onClick={() => setOpen(true)}>
          Release
        </Button>
      )}
      {open && (
        <Confirm
          title={`Release ${held.component}?`}
          action="Release"
          close={() => setOpen(false)}
          perform={async () => {
            await client.release(held.component);
            await Promise.all([queries.invalidateQueries({ queryKey: ['held'] }), queries.invalidateQueries({ queryKey: ['health'] })]);
          }}
        >
          <p>What is held against it is forgotten, and it is called again.</p>
        </Confirm>
      )}
    </li>
  );
}
