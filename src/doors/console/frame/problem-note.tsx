/** A problem document for a person: what is wrong, what to do, and a way to try again. */
import { Button } from '@mantine/core';
import type { ReactNode } from 'react';
import { problemOf } from '../system/client.ts';
import './notes.css';

const advice: { readonly [code: string]: string } = {
  unreachable: 'If you stopped it, start it again with npm start. What you typed is kept on this page.',
  forbidden: 'An owner can give you a role that may, on the page Keys & people.',
  busy: 'Nothing is lost; try again.',
  frozen: 'An owner can end the freeze on the page Health.',
};

export function ProblemNote({
  cause,
  retry,
  title,
}: {
  readonly cause: unknown;
  readonly retry?: () => void;
  readonly title?: string;
}): ReactNode {
  const problem = problemOf(cause);
  const more = advice[problem.code];
  return (
    <div className="note note-bad" role="alert">
      <div className="stack" style={{ gap: '0.25rem' }}>
        <strong>{title ?? problem.title.replaceAll('-', ' ')}</strong>
        <p>{problem.detail}</p>
        {more !== undefined && <p className="quiet">{more}</p>}
      </div>
      {retry !== undefined && (
        <Button variant="default" size="xs" onClick={retry}>
          Try again
        </Button>
      )}
    </div>
  );
}
