/** Rows as a table with heads that sort; on a phone each row is a card. */
import { Link } from '@tanstack/react-router';
import type { ReactNode } from 'react';
import type { EntityJson, FieldJson, RowJson } from '#api/client';
import { isNumeric } from '../values/format.ts';
import { rowTitle, segmentOf, titleField } from '../values/names.ts';
import { usePlace } from '../values/place.tsx';
import { ShowValue } from '../values/show-value.tsx';
import { useRowNames } from '../values/use-row-names.ts';
import { sortable } from './filters.ts';
import './row-table.css';

export interface RowTableProps {
  readonly entity: EntityJson;
  readonly rows: readonly RowJson[];
  readonly sort: string | undefined;
  readonly sortBy: (sort: string) => void;
  readonly stale: boolean;
}

const most = 8;

export function RowTable({ entity, rows, sort, sortBy, stale }: RowTableProps): ReactNode {
  const place = usePlace();
  const title = titleField(entity);
  const columns = columnsOf(entity, title);
  const names = useRowNames(entity.fields, rows);
  return (
    <div className={stale ? 'sheet scroll-x row-table row-table-stale' : 'sheet scroll-x row-table'}>
      <table className="table table-cards">
        <thead>
          <tr>
            <Head field={title} label={title?.label ?? entity.label} sort={sort} sortBy={sortBy} />
            {columns.map((field) => (
              <Head key={field.name} field={field} label={field.label} sort={sort} sortBy={sortBy} />
            ))}
          </tr>
        </thead>
        <tbody>
          {rows.map((row) => (
            <tr key={row.id}>
              <td className="lead-cell">
                <Link className="row-link" to="/data/$entity/$id" params={{ entity: segmentOf(entity.path), id: row.id }}>
                  {rowTitle(entity, row, place)}
                </Link>
              </td>
              {columns.map((field) => {
                const value = row[field.name];
                return (
                  <td
                    key={field.name}
                    data-label={field.label}
                    className={`${isNumeric(field.widget) ? 'number' : ''}${value === null ? ' absent' : ''}`}
                  >
                    <ShowValue field={field} value={value} names={names} />
                  </td>
                );
              })}
            </tr>
          ))}
        </tbody>
      </table>
    </div>
  );
}

function Head({
  field,
  label,
  sort,
  sortBy,
}: {
  readonly field: FieldJson | undefined;
  readonly label: string;
  readonly sort: string | undefined;
  readonly sortBy: (sort: string) => void;
}): ReactNode {
  if (field === undefined || !sortable(field))
    return (
      <th scope="col" className={field !== undefined && isNumeric(field.widget) ? 'number' : ''}>
        {label}
      </th>
    );
  const up = sort === field.name;
  const down = sort === `-${field.name}`;
  return (
    <th scope="col" className={isNumeric(field.widget) ? 'number' : ''} aria-sort={up ? 'ascending' : down ? 'descending' : 'none'}>
      <button type="button" className="head-button" onClick={() => sortBy(up ? `-${field.name}` : field.name)}>
        {label}
        <span aria-hidden="true" className={up || down ? 'head-arrow on' : 'head-arrow'}>
          {down ? '↓' : '↑'}
        </span>
      </button>
    </th>
  );
}

/** What a list shows beside the name of a row: short values first come, first served. */
function columnsOf(entity: EntityJson, title: FieldJson | undefined): readonly FieldJson[] {
  return entity.fields.filter((field) => field !== title && field.widget !== 'json' && field.widget !== 'textarea').slice(0, most);
}
