/** Takes a live change back, and where it is wished the rows that it wrote. Before it does, it names the later changes that would go with it, and counts those rows; nothing happens unseen. */
import { Button, Checkbox } from '@mantine/core';
import { useQuery, useQueryClient } from '@tanstack/react-query';
import { type ReactNode, useState } from 'react';
import type { ChangeDetail } from '#api/client';
import { Confirm } from '../frame/confirm.tsx';
import { useTell } from '../frame/notices.tsx';
import { client } from '../system/client.ts';
import { generationsQuery, hangsOnGeneration, sessionQuery } from '../system/queries.ts';
import { shortDigest } from '../values/format.ts';
import { laterChanges } from './later-changes.ts';
import { RowsThatFollow } from './rows-that-follow.tsx';

export function Undo({ change }: { readonly change: Pick<ChangeDetail, 'id' | 'request' | 'outcome'> }): ReactNode {
  const may = useQuery(sessionQuery()).data?.may.rollBack === true;
  const [open, setOpen] = useState(false);
  if (change.outcome !== 'live' || !may) return null;
  return (
    <>
      <Button variant="default" className="danger" onClick={() => setOpen(true)}>
        Undo
      </Button>
      {open && <TakeBack change={change.id} title="Take this change back?" close={() => setOpen(false)} />}
    </>
  );
}

export function TakeBack({
  change,
  title,
  close,
}: {
  readonly change: string;
  readonly title: string;
  readonly close: () => void;
}): ReactNode {
  const queries = useQueryClient();
  const tell = useTell();
  const generations = useQuery(generationsQuery()).data?.items ?? [];
  const later = laterChanges(generations, change);
  const [rows, setRows] = useState(false);
  const own = generations.find((generation) => generation.change === change);
  const perform = async (): Promise<void> => {
    const done = await client.rollBack({
      change,
      ...(later.length > 0 ? { withLater: true } : {}),
      ...(rows ? { data: 'revert' as const } : {}),
    });
    tell(
      <>
        Taken back. Generation <code>{shortDigest(done.generation)}</code> serves again.
        {done.undo !== null && ' The rows that it wrote follow.'}
        {done.stranded.map((rows) => ` But ${rows}.`)}
      </>,
      `generation ${done.generation}`,
    );
    await queries.invalidateQueries({ predicate: (query) => hangsOnGeneration.has(String(query.queryKey[0])) });
  };
  return (
    <Confirm
      title={title}
      action={later.length === 0 ? 'Take it back' : `Take back all ${later.length + 1}`}
      danger
      perform={perform}
      close={close}
    >
      {own?.request !== undefined && own.request !== null && <p className="sentence">{own.request}</p>}
      {later.length > 0 && (
        <div className="note note-doubt">
          <div className="stack" style={{ gap: '0.4rem' }}>
            <strong>
              {later.length === 1 ? 'One later change stands on it and goes too:' : `${later.length} later changes stand on it and go too:`}
            </strong>
            <ul className="plain-list stack" style={{ gap: '0.3rem' }}>
              {later.map((generation) => (
                <li key={generation.id} className="sentence">
                  {generation.request}
                </li>
              ))}
            </ul>
          </div>
        </div>
      )}
      <p className="quiet">
        Code and promises go back at once, while requests flow. Rows that people wrote stay as they are; values of fields that disappear are
        kept and return if the field does.
      </p>
      <Checkbox label="Put back the rows that its code wrote" checked={rows} onChange={(event) => setRows(event.currentTarget.checked)} />
      {rows && <RowsThatFollow change={change} withLater={later.length > 0} />}
    </Confirm>
  );
}
