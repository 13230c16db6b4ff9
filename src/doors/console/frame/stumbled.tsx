/** When a page itself throws: what happened, and the way on. The frame around it stands. */
import { Button } from '@mantine/core';
import type { ErrorComponentProps } from '@tanstack/react-router';
import type { ReactNode } from 'react';
import { Page } from './page.tsx';
import { ProblemNote } from './problem-note.tsx';

export function Stumbled({ error, reset }: ErrorComponentProps): ReactNode {
  const outdated = error instanceof Error && /dynamically imported module|Importing a module script|preload/i.test(error.message);
  return (
    <Page title="This page could not be shown">
      {outdated ? <p>The console was renewed since this page was opened.</p> : <ProblemNote cause={error} retry={reset} />}
      <div>
        <Button onClick={() => location.reload()}>Load the page anew</Button>
      </div>
    </Page>
  );
}
