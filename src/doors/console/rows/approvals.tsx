/** Approvals of a row: who has to approve before what, and the button for whoever may. */
import { useQueryClient } from '@tanstack/react-query';
import { type ReactNode, useState } from 'react';
import type { EntityJson, RowJson } from '#api/client';
import { Confirm } from '../frame/confirm.tsx';
import { HinderedButton } from '../frame/hindered-button.tsx';
import { useTell } from '../frame/notices.tsx';
import { client } from '../system/client.ts';

export function ApprovalButtons({ entity, row }: { readonly entity: EntityJson; readonly row: RowJson }): ReactNode {
  const queries = useQueryClient();
  const tell = useTell();
  const [open, setOpen] = useState(false);
  if (entity.approvals.length === 0) return null;
  const may = entity.approvals.some((approval) => approval.may);
  const roles = [...new Set(entity.approvals.map((approval) => approval.role))].join(' or ');
  const perform = async (): Promise<void> => {
    await client.approveRow(entity.path, row.id);
    tell('Approved.');
    await Promise.all(['rows', 'row', 'journal'].map((name) => queries.invalidateQueries({ queryKey: [name] })));
  };
  return (
    <>
      <HinderedButton why={may ? undefined : `Only for ${roles}`} act={() => setOpen(true)}>
        Approve
      </HinderedButton>
      {open && (
        <Confirm title={`Approve this ${entity.label.toLowerCase()}?`} action="Approve" close={() => setOpen(false)} perform={perform}>
          <ul className="stack" style={{ paddingLeft: '1.1rem', gap: '0.25rem' }}>
            {entity.approvals.map((approval) => (
              <li key={approval.name}>
                {approval.label} (by {approval.role})
              </li>
            ))}
          </ul>
          <p className="quiet small">An approval covers the row as it is now; if its amount grows, it is needed anew.</p>
        </Confirm>
      )}
    </>
  );
}
