/**
 * What the roles of a caller let it see and do with rows. Several roles add up; a role that the system does not know
 * gives nothing. Pure.
 */
import { type Caller, type Refusal, refuse, type Role, type Settings, systemCaller } from '#kernel';
import type { SystemModel } from '#model';

/** The system itself reads and writes by the contracts of what runs, and to know who calls. */
const some = (settings: Settings, caller: Caller, holds: (role: Role) => boolean): boolean =>
  caller.id === systemCaller || settings.roles.some((role) => caller.roles.includes(role.name) && holds(role));

export const mayRead = (settings: Settings, caller: Caller): boolean => some(settings, caller, (role) => role.read);
export const mayWrite = (settings: Settings, caller: Caller): boolean => some(settings, caller, (role) => role.write);
export const maySeeSensitive = (settings: Settings, caller: Caller): boolean =>
  some(settings, caller, (role) => role.read && role.sensitive);

export const readForbidden = (model: SystemModel, caller: Caller): Refusal | undefined =>
  mayRead(model.settings, caller)
    ? undefined
    : refuse('forbidden', `${nameOf(caller)} may not read: none of your roles has that right. Ask an owner for a role that may read.`);
export const writeForbidden = (model: SystemModel, caller: Caller): Refusal | undefined =>
  mayWrite(model.settings, caller)
    ? undefined
    : refuse('forbidden', `${nameOf(caller)} may not write: none of your roles has that right. Ask an owner for a role that may write.`);

const nameOf = (caller: Caller): string => (caller.name === '' ? 'This caller' : caller.name);
