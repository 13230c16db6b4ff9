/** Approve or reject a change that waits for it; whoever may not sees who has to. */
import { Button, Textarea } from '@mantine/core';
import { useQuery, useQueryClient } from '@tanstack/react-query';
import { type ReactNode, useState } from 'react';
import type { ChangeDetail } from '#api/client';
import { Confirm } from '../frame/confirm.tsx';
import { client } from '../system/client.ts';
import { changeQuery, sessionQuery } from '../system/queries.ts';

export function Answer({ change }: { readonly change: ChangeDetail }): ReactNode {
  const queries = useQueryClient();
  const may = useQuery(sessionQuery()).data?.may.approve === true;
  const [asked, setAsked] = useState<'approve' | 'reject' | null>(null);
  const [why, setWhy] = useState('');
  if (change.outcome !== 'waiting-for-approval') return null;
  if (!may) return <p className="quiet">Your roles may not approve changes. Someone whose roles may can do it on this page.</p>;
  const done = (detail: ChangeDetail): void => {
    queries.setQueryData(changeQuery(change.id).queryKey, detail);
    void queries.invalidateQueries({ queryKey: ['changes'] });
  };
  return (
    <div className="row">
      <Button onClick={() => setAsked('approve')}>Approve</Button>
      <Button variant="default" className="danger" onClick={() => setAsked('reject')}>
        Reject
      </Button>
      {asked === 'approve' && (
        <Confirm
          title="Approve this change?"
          action="Approve, and go live"
          close={() => setAsked(null)}
          perform={async () => done(await client.approveChange(change.id))}
        >
          <p className="sentence">{change.understanding?.echo.join(' ') ?? change.request}</p>
          <p className="quiet small">Your approval is kept with your name and this session.</p>
        </Confirm>
      )}
      {asked === 'reject' && (
        <Confirm
          title="Reject this change?"
          action="Reject"
          danger
          close={() => setAsked(null)}
          perform={async () => done(await client.rejectChange(change.id, why.trim() === '' ? undefined : why.trim()))}
        >
          <Textarea
            label="Why (the asker will read it)"
            autosize={false}
            rows={3}
            value={why}
            onChange={(event) => setWhy(event.currentTarget.value)}
          />
        </Confirm>
      )}
    </div>
  );
}
