/** That the code of a change came with it, and from whom; that its evidence alone was wanted. */
import type { ReactNode } from 'react';
import type { ChangeSummary } from '#api/client';

export function HandedIn({ change: { handedInBy, kind } }: { readonly change: Pick<ChangeSummary, 'handedInBy' | 'kind'> }): ReactNode {
  return (
    <>
      {kind === 'check' && <span className="tag">check</span>}
      {handedInBy !== null && <span className="tag tag-tide">{handedInBy === 'agent' ? 'from an agent' : 'by hand'}</span>}
    </>
  );
}
