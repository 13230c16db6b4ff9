/** A role that a component names is one that somebody may have; said where it is not. */
import type { Named } from './declared.ts';
import type { LinkedFile } from './linked-file.ts';
import type { Linker } from './linker.ts';

export function checkRole(file: LinkedFile, role: Named, linker: Linker): void {
  const roles = linker.roles(file);
  if (!roles.includes(role.name))
    file.report(role.start, `there is no role ${role.name}; roles are ${roles.join(', ')}, and those that an entity’s identity names`);
}
