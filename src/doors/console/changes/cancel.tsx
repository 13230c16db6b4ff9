/** Stops a change that runs and is not certified yet, for who asked for it and for those who may approve. */
import { Button } from '@mantine/core';
import { useQuery, useQueryClient } from '@tanstack/react-query';
import { type ReactNode, useState } from 'react';
import type { ChangeDetail, SessionJson } from '#api/client';
import { Confirm } from '../frame/confirm.tsx';
import { client } from '../system/client.ts';
import { changeQuery, sessionQuery } from '../system/queries.ts';

export const mayCancel = ({ outcome, certificate, by }: ChangeDetail, session: SessionJson | null | undefined): boolean =>
  outcome === null &&
  certificate === null &&
  session !== null &&
  session !== undefined &&
  (session.caller.id === by || session.may.approve);

export function Cancel({ change }: { readonly change: ChangeDetail }): ReactNode {
  const queries = useQueryClient();
  const session = useQuery(sessionQuery()).data;
  const [open, setOpen] = useState(false);
  if (!mayCancel(change, session)) return null;
  const cancel = async (): Promise<void> => {
    queries.setQueryData(changeQuery(change.id).queryKey, await client.cancelChange(change.id));
    void queries.invalidateQueries({ queryKey: ['changes'] });
  };
  return (
    <>
      <Button variant="default" size="xs" className="danger" onClick={() => setOpen(true)}>
        Cancel
      </Button>
      {open && (
        <Confirm title="Cancel this change?" action="Cancel it" danger perform={cancel} close={() => setOpen(false)}>
          <p className="sentence">{change.request}</p>
          <p className="quiet">What is under way stops, nothing goes live, and what was spent so far stays spent.</p>
        </Confirm>
      )}
    </>
  );
}
