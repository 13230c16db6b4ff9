/** API keys: issued in roles, shown once, ended for good. */
import { Button, Checkbox, Modal, TextInput } from '@mantine/core';
import { useQuery, useQueryClient } from '@tanstack/react-query';
import { type ReactNode, useState } from 'react';
import type { KeyJson, NewKeyJson } from '#api/client';
import { Confirm } from '../frame/confirm.tsx';
import { EmptyNote } from '../frame/empty-note.tsx';
import { Section } from '../frame/page.tsx';
import { ProblemNote } from '../frame/problem-note.tsx';
import { Waiting } from '../frame/waiting.tsx';
import { client } from '../system/client.ts';
import { keysQuery, modelQuery } from '../system/queries.ts';
import { Moment } from '../values/place.tsx';
import { Secret } from './secret.tsx';

export function Keys(): ReactNode {
  const queries = useQueryClient();
  const { data, error, refetch } = useQuery(keysQuery());
  const [issuing, setIssuing] = useState(false);
  const [ending, setEnding] = useState<KeyJson | null>(null);
  const again = (): Promise<void> =>
    queries.invalidateQueries({ predicate: ({ queryKey }) => ['keys', 'callers', 'audit'].includes(String(queryKey[0])) });
  const keys = [...(data?.items ?? [])].sort((a, b) => Number(a.ended) - Number(b.ended));
  return (
    <Section
      title="API keys"
      aside={
        <Button size="xs" onClick={() => setIssuing(true)}>
          Issue a key
        </Button>
      }
    >
      {error !== null && <ProblemNote cause={error} retry={() => void refetch()} />}
      {data === undefined && error === null && <Waiting />}
      {data !== undefined && keys.length === 0 && (
        <EmptyNote title="No key yet">
          <p>
            A program sends its key with each call: <code>Authorization: Bearer KEY</code>
          </p>
        </EmptyNote>
      )}
      {keys.length > 0 && (
        <div className="sheet scroll-x">
          <table className="table table-cards">
            <thead>
              <tr>
                <th scope="col">Name</th>
                <th scope="col">Roles</th>
                <th scope="col">Issued</th>
                <th scope="col">State</th>
                <th scope="col">
                  <span className="only-heard">Actions</span>
                </th>
              </tr>
            </thead>
            <tbody>
              {keys.map((key) => (
                <tr key={key.id}>
                  <td className="lead-cell">
                    <strong>{key.name}</strong>
                  </td>
                  <td data-label="Roles">{key.roles.join(', ')}</td>
                  <td data-label="Issued">
                    <Moment at={key.createdAt} />
                  </td>
                  <td data-label="State">{key.ended ? <span className="tag">ended</span> : <span className="tag tag-good">valid</span>}</td>
                  <td className="number">
                    {!key.ended && (
                      <button type="button" className="link-button" onClick={() => setEnding(key)}>
                        End<span className="only-heard"> {key.name}</span>
                      </button>
                    )}
                  </td>
                </tr>
              ))}
            </tbody>
          </table>
        </div>
      )}
      {issuing && <IssueKey close={() => setIssuing(false)} done={() => void again()} />}
      {ending !== null && (
        <Confirm
          title={`End the key ${ending.name}?`}
          action="End it"
          danger
          close={() => setEnding(null)}
          perform={async () => {
            await client.endKey(ending.id);
            await again();
          }}
        >
          <p>Programs that use it are refused from now on. This cannot be taken back; issue another one if it was a mistake.</p>
        </Confirm>
      )}
    </Section>
  );
}

function IssueKey({ close, done }: { readonly close: () => void; readonly done: () => void }): ReactNode {
  const model = useQuery(modelQuery()).data;
  const [name, setName] = useState('');
  const [roles, setRoles] = useState<readonly string[]>([]);
  const [made, setMade] = useState<NewKeyJson | null>(null);
  const [cause, setCause] = useState<unknown>(null);
  const [busy, setBusy] = useState(false);
  const issue = async (): Promise<void> => {
    setBusy(true);
    setCause(null);
    try {
      setMade(await client.issueKey(name.trim(), roles));
      done();
    } catch (thrown) {
      setCause(thrown);
    } finally {
      setBusy(false);
    }
  };
  if (made !== null)
    return (
      <Modal opened onClose={close} title="The key" closeOnClickOutside={false}>
        <Secret value={made.key} close={close}>
          It is shown this once, and stored only as a hash.
        </Secret>
      </Modal>
    );
  return (
    <Modal opened onClose={close} title="Issue a key">
      <form
        className="stack"
        onSubmit={(event) => {
          event.preventDefault();
          void issue();
        }}
      >
        <TextInput
          label="For what"
          description="A name that tells later which program uses it"
          value={name}
          onChange={(event) => setName(event.currentTarget.value)}
          maxLength={100}
          data-autofocus
        />
        <fieldset style={{ border: 0, padding: 0, margin: 0 }} className="stack">
          <legend style={{ fontWeight: 550, padding: 0, marginBottom: '0.4rem' }}>Roles</legend>
          {model?.roles.map((role) => (
            <Checkbox
              key={role.name}
              label={role.name}
              checked={roles.includes(role.name)}
              description={
                [role.read ? 'reads' : '', role.write ? 'writes' : '', role.sensitive ? 'sees sensitive values' : '']
                  .filter((word) => word !== '')
                  .join(', ') || 'nothing by itself'
              }
              onChange={(event) =>
                setRoles(event.currentTarget.checked ? [...roles, role.name] : roles.filter((other) => other !== role.name))
              }
            />
          )) ?? <p className="quiet">The roles cannot be read now.</p>}
        </fieldset>
        {cause !== null && <ProblemNote cause={cause} />}
        <div className="row" style={{ justifyContent: 'flex-end' }}>
          <Button variant="default" onClick={close}>
            Cancel
          </Button>
          <Button type="submit" loading={busy} disabled={name.trim() === '' || roles.length === 0}>
            Issue
          </Button>
        </div>
      </form>
    </Modal>
  );
}
