/** What runs unasked: reactions and jobs, what of each is owed, and the runs that failed for good, to be tried again or given up. */
import { Button, Textarea } from '@mantine/core';
import { useQuery, useQueryClient } from '@tanstack/react-query';
import { Link } from '@tanstack/react-router';
import { type ReactNode, useState } from 'react';
import type { DeliveryJson, SendingJson, UnaskedJson } from '#api/client';
import { Confirm } from '../frame/confirm.tsx';
import { EmptyNote } from '../frame/empty-note.tsx';
import { Page, Section } from '../frame/page.tsx';
import { ProblemNote } from '../frame/problem-note.tsx';
import { Waiting } from '../frame/waiting.tsx';
import { client } from '../system/client.ts';
import { deadLettersQuery, deadSendingsQuery, sessionQuery, unaskedQuery } from '../system/queries.ts';
import { cronWords } from '../values/cron-words.ts';
import { formatMilliseconds, formatNumber } from '../values/format.ts';
import { Moment, usePlace } from '../values/place.tsx';

export default function Unasked(): ReactNode {
  const { data: unasked, error, refetch } = useQuery(unaskedQuery());
  const { data: dead } = useQuery(deadLettersQuery());
  const { data: unsent } = useQuery(deadSendingsQuery());
  return (
    <Page title="Unasked" lead="What runs without being called: reactions to what happens, and jobs on a schedule.">
      {error !== null && <ProblemNote cause={error} retry={() => void refetch()} />}
      {unasked === undefined ? error === null && <Waiting lines={5} /> : <Owed items={unasked.items} />}
      {dead !== undefined && dead.items.length > 0 && (
        <Section title="Dead letters">
          <ul className="plain-list stack">
            {dead.items.map((letter) => (
              <DeadLetter key={letter.no} letter={letter} />
            ))}
          </ul>
        </Section>
      )}
      {unsent !== undefined && unsent.items.length > 0 && (
        <Section title="Not sent">
          <ul className="plain-list stack">
            {unsent.items.map((sending) => (
              <DeadSending key={sending.id} sending={sending} />
            ))}
          </ul>
        </Section>
      )}
    </Page>
  );
}

function Owed({ items }: { readonly items: readonly UnaskedJson[] }): ReactNode {
  const place = usePlace();
  const count = (value: number): string => formatNumber(value, place);
  if (items.length === 0)
    return <EmptyNote title="Nothing runs unasked">This system has no reactions, no jobs and no transitions of the clock.</EmptyNote>;
  return (
    <div className="sheet">
      <table className="table table-cards">
        <thead>
          <tr>
            <th scope="col">Component</th>
            <th scope="col">Runs</th>
            <th scope="col">Owed</th>
            <th scope="col">This hour</th>
          </tr>
        </thead>
        <tbody>
          {items.map((one) => (
            <tr key={`${one.component} ${one.after ?? ''}`}>
              <td data-label="Component">
                <Link to="/components/$kind/$name" params={{ kind: one.kind, name: one.name }}>
                  {one.component}
                </Link>
              </td>
              <td data-label="Runs">
                {one.after !== null ? (
                  one.after
                ) : one.schedule === null ? (
                  <>
                    on <code>{one.event}</code>
                  </>
                ) : (
                  <>
                    {cronWords(one.schedule.cron) ?? <code>{one.schedule.cron}</code>} ({one.schedule.timeZone})
                    {one.next !== null && (
                      <>
                        , next <Moment at={one.next} />
                      </>
                    )}
                  </>
                )}
              </td>
              <td data-label="Owed">
                <OwedOf one={one} />
              </td>
              <td data-label="This hour">
                {count(one.hour.runs)}
                {one.hour.mostRuns !== null && ` of at most ${count(one.hour.mostRuns)}`} runs, {formatMilliseconds(one.hour.wallMs, place)}
                {one.hour.mostWallMs !== null && ` of at most ${formatMilliseconds(one.hour.mostWallMs, place)}`}
              </td>
            </tr>
          ))}
        </tbody>
      </table>
    </div>
  );
}

