/** Who is signed in, in which roles, and the way out. */
import { useQueryClient } from '@tanstack/react-query';
import type { ReactNode } from 'react';
import type { SessionJson } from '#api/client';
import { client } from '../system/client.ts';
import { sessionQuery } from '../system/queries.ts';
import { DropMenu } from './drop-menu.tsx';

export function Account({ session }: { readonly session: SessionJson }): ReactNode {
  const queries = useQueryClient();
  const leave = async (): Promise<void> => {
    await client.signOut().catch(() => undefined);
    queries.clear();
    queries.setQueryData(sessionQuery().queryKey, null);
  };
  const { name, roles } = session.caller;
  return (
    <DropMenu
      label={`Signed in as ${name}`}
      className="account"
      button={initials(name)}
      entries={[{ label: 'Sign out', choose: () => void leave() }]}
      head={
        <div className="account-who">
          <strong>{name}</strong>
          <span className="quiet small">{roles.length === 0 ? 'no roles' : roles.join(', ')}</span>
        </div>
      }
    />
  );
}

const initials = (name: string): string =>
  name
    .split(/\s+/)
    .slice(0, 2)
    .map((part) => [...part][0] ?? '')
    .join('')
    .toUpperCase() || '?';
