/** Edits a row: sends only what was altered, and only if nobody else has saved meanwhile. */
import { useQuery, useQueryClient } from '@tanstack/react-query';
import { Link, useNavigate } from '@tanstack/react-router';
import { type ReactNode, useRef } from 'react';
import type { EntityJson, JsonObject, RowJson } from '#api/client';
import { useTell } from '../frame/notices.tsx';
import { Page } from '../frame/page.tsx';
import { ProblemNote } from '../frame/problem-note.tsx';
import { Waiting } from '../frame/waiting.tsx';
import { alteredValues } from '../rows/differing.ts';
import { MissingEntity } from '../rows/missing-entity.tsx';
import { StaleNote } from '../rows/stale-note.tsx';
import { useEntity } from '../rows/use-entity.ts';
import { client } from '../system/client.ts';
import { rowQuery } from '../system/queries.ts';
import { rowName, segmentOf } from '../values/names.ts';
import { formOf } from '../values/form-value.ts';
import { usePlace } from '../values/place.tsx';
import { ValueForm } from '../values/value-form.tsx';

export default function EditRow(): ReactNode {
  const found = useEntity();
  return found.entity === undefined ? <MissingEntity found={found} /> : <Edit key={found.id} entity={found.entity} id={found.id} />;
}

function Edit({ entity, id }: { readonly entity: EntityJson; readonly id: string }): ReactNode {
  const place = usePlace();
  const navigate = useNavigate();
  const queries = useQueryClient();
  const tell = useTell();
  const { data, error } = useQuery(rowQuery(entity.path, id));
  /** The row that the form was filled from: what comes later is somebody else's work. */
  const opened = useRef<RowJson | null>(null);
  opened.current ??= data ?? null;
  const row = opened.current;
  const params = { entity: segmentOf(entity.path), id };
  if (row === null)
    return (
      <Page title={`Edit ${entity.label.toLowerCase()}`}>{error === null ? <Waiting lines={6} /> : <ProblemNote cause={error} />}</Page>
    );
  const back = (): void => void navigate({ to: '/data/$entity/$id', params });
  const save = async (patch: JsonObject, version: number): Promise<void> => {
    if (Object.keys(patch).length > 0) {
      queries.setQueryData(rowQuery(entity.path, id).queryKey, await client.update(entity.path, id, patch, { version }));
      await Promise.all(['rows', 'named', 'view', 'journal', 'row'].map((name) => queries.invalidateQueries({ queryKey: [name] })));
      tell('Saved.');
    }
    await navigate({ to: '/data/$entity/$id', params });
  };
  const fields = entity.fields.filter((field) => row[field.name] !== undefined || !field.sensitive);
  return (
    <Page
      title={`Edit ${entity.label.toLowerCase()}`}
      narrow
      above={
        <>
          <Link to="/data">Data</Link> /{' '}
          <Link to="/data/$entity" params={{ entity: params.entity }}>
            {entity.pluralLabel}
          </Link>{' '}
          /{' '}
          <Link to="/data/$entity/$id" params={params}>
            {rowName(entity, row, place)}
          </Link>
        </>
      }
    >
      <ValueForm
        fields={fields}
        initial={formOf(fields, row, place)}
        exists
        action="Save"
        cancel={back}
        send={(body) => save(alteredValues(row, body), row.version)}
        special={(problem, body) =>
          problem.code === 'stale' ? (
            <StaleNote entity={entity} opened={row} mine={alteredValues(row, body)} save={save} leave={back} />
          ) : null
        }
      />
    </Page>
  );
}
