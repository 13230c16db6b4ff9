/** A button that may not be pressed now still can be reached, and then says why: by keyboard and on a phone there is no hovering. */
import { Button } from '@mantine/core';
import type { ReactNode } from 'react';
import { useTell } from './notices.tsx';

export interface HinderedButtonProps {
  /** Why not; undefined: it acts. */
  readonly why: string | undefined;
  readonly act: () => void;
  readonly children: ReactNode;
}

export function HinderedButton({ why, act, children }: HinderedButtonProps): ReactNode {
  const tell = useTell();
  if (why === undefined)
    return (
      <Button variant="default" onClick={act}>
        {children}
      </Button>
    );
  return (
    <Button variant="default" data-disabled aria-disabled title={why} onClick={() => tell(`${why}.`, why)}>
      {children}
    </Button>
  );
}
