/** Who is signed in, in which roles, and the way out. */
import { Menu } from '@mantine/core';
import { useQueryClient } from '@tanstack/react-query';
import type { ReactNode } from 'react';
import type { SessionJson } from '#api/client';
import { client } from '../system/client.ts';
import { sessionQuery } from '../system/queries.ts';

export function Account({ session }: { readonly session: SessionJson }): ReactNode {
  const queries = useQueryClient();
  const leave = async (): Promise<void> => {
    await client.signOut().catch(() => undefined);
    queries.clear();
    queries.setQueryData(sessionQuery().queryKey, null);
  };
  const { name, roles } = session.caller;
  return (
    <Menu position="bottom-end" width={230} shadow="md">
      <Menu.Target>
        <button type="button" className="account" aria-label={`Signed in as ${name}`}>{initials(name)}</button>
      </Menu.Target>
      <Menu.Dropdown>
        <div className="account-who"><strong>{name}</strong><span className="quiet small">{roles.length === 0 ? 'no roles' : roles.join(', ')}</span></div>
        <Menu.Divider />
        <Menu.Item onClick={() => void leave()}>Sign out</Menu.Item>
      </Menu.Dropdown>
    </Menu>
  );
}

const initials = (name: string): string => name.split(/\s+/).slice(0, 2).map((part) => [...part][0] ?? '').join('').toUpperCase() || '?';
