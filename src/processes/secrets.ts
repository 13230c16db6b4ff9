/**
 * Secrets that the machine tells hosts outside: one file a secret in the data folder, readable by its owner alone, or a variable of the
 * environment that the system was started in. The kernel's process alone reads values; nothing here ever prints one.
 */
import { chmodSync, existsSync, mkdirSync, readdirSync, readFileSync, renameSync, rmSync, statSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { refuse, type Refusal } from '#kernel';

export interface Secrets {
  /** Null where it is not set, or cannot be trusted. Read each time, so that a new value counts at once. */
  value(name: string): string | null;
  names(): readonly string[];
  set(name: string, value: string): Refusal | null;
  /** Whether there was one. */
  remove(name: string): boolean;
}
const isName = (name: string): boolean => /^[A-Z][A-Z0-9_]{0,39}$/.test(name);
/** On one line, so that it can stand in a header; long enough that it stands nowhere by chance. */
const isValue = (value: string): boolean => /^[\x21-\x7e](?:[\x20-\x7e]{6,3998})[\x21-\x7e]$/.test(value);
const prefix = 'THESEUS_SECRET_';

/** Of an environment, by name. */
export const secretsOf = (variables: { readonly [name: string]: string | undefined }): { readonly [name: string]: string } =>
  Object.fromEntries(
    Object.entries(variables).flatMap(([key, value]) => {
      const name = key.startsWith(prefix) ? key.slice(prefix.length) : '';
      return isName(name) && value !== undefined && isValue(value) ? [[name, value]] : [];
    }),
  );

/** `given`: of the environment; they come before those of the folder. */
export function secretsIn(data: string, given: { readonly [name: string]: string }): Secrets {
  const folder = join(data, 'secrets');
  const fileOf = (name: string): string => join(folder, name);
  return {
    value: (name) => {
      if (!isName(name)) return null;
      if (Object.hasOwn(given, name)) return given[name] ?? null;
      const file = fileOf(name);
      // What others may read or write is no secret.
      if (!existsSync(file) || !statSync(file).isFile() || (statSync(file).mode & 0o077) !== 0) return null;
      const value = readFileSync(file, 'utf8').trim();
      return isValue(value) ? value : null;
    },
    names: () => [...new Set([...Object.keys(given), ...(existsSync(folder) ? readdirSync(folder).filter(isName) : [])])].sort(),
    set: (name, said) => {
      const value = said.trim();
      if (!isName(name)) return refuse('invalid', 'A secret has a name in capitals, such as EXAMPLE_KEY.');
      if (!isValue(value)) return refuse('invalid', 'A secret is one line of 8 to 4000 plain characters.');
      mkdirSync(folder, { recursive: true, mode: 0o700 });
      chmodSync(folder, 0o700);
      const fresh = join(folder, `.${name}.${process.pid}`);
      writeFileSync(fresh, value, { mode: 0o600, flag: 'wx' });
      renameSync(fresh, fileOf(name));
      return null;
    },
    remove: (name) => {
      const there = isName(name) && existsSync(fileOf(name));
      if (there) rmSync(fileOf(name));
      return there;
    },
  };
}
