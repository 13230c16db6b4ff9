/** From whom and what this change came, on what it stands, what it made, and every event on the way. */
import { Link } from '@tanstack/react-router';
import type { ReactNode } from 'react';
import type { ChangeDetail, ChangeEvent } from '#api/client';
import { usePerson } from '../system/use-person.ts';
import { formatInstant, formatTime, shortDigest } from '../values/format.ts';
import { usePlace } from '../values/place.tsx';
import { outcomeWords, stepWords } from './outcome-words.ts';

export function Lineage({ change }: { readonly change: ChangeDetail }): ReactNode {
  const place = usePlace();
  const person = usePerson();
  const digest = (value: string | null | undefined): ReactNode =>
    value === null || value === undefined ? <span className="quiet">–</span> : <code title={value}>{shortDigest(value)}</code>;
  return (
    <div className="stack">
      <dl className="facts sheet padded">
        <dt>Asked by</dt>
        <dd>
          {person(change.by)}
          {change.roles.length > 0 && <span className="quiet"> ({change.roles.join(', ')})</span>},{' '}
          {formatInstant(change.askedAt, place, true)}
        </dd>
        <dt>Change</dt>
        <dd>
          <code>{change.id}</code>
        </dd>
        {change.understanding !== null && (
          <>
            <dt>Risk</dt>
            <dd>{change.understanding.risk}</dd>
          </>
        )}
        {(change.candidate !== null || change.handedInBy !== null) && (
          <>
            <dt>Written by</dt>
            <dd>
              {change.handedInBy === null
                ? change.candidate?.generator
                : `${change.handedInBy === 'agent' ? 'an agent' : 'a person'}, handed in with the request`}
            </dd>
          </>
        )}
        <dt>Stands on</dt>
        <dd>generation {digest(change.candidate?.base ?? change.base)}</dd>
        {(change.generation ?? change.candidate?.generation ?? null) !== null && (
          <>
            <dt>Made</dt>
            <dd>
              generation{' '}
              <Link to="/generations" hash={change.generation ?? ''}>
                {digest(change.generation ?? change.candidate?.generation)}
              </Link>
            </dd>
          </>
        )}
        {change.certificate !== null && (
          <>
            <dt>Certificate</dt>
            <dd>
              {digest(change.certificate)}{' '}
              <span className="quiet small">
                check it offline: <code>theseus verify {change.generation === null ? '' : shortDigest(change.generation)}</code>
              </span>
            </dd>
          </>
        )}
      </dl>
      <details>
        <summary>{change.events.length === 1 ? 'One event' : `${change.events.length} events, in order`}</summary>
        <ol className="plain-list events">
          {change.events.map((event) => (
            <li key={event.seq}>
              <time className="quiet mono" dateTime={new Date(event.at).toISOString()}>
                {formatTime(event.at, place)}
              </time>{' '}
              {wordsOf(event)}
            </li>
          ))}
        </ol>
      </details>
    </div>
  );
}

function wordsOf(event: ChangeEvent): string {
  switch (event.kind) {
    case 'asked':
      return 'asked';
    case 'step':
      return `${stepWords[event.step].toLowerCase()}: ${event.state}`;
    case 'understood':
      return `understood (risk ${event.understanding.risk})`;
    case 'decided':
      return `decided: ${event.decision.chosen}`;
    case 'routed':
      return `written by ${event.generator}: ${event.why}`;
    case 'retrieved':
      return [
        `looked up ${event.pieces.length} pieces, ${event.tokens} tokens`,
        ...(event.without ?? []).map((what) => `without ${what}`),
      ].join('; ');
    case 'repair':
      return `written again (${event.attempt}): ${event.failures.length} failures`;
    case 'spent':
      return `called ${event.spent.model}: ${event.spent.usd === null ? 'cost unknown' : `${event.spent.usd} US dollars`}`;
    case 'candidate':
      return `candidate ${event.candidate.slice(0, 8)} makes generation ${shortDigest(event.generation)}`;
    case 'evidence':
      return `gate ${event.evidence.gate}: ${event.evidence.verdict}`;
    case 'certified':
      return `certified: ${shortDigest(event.certificate)}`;
    case 'ended':
      return `ended: ${outcomeWords[event.outcome].label}`;
  }
}
