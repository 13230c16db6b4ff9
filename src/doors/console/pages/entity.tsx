/** The rows of one entity: searched, filtered, sorted, page by page. */
import { Button } from '@mantine/core';
import { useInfiniteQuery } from '@tanstack/react-query';
import { Link, useNavigate, useSearch } from '@tanstack/react-router';
import type { ReactNode } from 'react';
import type { EntityJson, ModelJson } from '#api/client';
import { EmptyNote } from '../frame/empty-note.tsx';
import { Page } from '../frame/page.tsx';
import { ProblemNote } from '../frame/problem-note.tsx';
import { Waiting } from '../frame/waiting.tsx';
import { FilterBar } from '../rows/filter-bar.tsx';
import { queryFor } from '../rows/filters.ts';
import { MissingEntity } from '../rows/missing-entity.tsx';
import { OperationButtons } from '../rows/operation-buttons.tsx';
import { RowTable } from '../rows/row-table.tsx';
import { useEntity } from '../rows/use-entity.ts';
import { type RowQuery, rowsQuery } from '../system/queries.ts';
import { segmentOf } from '../values/names.ts';

export default function Entity(): ReactNode {
  const found = useEntity();
  return found.entity === undefined || found.model === undefined ? (
    <MissingEntity found={found} />
  ) : (
    <Rows key={found.entity.id} entity={found.entity} model={found.model} />
  );
}

function Rows({ entity, model }: { readonly entity: EntityJson; readonly model: ModelJson }): ReactNode {
  const navigate = useNavigate();
  const query = queryFor(entity, useSearch({ strict: false }) as RowQuery);
  const { data, error, isPending, isPlaceholderData, hasNextPage, fetchNextPage, isFetchingNextPage, refetch } = useInfiniteQuery(
    rowsQuery(entity.path, query),
  );
  const rows = data?.pages.flatMap((page) => page.items) ?? [];
  const segment = segmentOf(entity.path);
  const change = (next: RowQuery): void => void navigate({ to: '/data/$entity', params: { entity: segment }, search: next, replace: true });
  const narrowed = Object.keys(query).some((name) => name !== 'sort');
  const makes = model.operations.filter(
    (operation) => operation.on === null && operation.output !== null && 'row' in operation.output && operation.output.row === entity.name,
  );
  return (
    <Page
      title={entity.pluralLabel}
      above={<Link to="/data">Data</Link>}
      actions={
        <>
          <OperationButtons operations={makes} row={null} />
          {model.may.write && (
            <Button
              component="a"
              href={`/console/data/${segment}/new`}
              onClick={(event) => {
                event.preventDefault();
                void navigate({ to: '/data/$entity/new', params: { entity: segment } });
              }}
            >
              New {entity.label.toLowerCase()}
            </Button>
          )}
        </>
      }
    >
      <FilterBar entity={entity} query={query} change={change} />
      {error !== null && <ProblemNote cause={error} retry={() => void refetch()} />}
      {isPending && <Waiting lines={8} />}
      {data !== undefined && rows.length === 0 && (
        <EmptyNote title={narrowed ? 'No row fits' : `No ${entity.pluralLabel.toLowerCase()} yet`}>
          {narrowed ? (
            <button type="button" className="link-button" onClick={() => change({})}>
              Show all {entity.pluralLabel.toLowerCase()}
            </button>
          ) : model.may.write ? (
            <p>
              Make the first with the button above, or through the API: <code>POST {entity.path}</code>
            </p>
          ) : (
            <p>Your roles may look, but not write.</p>
          )}
        </EmptyNote>
      )}
      {rows.length > 0 && (
        <RowTable
          entity={entity}
          rows={rows}
          sort={query['sort']}
          sortBy={(sort) => change({ ...query, sort })}
          stale={isPlaceholderData}
        />
      )}
      {rows.length > 0 && (
        <div className="row">
          <span className="small quiet">
            {rows.length}
            {hasNextPage ? ' shown; there are more' : rows.length === 1 ? ' row' : ' rows'}
          </span>
          {hasNextPage && (
            <Button variant="default" size="xs" loading={isFetchingNextPage} onClick={() => void fetchNextPage()}>
              Show more
            </Button>
          )}
        </div>
      )}
    </Page>
  );
}
