/** One view: its rows in its own order, or its one number. */
import { Button } from '@mantine/core';
import { useInfiniteQuery, useQuery } from '@tanstack/react-query';
import { Link, useParams } from '@tanstack/react-router';
import type { ReactNode } from 'react';
import type { JsonObject, ModelJson, ViewJson } from '#api/client';
import { EmptyNote } from '../frame/empty-note.tsx';
import { ModelProblem } from '../frame/model-problem.tsx';
import { Page } from '../frame/page.tsx';
import { ProblemNote } from '../frame/problem-note.tsx';
import { Waiting } from '../frame/waiting.tsx';
import { modelQuery, viewQuery } from '../system/queries.ts';
import { formatValue, isNumeric } from '../values/format.ts';
import { segmentOf } from '../values/names.ts';
import { usePlace } from '../values/place.tsx';
import './view.css';

export default function View(): ReactNode {
  const { view: segment = '' } = useParams({ strict: false }) as { view?: string };
  const { data: model, error } = useQuery(modelQuery());
  const view = model?.views.find((one) => segmentOf(one.path) === segment);
  if (model === undefined) return <Page title="View">{error === null ? <Waiting lines={6} /> : <ModelProblem cause={error} />}</Page>;
  if (view === undefined)
    return (
      <Page title="View">
        <EmptyNote title="This view is not there">
          <p>
            A change may have taken it away. <Link to="/views">See the views that there are</Link>.
          </p>
        </EmptyNote>
      </Page>
    );
  return <Shown key={view.id} view={view} model={model} />;
}

function Shown({ view, model }: { readonly view: ViewJson; readonly model: ModelJson }): ReactNode {
  const { data, error, refetch, hasNextPage, fetchNextPage, isFetchingNextPage } = useInfiniteQuery(viewQuery(view.path));
  const rows = data?.pages.flatMap((page) => page.items) ?? [];
  const columns = view.columns.filter((column) => !isNamed(view, column.name));
  const from = model.entities.find((entity) => entity.name === view.from);
  return (
    <Page
      title={view.title}
      above={<Link to="/views">Views</Link>}
      lead={
        <>
          From{' '}
          {from === undefined ? (
            view.from
          ) : (
            <Link to="/data/$entity" params={{ entity: segmentOf(from.path) }}>
              {from.pluralLabel.toLowerCase()}
            </Link>
          )}{' '}
          · <code>{view.path}</code>
        </>
      }
    >
      {error !== null && <ProblemNote cause={error} retry={() => void refetch()} />}
      {data === undefined && error === null && <Waiting lines={8} />}
      {data !== undefined && rows.length === 0 && (
        <EmptyNote title="Nothing fits at the moment">
          <p>The view is there and answers; no row meets its conditions now.</p>
        </EmptyNote>
      )}
      {rows.length > 0 && view.show === 'number' && (
        <div className="row view-numbers">
          {columns.map((column) => (
            <div key={column.name} className="sheet view-number">
              <span className="eyebrow">{column.label}</span>
              <strong>
                <Cell view={view} column={column} row={rows[0] ?? {}} model={model} />
              </strong>
            </div>
          ))}
        </div>
      )}
      {rows.length > 0 && view.show === 'table' && (
        <div className="sheet scroll-x">
          <table className="table table-cards">
            <thead>
              <tr>
                {columns.map((column) => (
                  <th
                    key={column.name}
                    scope="col"
                    className={isNumeric(column.widget) ? 'number' : ''}
                    aria-sort={sortOf(view, column.name)}
                  >
                    {column.label}
                    {sortOf(view, column.name) !== 'none' && (
                      <span aria-hidden="true" className="view-arrow">
                        {sortOf(view, column.name) === 'ascending' ? ' ↑' : ' ↓'}
                      </span>
                    )}
                  </th>
                ))}
              </tr>
            </thead>
            <tbody>
              {rows.map((row, index) => (
                <tr key={index}>
                  {columns.map((column, at) => (
                    <td
                      key={column.name}
                      data-label={column.label}
                      className={isNumeric(column.widget) ? 'number' : at === 0 ? 'lead-cell' : ''}
                    >
                      <Cell view={view} column={column} row={row} model={model} />
                    </td>
                  ))}
                </tr>
              ))}
            </tbody>
          </table>
        </div>
      )}
      {rows.length > 0 && view.show === 'table' && (
        <div className="row">
          <span className="small quiet">
            {rows.length}
            {hasNextPage ? ' shown; there are more' : rows.length === 1 ? ' row' : ' rows'}
            {view.limit !== null && `, at most ${view.limit}`}
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

type Column = ViewJson['columns'][number];
/** `customerName` beside a reference `customer`: shown as the text of its link, not as a column of its own. */
const isNamed = (view: ViewJson, name: string): boolean =>
  view.columns.some((column) => column.widget === 'reference' && name === `${column.name}Name`);
const sortOf = (view: ViewJson, name: string): 'ascending' | 'descending' | 'none' =>
  view.order.find((order) => order.column === name || order.column === `${name}Name`)?.direction ?? 'none';

function Cell({
  view,
  column,
  row,
  model,
}: {
  readonly view: ViewJson;
  readonly column: Column;
  readonly row: JsonObject;
  readonly model: ModelJson;
}): ReactNode {
  const place = usePlace();
  const value = row[column.name];
  if (value === null || value === undefined) return <span className="quiet">–</span>;
  if (column.widget === 'reference' && typeof value === 'string') {
    const named = view.columns.find((one) => one.name === `${column.name}Name`);
    const text = named === undefined ? '' : formatValue(named.widget, row[named.name], place, named);
    const entity = model.entities.find((one) => one.name === column.to || one.path === column.to);
    if (entity === undefined) return text === '' ? value : text;
    return (
      <Link to="/data/$entity/$id" params={{ entity: segmentOf(entity.path), id: value }}>
        {text === '' ? `${entity.label} ${value.slice(-6)}` : text}
      </Link>
    );
  }
  return formatValue(column.widget, value, place, column);
}
