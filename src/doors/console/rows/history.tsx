/** What happened to a row, newest first: who, by which component, in which generation, and each value that became another. */
import { useQuery } from '@tanstack/react-query';
import { Link } from '@tanstack/react-router';
import type { ReactNode } from 'react';
import type { FieldJson, Json, JournalEntryJson } from '#api/client';
import { ProblemNote } from '../frame/problem-note.tsx';
import { Waiting } from '../frame/waiting.tsx';
import { journalQuery } from '../system/queries.ts';
import { formatUnknown, shortDigest } from '../values/format.ts';
import { membersOf } from '../values/json-members.ts';
import { Moment } from '../values/place.tsx';
import { ShowValue } from '../values/show-value.tsx';
import './history.css';

export function History({ id, fields }: { readonly id: string; readonly fields: readonly FieldJson[] }): ReactNode {
  const { data, error, refetch } = useQuery(journalQuery(id));
  if (error !== null && data === undefined) return <ProblemNote cause={error} retry={() => void refetch()} />;
  if (data === undefined) return <Waiting />;
  if (data.items.length === 0) return <p className="quiet">Nothing has been written since this row was set up.</p>;
  return (
    <ol className="history plain-list">
      {data.items.map((entry, index) => (
        <li key={index}>
          <div className="row small">
            <strong>{entry.action}</strong>
            <span className="quiet">by {entry.caller}{entry.component !== '' && <> through {entry.component}</>}, <Moment at={entry.at} />, generation <code>{shortDigest(entry.generation)}</code></span>
            {entry.change !== null && <Link to="/changes/$id" params={{ id: entry.change }}>the change behind it</Link>}
          </div>
          <Altered entry={entry} fields={fields} />
        </li>
      ))}
    </ol>
  );
}

const none = new Map<string, string>();

function Altered({ entry, fields }: { readonly entry: JournalEntryJson; readonly fields: readonly FieldJson[] }): ReactNode {
  const before = membersOf(entry.before) ?? {};
  const after = membersOf(entry.after) ?? {};
  const names = [...new Set([...Object.keys(before), ...Object.keys(after)])].filter((name) => name !== 'id' && name !== 'version' && JSON.stringify(before[name] ?? null) !== JSON.stringify(after[name] ?? null));
  if (names.length === 0) return null;
  const show = (name: string, value: Json | undefined): ReactNode => {
    const field = fields.find((one) => one.name === name);
    if (field === undefined || field.widget === 'list') return <code>{formatUnknown(value) === '' ? '–' : formatUnknown(value)}</code>;
    return <ShowValue field={field} value={value ?? null} names={none} />;
  };
  return (
    <dl className="history-values small">
      {names.map((name) => (
        <div key={name}>
          <dt>{fields.find((one) => one.name === name)?.label ?? name}</dt>
          <dd>{entry.before !== null && <><del>{show(name, before[name])}</del> → </>}{entry.after !== null && show(name, after[name])}</dd>
        </div>
      ))}
    </dl>
  );
}
