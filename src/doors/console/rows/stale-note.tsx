/** Somebody else saved the same row first: both values of each field that differs, and which one counts is chosen here. */
import { Button } from '@mantine/core';
import { useQuery } from '@tanstack/react-query';
import { type ReactNode, useState } from 'react';
import type { EntityJson, JsonObject, RowJson } from '#api/client';
import { ProblemNote } from '../frame/problem-note.tsx';
import { Waiting } from '../frame/waiting.tsx';
import { client } from '../system/client.ts';
import { ShowValue } from '../values/show-value.tsx';
import { useRowNames } from '../values/use-row-names.ts';
import { clashesOf } from './differing.ts';

export interface StaleNoteProps {
  readonly entity: EntityJson;
  readonly opened: RowJson;
  readonly mine: JsonObject;
  readonly save: (patch: JsonObject, version: number) => Promise<void>;
  readonly leave: () => void;
}

export function StaleNote({ entity, opened, mine, save, leave }: StaleNoteProps): ReactNode {
  const { data: current, error } = useQuery({
    queryKey: ['current', entity.path, opened.id],
    queryFn: () => client.row(entity.path, opened.id),
    gcTime: 0,
    staleTime: 0,
  });
  const names = useRowNames(entity.fields, current === undefined ? [opened] : [opened, current, { id: '', version: 0, ...mine }]);
  const [theirs, setTheirs] = useState<ReadonlySet<string>>(new Set());
  const [busy, setBusy] = useState(false);
  const [cause, setCause] = useState<unknown>(null);
  if (error !== null) return <ProblemNote cause={error} />;
  if (current === undefined) return <Waiting label="Reading the row as it is now" />;
  const clashes = clashesOf(entity.fields, opened, current, mine);
  const go = async (): Promise<void> => {
    setBusy(true);
    setCause(null);
    try {
      await save(Object.fromEntries(Object.entries(mine).filter(([name]) => !theirs.has(name))), current.version);
    } catch (thrown) {
      setCause(thrown);
    } finally {
      setBusy(false);
    }
  };
  return (
    <div className="note note-doubt" role="alert">
      <div className="stack" style={{ gap: '0.6rem' }}>
        <p>
          <strong>Somebody saved this {entity.label.toLowerCase()} while you were editing.</strong> Nothing of yours is lost.{' '}
          {clashes.some((clash) => clash.both)
            ? 'Choose what counts where both of you altered the same field.'
            : 'You altered other fields than they did, so both can stand.'}
        </p>
        <ul className="plain-list stack" style={{ gap: '0.5rem' }}>
          {clashes.map(({ field, theirs: theirValue, mine: myValue, both }) => (
            <li key={field.name}>
              <strong>{field.label}</strong>{' '}
              {both ? (
                <span className="row" role="radiogroup" aria-label={field.label}>
                  <label>
                    <input
                      type="radio"
                      name={`stale-${field.name}`}
                      checked={!theirs.has(field.name)}
                      onChange={() => setTheirs(new Set([...theirs].filter((name) => name !== field.name)))}
                    />{' '}
                    yours: <ShowValue field={field} value={myValue} names={names} />
                  </label>
                  <label>
                    <input
                      type="radio"
                      name={`stale-${field.name}`}
                      checked={theirs.has(field.name)}
                      onChange={() => setTheirs(new Set([...theirs, field.name]))}
                    />{' '}
                    theirs: <ShowValue field={field} value={theirValue} names={names} />
                  </label>
                </span>
              ) : (
                <span>
                  is now <ShowValue field={field} value={theirValue} names={names} />
                </span>
              )}
            </li>
          ))}
        </ul>
        {cause !== null && <ProblemNote cause={cause} />}
        <div className="row">
          <Button size="xs" loading={busy} onClick={() => void go()}>
            Save so
          </Button>
          <Button size="xs" variant="default" onClick={leave}>
            Drop mine, look at theirs
          </Button>
        </div>
      </div>
    </div>
  );
}
