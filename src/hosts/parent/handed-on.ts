/**
 * Descriptors of this process that its children would inherit: whoever started it may have left some open without the flag that
 * closes them (a shell, a supervisor). Node leaves them open in every child; so a host is told to close them before it does anything.
 */
import { readdirSync, readFileSync } from 'node:fs';

const closeOnExec = 0o2000000;

/** Numbers from 3 on. None where the operating system does not tell. */
export function handedOn(): readonly number[] {
  let names: readonly string[];
  try {
    names = readdirSync('/proc/self/fdinfo');
  } catch {
    return [];
  }
  return names.map(Number).filter((number) => number > 2 && isHandedOn(number));
}

function isHandedOn(number: number): boolean {
  try {
    const flags = /^flags:\t(\d+)$/m.exec(readFileSync(`/proc/self/fdinfo/${number}`, 'latin1'))?.[1];
    return flags !== undefined && (Number.parseInt(flags, 8) & closeOnExec) === 0;
  } catch {
    // It was closed meanwhile: the one that listed the folder.
    return false;
  }
}
