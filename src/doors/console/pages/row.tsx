/** One row: its values, what can be done with it, what refers to it, and its history. */
import { Button } from '@mantine/core';
import { useQuery, useQueryClient } from '@tanstack/react-query';
import { Link, useNavigate } from '@tanstack/react-router';
import { type ReactNode, useState } from 'react';
import type { EntityJson, ModelJson } from '#api/client';
import { Confirm } from '../frame/confirm.tsx';
import { useTell } from '../frame/notices.tsx';
import { Page, Section } from '../frame/page.tsx';
import { ProblemNote } from '../frame/problem-note.tsx';
import { Waiting } from '../frame/waiting.tsx';
import { ApprovalButtons } from '../rows/approvals.tsx';
import { History } from '../rows/history.tsx';
import { MissingEntity } from '../rows/missing-entity.tsx';
import { OperationButtons } from '../rows/operation-buttons.tsx';
import { RowFacts } from '../rows/row-facts.tsx';
import { useEntity } from '../rows/use-entity.ts';
import { client } from '../system/client.ts';
import { rowQuery } from '../system/queries.ts';
import { rowName, segmentOf } from '../values/names.ts';
import { usePlace } from '../values/place.tsx';

export default function Row(): ReactNode {
  const found = useEntity();
  return found.entity === undefined || found.model === undefined ? (
    <MissingEntity found={found} />
  ) : (
    <OneRow entity={found.entity} model={found.model} id={found.id} />
  );
}

function OneRow({ entity, model, id }: { readonly entity: EntityJson; readonly model: ModelJson; readonly id: string }): ReactNode {
  const place = usePlace();
  const navigate = useNavigate();
  const queries = useQueryClient();
  const tell = useTell();
  const [removing, setRemoving] = useState(false);
  const { data: row, error, refetch } = useQuery(rowQuery(entity.path, id));
  const segment = segmentOf(entity.path);
  const above = (
    <>
      <Link to="/data">Data</Link> /{' '}
      <Link to="/data/$entity" params={{ entity: segment }}>
        {entity.pluralLabel}
      </Link>
    </>
  );
  if (row === undefined)
    return (
      <Page title={entity.label} above={above}>
        {error === null ? <Waiting lines={6} /> : <ProblemNote cause={error} retry={() => void refetch()} />}
      </Page>
    );
  const remove = async (): Promise<void> => {
    await client.remove(entity.path, id, { version: row.version });
    await queries.invalidateQueries({ queryKey: ['rows'] });
    tell(`${entity.label} deleted.`);
    await navigate({ to: '/data/$entity', params: { entity: segment } });
  };
  const operations = [...model.operations.filter((operation) => operation.on === entity.name), ...entity.moves];
  const referring = model.entities.flatMap((other) =>
    other.fields.filter((field) => field.to?.path === entity.path).map((field) => ({ other, field })),
  );
  const name = rowName(entity, row, place);
  return (
    <Page
      title={name}
      above={above}
      actions={
        <>
          <OperationButtons operations={operations} row={row} entity={entity} />
          <ApprovalButtons entity={entity} row={row} />
          {model.may.write && (
            <Button variant="default" onClick={() => void navigate({ to: '/data/$entity/$id/edit', params: { entity: segment, id } })}>
              Edit
            </Button>
          )}
          {model.may.write && (
            <Button variant="default" className="danger" onClick={() => setRemoving(true)}>
              Delete
            </Button>
          )}
        </>
      }
    >
      <RowFacts entity={entity} row={row} />
      {referring.length > 0 && (
        <p className="row">
          <span className="quiet">What refers to it:</span>
          {referring.map(({ other, field }) => (
            <Link key={other.name + field.name} to="/data/$entity" params={{ entity: segmentOf(other.path) }} search={{ [field.name]: id }}>
              {other.pluralLabel}
              {field.name === entity.name ? '' : ` (${field.label.toLowerCase()})`}
            </Link>
          ))}
        </p>
      )}
      <Section
        title="History"
        aside={
          <span className="small quiet">
            version {row.version} · <code>{id}</code>
          </span>
        }
      >
        <History id={id} entity={entity} />
      </Section>
      {removing && (
        <Confirm title={`Delete ${name}?`} action="Delete" danger close={() => setRemoving(false)} perform={remove}>
          <p>The row disappears from the API and every list. Its history is kept.</p>
        </Confirm>
      )}
    </Page>
  );
}
