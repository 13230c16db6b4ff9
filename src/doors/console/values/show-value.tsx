/** One value of a row, read-only: references as links by name, choices by label, what may not be seen says so. */
import { Link } from '@tanstack/react-router';
import type { ReactNode } from 'react';
import type { FieldJson, Json } from '#api/client';
import { formatValue } from './format.ts';
import { mailTo } from './mail-to.ts';
import { segmentOf } from './names.ts';
import { usePlace } from './place.tsx';

/** Names of referenced rows, by id. */
export type RowNames = ReadonlyMap<string, string>;

export function ShowValue({
  field,
  value,
  names,
}: {
  readonly field: FieldJson;
  readonly value: Json | undefined;
  readonly names: RowNames;
}): ReactNode {
  const place = usePlace();
  if (value === undefined)
    return field.sensitive ? (
      <span className="masked" title="Your roles do not show this value">
        hidden
      </span>
    ) : (
      <Absent />
    );
  if (value === null || value === '') return <Absent />;
  if (field.widget === 'reference' && field.to !== null && typeof value === 'string') {
    return (
      <Link to="/data/$entity/$id" params={{ entity: segmentOf(field.to.path), id: value }}>
        {names.get(value) ?? `… ${value.slice(-6)}`}
      </Link>
    );
  }
  if (field.widget === 'select')
    return <span className="choice">{field.choices?.find((choice) => choice.name === value)?.label ?? String(value)}</span>;
  if (field.widget === 'checkbox') return value === true ? 'yes' : <span className="quiet">no</span>;
  if (field.widget === 'email' && typeof value === 'string') return <a href={mailTo(value)}>{value}</a>;
  if (field.widget === 'url' && typeof value === 'string' && /^https?:\/\//i.test(value))
    return (
      <a href={value} rel="noreferrer noopener" target="_blank">
        {value}
      </a>
    );
  if (field.widget === 'textarea') return <span style={{ whiteSpace: 'pre-wrap' }}>{String(value)}</span>;
  if (field.widget === 'json') return <code>{JSON.stringify(value)}</code>;
  return (
    <span className={field.widget === 'date' || field.widget === 'instant' || field.widget === 'money' ? 'nowrap' : undefined}>
      {formatValue(field.widget, value, place, field)}
    </span>
  );
}

export const Absent = (): ReactNode => (
  <span className="quiet" aria-label="empty">
    –
  </span>
);
