/**
 * The rows of a change that was taken back: put back with it, and what could not be, with both values; or the button that lets them follow
 * now. What the reader may not see is told as that.
 */
import { Button } from '@mantine/core';
import { useInfiniteQuery, useQuery, useQueryClient } from '@tanstack/react-query';
import { Link } from '@tanstack/react-router';
import { type ReactNode, useState } from 'react';
import type { ChangeDetail, Json, UndoConflictJson, UndoJson } from '#api/client';
import { Confirm } from '../frame/confirm.tsx';
import { Section } from '../frame/page.tsx';
import { client } from '../system/client.ts';
import { modelQuery, sessionQuery, undoConflictsQuery, undosQuery } from '../system/queries.ts';
import { usePerson } from '../system/use-person.ts';
import { formatUnknown } from '../values/format.ts';
import { segmentOf } from '../values/names.ts';
import { Moment } from '../values/place.tsx';
import { RowsThatFollow } from './rows-that-follow.tsx';
import { counted } from './undo-words.ts';

export function UndoneRows({ change }: { readonly change: Pick<ChangeDetail, 'id' | 'outcome' | 'generation'> }): ReactNode {
  const may = useQuery(sessionQuery()).data?.may.rollBack === true;
  const undos = useQuery({ ...undosQuery(change.id), enabled: change.outcome === 'rolled-back' }).data?.items ?? [];
  const [open, setOpen] = useState(false);
  const queries = useQueryClient();
  if (change.outcome !== 'rolled-back' || (!may && undos.length === 0)) return null;
  const perform = async (): Promise<void> => {
    await client.rollBack({ change: change.id, data: 'revert' });
    await queries.invalidateQueries({ queryKey: ['undos', change.id] });
  };
  return (
    <Section title="Its rows">
      {undos.map((undo) => (
        <OneUndo key={undo.id} undo={undo} />
      ))}
      {undos.length === 0 && (
        <div className="row spread">
          <p className="quiet">What its code wrote into rows stays.</p>
          <Button variant="default" size="xs" className="danger" onClick={() => setOpen(true)}>
            Put its rows back
          </Button>
        </div>
      )}
      {open && (
        <Confirm title="Put back the rows that it wrote?" action="Put them back" danger perform={perform} close={() => setOpen(false)}>
          <RowsThatFollow change={change.id} withLater={false} />
        </Confirm>
      )}
    </Section>
  );
}

function OneUndo({ undo: { id, by, at, state, rows, outside } }: { readonly undo: UndoJson }): ReactNode {
  const person = usePerson();
  return (
    <div className="stack" style={{ gap: '0.5rem' }}>
      <p role="status">
        {counted(rows.putBack, 'row')} put back, {rows.deleted} deleted, {rows.madeAgain} made again
        {rows.asBefore > 0 && <>, {rows.asBefore} stood as before</>}
        {state === 'running' && (
          <span className="tag tag-tide">{rows.waiting > 0 ? `${rows.waiting} to go` : 'looking for late calls'}</span>
        )}
        <span className="small quiet">
          {' '}
          by {person(by)}, <Moment at={at} />
        </span>
      </p>
      {outside.sent > 0 && (
        <div className="note note-doubt">
          <strong>{counted(outside.sent, 'request')} left the system and cannot be undone:</strong>
          <ul className="plain-list small">
            {outside.first
              .filter((one) => one.state !== 'stopped')
              .map((one) => (
                <li key={one.id}>
                  {one.method} {one.host} by <code>{one.component}</code>, call <code>{one.call}</code>
                </li>
              ))}
          </ul>
        </div>
      )}
      {rows.conflicts > 0 && <Conflicts undo={id} count={rows.conflicts} />}
    </div>
  );
}

function Conflicts({ undo, count }: { readonly undo: string; readonly count: number }): ReactNode {
  const { data, hasNextPage, fetchNextPage, isFetchingNextPage } = useInfiniteQuery(undoConflictsQuery(undo, count));
  const entities = useQuery(modelQuery()).data?.entities ?? [];
  const pathOf = (name: string): string | undefined => entities.find((entity) => entity.name === name)?.path;
  return (
    <div className="stack" style={{ gap: '0.5rem' }}>
      <strong>{counted(count, 'row')} could not go back, or not wholly:</strong>
      <ul className="plain-list stack small" aria-label="Conflicts">
        {(data?.pages.flatMap((page) => page.items) ?? []).map((conflict) => (
          <Conflict key={conflict.no} conflict={conflict} path={pathOf(conflict.entity)} />
        ))}
      </ul>
      {hasNextPage && (
        <Button variant="subtle" size="xs" loading={isFetchingNextPage} onClick={() => void fetchNextPage()}>
          More
        </Button>
      )}
    </div>
  );
}

function Conflict({ conflict, path }: { readonly conflict: UndoConflictJson; readonly path: string | undefined }): ReactNode {
  const { row, entity, why, code, fields } = conflict;
  const there = row !== null && path !== undefined && code !== 'gone';
  return (
    <li>
      {there ? (
        <Link to="/data/$entity/$id" params={{ entity: segmentOf(path), id: row }}>
          {entity} … {row.slice(-6)}
        </Link>
      ) : (
        <span>
          {entity} {row === null ? '' : `… ${row.slice(-6)}`}
        </span>
      )}{' '}
      {why}
      {fields.length > 0 && (
        <dl className="facts">
          {fields.map(({ field, before, now }) => (
            <Both key={field} field={field} before={before} now={now} />
          ))}
        </dl>
      )}
    </li>
  );
}

function Both({
  field,
  before,
  now,
}: {
  readonly field: string;
  readonly before: Json | undefined;
  readonly now: Json | undefined;
}): ReactNode {
  return (
    <>
      <dt>{field}</dt>
      <dd>
        {before === undefined ? (
          <span className="masked" title="Your roles do not show this value">
            hidden
          </span>
        ) : (
          <>
            was <strong>{spoken(before)}</strong>, is <strong>{spoken(now)}</strong>
          </>
        )}
      </dd>
    </>
  );
}
const spoken = (value: Json | undefined): string => (value === null || value === undefined ? 'empty' : formatUnknown(value));
