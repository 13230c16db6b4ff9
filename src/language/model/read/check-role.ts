/** A role that a component names is one of theseus.json; said where it is not. */
import type { Settings } from '#kernel';
import type { Named } from './declared.ts';
import type { LinkedFile } from './linked-file.ts';

export function checkRole(file: LinkedFile, role: Named, settings: Settings): void {
  const roles = settings.roles.map((known) => known.name);
  if (!roles.includes(role.name)) file.report(role.start, `there is no role ${role.name}; theseus.json names ${roles.join(', ')}`);
}
