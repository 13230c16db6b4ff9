/** One component as it serves: what it is and why, its source as it stands, and where each version came from. */
import { useQuery } from '@tanstack/react-query';
import { Link, useParams } from '@tanstack/react-router';
import type { ReactNode } from 'react';
import { Page, Section } from '../frame/page.tsx';
import { ProblemNote } from '../frame/problem-note.tsx';
import { Waiting } from '../frame/waiting.tsx';
import { componentQuery } from '../system/queries.ts';
import { shortDigest } from '../values/format.ts';
import { Moment } from '../values/place.tsx';
import './component.css';

export default function Component(): ReactNode {
  const { kind = '', name = '' } = useParams({ strict: false }) as { kind?: string; name?: string };
  const { data, error, refetch } = useQuery(componentQuery(kind, name));
  if (data === undefined)
    return (
      <Page title={name} above={<Link to="/generations">Generations</Link>}>
        {error === null ? <Waiting lines={8} /> : <ProblemNote cause={error} retry={() => void refetch()} />}
      </Page>
    );
  return (
    <Page
      title={data.name}
      above={
        <>
          <Link to="/generations">Generations</Link> / {data.kind}
        </>
      }
      lead={data.what}
    >
      <dl className="facts sheet padded">
        <dt>Why</dt>
        <dd>{data.why}</dd>
        <dt>File</dt>
        <dd>
          <code>{data.path}</code>
        </dd>
        <dt>Written by</dt>
        <dd>
          {data.generator}, {data.date}
        </dd>
        <dt>Digest</dt>
        <dd>
          <code title={data.source}>{shortDigest(data.source)}</code>
        </dd>
      </dl>
      {data.denials.count > 0 && (
        <Section title={data.denials.count === 1 ? 'Denied once' : `Denied ${data.denials.count} times`}>
          <ol className="plain-list stack" style={{ gap: '0.5rem' }}>
            {data.denials.last.map((denial) => (
              <li key={`${denial.at} ${denial.asked}`}>
                <Moment at={denial.at} /> {denial.why}{' '}
                {denial.write !== null && (
                  <span className="quiet">
                    Its contract would have to say <code>{denial.write}</code>.
                  </span>
                )}
              </li>
            ))}
          </ol>
        </Section>
      )}
      <Section title="Source">
        <Source text={data.text} label={data.path} />
      </Section>
      {data.tests !== null && (
        <Section title="Tests">
          <Source text={data.tests} label="Tests" />
        </Section>
      )}
      <Section title="Lineage">
        <ol className="plain-list stack" style={{ gap: '0.5rem' }}>
          {data.lineage.map((version) => (
            <li key={version.generation}>
              <code>{shortDigest(version.generation)}</code> <Moment at={version.createdAt} />{' '}
              {version.change === null ? (
                <span className="quiet">as the system started</span>
              ) : (
                <Link to="/changes/$id" params={{ id: version.change }} className="sentence">
                  {version.request ?? 'the change'}
                </Link>
              )}
            </li>
          ))}
        </ol>
      </Section>
    </Page>
  );
}

function Source({ text, label }: { readonly text: string; readonly label: string }): ReactNode {
  return (
    <pre className="source sheet" tabIndex={0} role="region" aria-label={label}>
      <code>{text}</code>
    </pre>
  );
}
