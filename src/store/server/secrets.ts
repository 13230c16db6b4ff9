/** The passwords of the database roles, made once, in a file that its owner alone may read. Each password reaches only its process. */
import { randomBytes } from 'node:crypto';
import { existsSync, readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { Fault } from '#kernel';

export const databaseRoles = ['superuser', 'owner', 'kernel', 'data', 'workshop'] as const;
export type DatabaseRole = (typeof databaseRoles)[number];
export type Passwords = { readonly [Role in DatabaseRole]: string };

export function openPasswords(root: string): Passwords {
  const file = join(root, 'passwords.json');
  if (!existsSync(file)) {
    const made = Object.fromEntries(databaseRoles.map((role) => [role, randomBytes(24).toString('base64url')]));
    writeFileSync(file, JSON.stringify(made), { mode: 0o600 });
  }
  const read: unknown = JSON.parse(readFileSync(file, 'utf8'));
  if (!isPasswords(read))
    throw new Fault('setup', `${file} does not hold the passwords of the database roles. Restore it, or start with another --data folder.`);
  return read;
}

const isPasswords = (value: unknown): value is Passwords =>
  typeof value === 'object' &&
  value !== null &&
  databaseRoles.every((role) => role in value && typeof (value as Record<string, unknown>)[role] === 'string');
