/** The examples of a change, and for which rows its formulas may differ; asked again with others by who may, once what runs is out of the way. */
import { useQuery } from '@tanstack/react-query';
import { type ReactNode, useState } from 'react';
import type { AskJson, ChangeDetail } from '#api/client';
import { ProblemNote } from '../frame/problem-note.tsx';
import { client } from '../system/client.ts';
import { sessionQuery } from '../system/queries.ts';
import { Acceptance } from './acceptance.tsx';
import { bindingOf, restated } from './binding.ts';
import { mayCancel } from './cancel.tsx';
import { Regions } from './regions.tsx';
import type { Ask } from './use-ask.ts';

export function AskAgain({ change, ask }: { readonly change: ChangeDetail; readonly ask: Ask }): ReactNode {
  const session = useQuery(sessionQuery()).data;
  const [cause, setCause] = useState<unknown>(null);
  const again = async (more: Pick<AskJson, 'acceptance' | 'regions'>): Promise<void> => {
    setCause(null);
    try {
      if (change.outcome === null) await client.cancelChange(change.id, 'It is asked again otherwise.');
      await ask(change.request, {
        continues: change.id,
        ...(change.stated.length === 0 ? {} : { acceptance: restated(bindingOf({ ...change, understanding: null })) }),
        ...(Object.keys(change.regions).length === 0 ? {} : { regions: change.regions }),
        ...more,
      });
    } catch (thrown) {
      setCause(thrown);
    }
  };
  const may = session?.may.ask === true && change.handedInBy === null && (change.outcome !== null || mayCancel(change, session));
  return (
    <>
      {cause !== null && <ProblemNote cause={cause} />}
      <Acceptance change={change} askAgain={may ? (acceptance) => void again({ acceptance }) : undefined} />
      <Regions change={change} askAgain={may ? (regions) => void again({ regions }) : undefined} />
    </>
  );
}
