/** What happened to a row, newest first: who, by which component, in which generation, and each value that became another. */
import { useQuery } from '@tanstack/react-query';
import { Link } from '@tanstack/react-router';
import { type ReactNode, useMemo } from 'react';
import type { EntityJson, FieldJson, Json, JournalEntryJson } from '#api/client';
import { ProblemNote } from '../frame/problem-note.tsx';
import { Waiting } from '../frame/waiting.tsx';
import { problemOf } from '../system/client.ts';
import { componentQuery, journalQuery } from '../system/queries.ts';
import { usePerson } from '../system/use-person.ts';
import { formatUnknown, shortDigest } from '../values/format.ts';
import type { Members } from '../values/json-members.ts';
import { Moment, usePlace } from '../values/place.tsx';
import { type RowNames, ShowValue } from '../values/show-value.tsx';
import { useRowNames } from '../values/use-row-names.ts';
import { idNames, rowOfImage } from './stored-values.ts';
import './history.css';

const doneWords: { readonly [action: string]: string | undefined } = {
  create: 'made',
  update: 'altered',
  delete: 'deleted',
  approve: 'approved',
};

export function History({ id, entity }: { readonly id: string; readonly entity: EntityJson }): ReactNode {
  const { data, error, refetch } = useQuery(journalQuery(id));
  const contract = useQuery({ ...componentQuery('entity', entity.name), staleTime: 60_000 }).data?.contract;
  const person = usePerson();
  const place = usePlace();
  const entries = useMemo(() => {
    const ids = idNames(contract);
    return (data?.items ?? []).map((entry) => ({
      entry,
      before: rowOfImage(entity.fields, entry.before, ids, place),
      after: rowOfImage(entity.fields, entry.after, ids, place),
    }));
  }, [contract, data, entity, place]);
  const images = useMemo(() => entries.flatMap(({ before, after }) => [before, after]), [entries]);
  const names = useRowNames(entity.fields, images);
  if (error !== null && data === undefined) {
    if (problemOf(error).status === 403)
      return <p className="quiet">The history holds every value that the row had, so it is only for roles that see sensitive values.</p>;
    return <ProblemNote cause={error} retry={() => void refetch()} />;
  }
  if (data === undefined) return <Waiting />;
  if (data.items.length === 0) return <p className="quiet">Nothing has been written since this row was set up.</p>;
  return (
    <ol className="history plain-list">
      {entries.map(({ entry, before, after }, index) => (
        <li key={index}>
          <div className="row small">
            <strong>{doneWords[entry.action] ?? entry.action}</strong>
            <span className="quiet">
              by {person(entry.caller)}
              {entry.component !== '' && <> through {entry.component}</>}, <Moment at={entry.at} />, generation{' '}
              <code>{shortDigest(entry.generation)}</code>
            </span>
            {entry.change !== null && (
              <Link to="/changes/$id" params={{ id: entry.change }}>
                the change behind it
              </Link>
            )}
          </div>
          {entry.action !== 'approve' && <Altered entry={entry} before={before} after={after} fields={entity.fields} names={names} />}
        </li>
      ))}
    </ol>
  );
}

interface AlteredProps {
  readonly entry: JournalEntryJson;
  readonly before: Members;
  readonly after: Members;
  readonly fields: readonly FieldJson[];
  readonly names: RowNames;
}

function Altered({ entry, before, after, fields, names }: AlteredProps): ReactNode {
  const altered = [...new Set([...Object.keys(before), ...Object.keys(after)])].filter(
    (name) => name !== 'id' && name !== 'version' && JSON.stringify(before[name] ?? null) !== JSON.stringify(after[name] ?? null),
  );
  if (altered.length === 0) return null;
  return (
    <dl className="history-values small">
      {altered.map((name) => {
        const field = fields.find((one) => one.name === name);
        const show = (value: Json | undefined): ReactNode => <Stored field={field} value={value ?? null} names={names} />;
        return (
          <div key={name}>
            <dt>{field?.label ?? name}</dt>
            <dd>
              {entry.before !== null && entry.after !== null && (
                <>
                  <del>{show(before[name])}</del> →{' '}
                </>
              )}
              {show(entry.after === null ? before[name] : after[name])}
            </dd>
          </div>
        );
      })}
    </dl>
  );
}

function Stored({
  field,
  value,
  names,
}: {
  readonly field: FieldJson | undefined;
  readonly value: Json;
  readonly names: RowNames;
}): ReactNode {
  if (field === undefined) return <code>{formatUnknown(value) === '' ? '–' : formatUnknown(value)}</code>;
  if (field.item === null || !Array.isArray(value)) return <ShowValue field={field} value={value} names={names} />;
  const items = value as readonly Members[];
  const { fields, label } = field.item;
  return (
    <details>
      <summary>
        {items.length} {items.length === 1 ? label.toLowerCase() : field.label.toLowerCase()}
      </summary>
      <ul className="plain-list">
        {items.map((item, index) => (
          <li key={index}>
            {fields.map((inner) => (
              <span key={inner.name} className="history-part">
                <span className="quiet">{inner.label}</span> <ShowValue field={inner} value={item[inner.name] ?? null} names={names} />
              </span>
            ))}
          </li>
        ))}
      </ul>
    </details>
  );
}
