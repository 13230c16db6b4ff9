/** What a generation consists of: its components, its certificate, what the kernel wrote about it. */
import { useQuery } from '@tanstack/react-query';
import { Link } from '@tanstack/react-router';
import type { ReactNode } from 'react';
import type { GenerationDetail } from '#api/client';
import { ProblemNote } from '../frame/problem-note.tsx';
import { Waiting } from '../frame/waiting.tsx';
import { generationQuery } from '../system/queries.ts';
import { formatInstant, shortDigest } from '../values/format.ts';
import { usePlace } from '../values/place.tsx';

export function GenerationContent({ id }: { readonly id: string }): ReactNode {
  const { data, error } = useQuery(generationQuery(id));
  const place = usePlace();
  if (data === undefined) return error === null ? <Waiting /> : <ProblemNote cause={error} />;
  return (
    <div className="sheet padded stack" style={{ marginTop: '0.75rem' }}>
      <dl className="facts">
        <dt>Digest</dt>
        <dd>
          <code>{data.id}</code>
        </dd>
        {data.parent !== null && (
          <>
            <dt>Parent</dt>
            <dd>
              <code title={data.parent}>{shortDigest(data.parent)}</code>
            </dd>
          </>
        )}
        <dt>Certificate</dt>
        <dd>
          {data.certificate === null ? (
            <span className="quiet">none: it is what the system started with</span>
          ) : (
            <>
              <code title={data.certificate.digest}>{shortDigest(data.certificate.digest)}</code>, risk {data.certificate.risk}, by{' '}
              {data.certificate.generator}, {formatInstant(data.certificate.issued, place)}
            </>
          )}
        </dd>
        <dt>Check it offline</dt>
        <dd>
          <code>theseus verify {shortDigest(data.id)}</code>
        </dd>
      </dl>
      <Components generation={data} />
      {data.events.length > 0 && (
        <details>
          <summary>{data.events.length} entries of the kernel’s log</summary>
          <ol className="plain-list small" style={{ marginTop: '0.5rem' }}>
            {data.events.map((entry) => (
              <li key={entry.seq}>
                <code>{entry.seq}</code> {formatInstant(entry.at, place, true)} · {entry.event.kind} ·{' '}
                <code title={entry.digest}>{shortDigest(entry.digest)}</code>
              </li>
            ))}
          </ol>
        </details>
      )}
    </div>
  );
}

function Components({ generation }: { readonly generation: GenerationDetail }): ReactNode {
  const kinds = [...new Set(generation.components.map((component) => component.kind))];
  return (
    <dl className="facts">
      {kinds.map((kind) => (
        <div key={kind} style={{ display: 'contents' }}>
          <dt>{kind}</dt>
          <dd className="row" style={{ gap: '0.2rem 0.9rem' }}>
            {generation.components
              .filter((component) => component.kind === kind)
              .map((component) => (
                <Link key={component.name} to="/components/$kind/$name" params={{ kind, name: component.name }} title={component.path}>
                  {component.name}
                </Link>
              ))}
          </dd>
        </div>
      ))}
    </dl>
  );
}
