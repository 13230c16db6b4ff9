/** The serving generation cannot be read: the pages that need it say so, and where the way out is. The others go on. */
import { Link } from '@tanstack/react-router';
import type { ReactNode } from 'react';
import { ProblemNote } from './problem-note.tsx';

export function ModelProblem({ cause, retry }: { readonly cause: unknown; readonly retry?: () => void }): ReactNode {
  return (
    <div className="stack">
      <ProblemNote cause={cause} title="This system cannot be read just now" {...(retry === undefined ? {} : { retry })} />
      <p>
        If a change broke it, go back: <Link to="/generations">Generations</Link> works without it, and so do{' '}
        <Link to="/changes">Changes</Link> and <Link to="/health">Health</Link>.
      </p>
    </div>
  );
}
