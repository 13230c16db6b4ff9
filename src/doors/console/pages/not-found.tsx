/** An address that no page has. */
import { Link } from '@tanstack/react-router';
import type { ReactNode } from 'react';
import { EmptyNote } from '../frame/empty-note.tsx';
import { Page } from '../frame/page.tsx';

export function NotFound(): ReactNode {
  return (
    <Page title="No such page">
      <EmptyNote title="There is nothing at this address">
        <p>
          Go to <Link to="/">Ask</Link>, <Link to="/changes">Changes</Link> or <Link to="/data">Data</Link>.
        </p>
      </EmptyNote>
    </Page>
  );
}