function OwedOf({ one }: { readonly one: UnaskedJson }): ReactNode {
  const { waiting, running, dead, stopped, heldForHour } = one;
  if (waiting + running + dead + stopped === 0) return <span className="quiet">nothing</span>;
  return (
    <span className="row" style={{ gap: '0.4rem' }}>
      {waiting > 0 && <span className="tag">{waiting} waiting</span>}
      {heldForHour > 0 && <span className="tag tag-doubt">{heldForHour} for the next hour</span>}
      {running > 0 && <span className="tag">{running} running</span>}
      {dead > 0 && <span className="tag tag-bad">{dead} dead</span>}
      {stopped > 0 && <span className="tag">{stopped} stopped</span>}
    </span>
  );
}

function DeadLetter({ letter }: { readonly letter: DeliveryJson }): ReactNode {
  return (
    <Dead
      retry={() => client.retryDelivery(letter.no)}
      stop={(why) => client.stopDelivery(letter.no, why)}
      hint="It runs now, with all its tries before it. What it has applied before is not applied again."
    >
      <p>
        <strong>{letter.component}</strong> for <code>{letter.about}</code>, tried {letter.attempts} times: {letter.why ?? letter.code}
      </p>
      <p className="quiet small">
        <Moment at={letter.endedAt ?? letter.madeAt} />
        {letter.trail.length > 1 && <> · came of {letter.trail.slice(0, -1).join(', then ')}</>}
      </p>
    </Dead>
  );
}

function DeadSending({ sending }: { readonly sending: SendingJson }): ReactNode {
  const { id, component, host, method, path, tries, why, at } = sending;
  return (
    <Dead
      retry={() => client.retrySending(id)}
      stop={(reason) => client.stopSending(id, reason)}
      hint="It is sent now, under the same key as before, so that the other side can tell a repetition."
    >
      <p>
        <strong>{component}</strong> to <code>{host}</code>, {method} <code>{path}</code>, tried {tries} times: {why}
      </p>
      <p className="quiet small">
        <Moment at={at} />
      </p>
    </Dead>
  );
}

interface DeadTerms {
  readonly retry: () => Promise<void>;
  readonly stop: (why: string) => Promise<void>;
  /** What trying again does. */
  readonly hint: string;
  readonly children: ReactNode;
}
/** What failed for good, and the two things that a person may do about it. */
function Dead({ retry, stop, hint, children }: DeadTerms): ReactNode {
  const queries = useQueryClient();
  const may = useQuery(sessionQuery()).data?.may.rollBack === true;
  const [asked, setAsked] = useState<'retry' | 'stop' | null>(null);
  const [why, setWhy] = useState('');
  const perform = async (): Promise<void> => {
    await (asked === 'retry' ? retry() : stop(why.trim()));
    await Promise.all(
      ['unasked', 'dead-letters', 'dead-sendings', 'health'].map((name) => queries.invalidateQueries({ queryKey: [name] })),
    );
  };
  return (
    <li className="note note-bad">
      <div>{children}</div>
      {may && (
        <div className="row">
          <Button variant="default" onClick={() => setAsked('stop')}>
            Give up
          </Button>
          <Button onClick={() => setAsked('retry')}>Try again</Button>
        </div>
      )}
      {asked !== null && (
        <Confirm
          title={asked === 'retry' ? 'Try it again?' : 'Give it up?'}
          action={asked === 'retry' ? 'Try again' : 'Give up'}
          danger={asked === 'stop'}
          close={() => setAsked(null)}
          perform={perform}
        >
          {asked === 'retry' ? (
            <p>{hint}</p>
          ) : (
            <Textarea
              label="Why"
              description="It is kept in the audit"
              rows={2}
              value={why}
              onChange={(event) => setWhy(event.currentTarget.value)}
            />
          )}
        </Confirm>
      )}
    </li>
  );
}
