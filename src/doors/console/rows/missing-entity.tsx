/** In place of a page about rows while its entity is not known: not yet, not any more, or not at all. */
import { Link } from '@tanstack/react-router';
import type { ReactNode } from 'react';
import { EmptyNote } from '../frame/empty-note.tsx';
import { ModelProblem } from '../frame/model-problem.tsx';
import { Page } from '../frame/page.tsx';
import { Waiting } from '../frame/waiting.tsx';
import type { FoundEntity } from './use-entity.ts';

export function MissingEntity({ found }: { readonly found: FoundEntity }): ReactNode {
  if (found.model === undefined)
    return <Page title="Data">{found.error === null ? <Waiting lines={6} /> : <ModelProblem cause={found.error} />}</Page>;
  return (
    <Page title="Data">
      <EmptyNote title={`This system has no ${found.segment}`}>
        <p>
          A change may have renamed or removed it. <Link to="/data">See what there is</Link>.
        </p>
      </EmptyNote>
    </Page>
  );
}
