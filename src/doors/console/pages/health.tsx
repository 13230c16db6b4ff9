/** How the system is: what runs, what is missing, and the freeze, which stops all self-change by mechanism. */
import { Button, Textarea } from '@mantine/core';
import { useQuery, useQueryClient } from '@tanstack/react-query';
import { type ReactNode, useState } from 'react';
import type { HealthJson } from '#api/client';
import { Confirm } from '../frame/confirm.tsx';
import { Page, Section } from '../frame/page.tsx';
import { ProblemNote } from '../frame/problem-note.tsx';
import { Waiting } from '../frame/waiting.tsx';
import { client } from '../system/client.ts';
import { healthQuery, modelQuery, sessionQuery } from '../system/queries.ts';
import { InService } from '../frame/in-service.tsx';
import { HeldComponents } from '../frame/held-components.tsx';
import { shortDigest } from '../values/format.ts';

export default function Health(): ReactNode {
  const { data: health, error, refetch } = useQuery(healthQuery());
  const model = useQuery(modelQuery()).data;
  return (
    <Page title="Health" narrow>
      {error !== null && <ProblemNote cause={error} retry={() => void refetch()} />}
      {health === undefined ? (
        error === null && <Waiting lines={5} />
      ) : (
        <>
          <dl className="facts sheet padded">
            <dt>System</dt>
            <dd>{health.status === 'ok' ? <span className="tag tag-good">well</span> : <span className="tag tag-bad">degraded</span>}</dd>
            <dt>Database</dt>
            <dd>{health.database === 'ok' ? 'answers' : <span className="tag tag-bad">does not answer</span>}</dd>
            <dt>Generation</dt>
            <dd>
              {health.generation === null ? (
                <span className="tag tag-bad">none serves</span>
              ) : (
                <>
                  <code title={health.generation}>{shortDigest(health.generation)}</code>{' '}
                  <span className="quiet">activation {health.activation}</span>
                </>
              )}
            </dd>
            <dt>Hosts</dt>
            <dd>
              {health.hosts.running} running, isolation: {health.hosts.isolation}
              {health.hosts.containment
                .filter(({ holds }) => !holds)
                .map(({ name, found }) => (
                  <p key={name} className="quiet small">
                    {name}: {found}
                  </p>
                ))}
            </dd>
            {model !== undefined && (
              <>
                <dt>Values</dt>
                <dd>
                  {model.currency.code}, {model.timeZone}, {model.locale}
                </dd>
              </>
            )}
          </dl>
          {health.notes.length > 0 && (
            <Section title="Notes">
              <ul className="plain-list stack" style={{ gap: '0.5rem' }}>
                {health.notes.map((note) => (
                  <li key={note} className="note note-doubt">
                    <span>{note}</span>
                  </li>
                ))}
              </ul>
            </Section>
          )}
          <InService />
          <HeldComponents health={health} />
          <Freeze health={health} />
        </>
      )}
    </Page>
  );
}

function Freeze({ health }: { readonly health: HealthJson }): ReactNode {
  const queries = useQueryClient();
  const may = useQuery(sessionQuery()).data?.may.freeze === true;
  const [open, setOpen] = useState(false);
  const [why, setWhy] = useState('');
  const again = (): Promise<void> => queries.invalidateQueries({ queryKey: ['health'] });
  return (
    <Section title="Freeze">
      <div className={health.frozen ? 'note note-tide' : 'note'}>
        <div>
          {health.frozen ? (
            <p>
              <strong>Frozen.</strong> No change is taken or goes live until the freeze ends. Going back still works.
            </p>
          ) : (
            <p>
              Not frozen: changes go live as the policy says. A freeze stops all self-change at once, by mechanism; going back still works.
            </p>
          )}
          {!may && <p className="quiet small">Your roles may not freeze or unfreeze.</p>}
        </div>
        {may && (
          <Button variant={health.frozen ? 'filled' : 'default'} onClick={() => setOpen(true)}>
            {health.frozen ? 'End the freeze' : 'Freeze'}
          </Button>
        )}
      </div>
      {open && !health.frozen && (
        <Confirm
          title="Freeze the system?"
          action="Freeze"
          close={() => setOpen(false)}
          perform={async () => {
            await client.freeze(why.trim() === '' ? 'no reason given' : why.trim());
            await again();
          }}
        >
          <Textarea
            label="Why"
            description="It is kept in the audit"
            rows={2}
            value={why}
            onChange={(event) => setWhy(event.currentTarget.value)}
            data-autofocus
          />
        </Confirm>
      )}
      {open && health.frozen && (
        <Confirm
          title="End the freeze?"
          action="End the freeze"
          close={() => setOpen(false)}
          perform={async () => {
            await client.unfreeze();
            await again();
          }}
        >
          <p>Changes can go live again, as the policy says.</p>
        </Confirm>
      )}
    </Section>
  );
}
