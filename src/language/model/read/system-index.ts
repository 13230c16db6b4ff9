/**
 * What the declarations of all files say together, in maps: which row a permanent id names, who refers to whom, which ids
 * are given twice. Changes with one file at a time, so that one changed component costs the same in a small system and a large one.
 */
import type { Choice, PermanentId } from '#kernel';
import { pathOf } from '../paths.ts';
import type { Declared, DeclaredField } from './declared.ts';

export interface RowPlace {
  readonly path: string;
  readonly list?: string;
}

export class SystemIndex {
  readonly #rows = new Map<string, Map<string, RowPlace>>();
  readonly #choices = new Map<string, Map<string, readonly Choice[]>>();
  readonly #referrers = new Map<string, Set<string>>();
  readonly #ids = new Map<string, Map<string, readonly number[]>>();
  readonly #plurals = new Map<string, Set<string>>();
  readonly #signing = new Map<string, Set<string>>();
  /** Ids and plurals that stand in more than one place. */
  readonly twice: Set<string> = new Set();
  readonly pluralsTwice: Set<string> = new Set();

  /** Where an id is given twice, that of the first path: what is read then does not hang on the order of reading. */
  row(id: PermanentId): RowPlace | undefined {
    return first(this.#rows.get(id));
  }
  choices(field: PermanentId): readonly Choice[] {
    return first(this.#choices.get(field)) ?? [];
  }
  /** Paths of the entities with a reference field to the entity at this path, in order. */
  referrers(path: string): readonly string[] {
    return [...(this.#referrers.get(path) ?? [])].sort();
  }
  /** Where an id stands: offsets by path. */
  places(id: string): ReadonlyMap<string, readonly number[]> {
    return this.#ids.get(id) ?? new Map();
  }
  holders(plural: string): ReadonlySet<string> {
    return this.#plurals.get(plural) ?? new Set();
  }
  /** Roles of those who sign in by themselves, as entities name them, in order. */
  signingRoles(): readonly string[] {
    return [...this.#signing.keys()].sort();
  }
  has(id: string): boolean {
    return this.#ids.has(id);
  }

  add(declared: Declared): void {
    this.#each(declared, true);
  }
  remove(declared: Declared): void {
    this.#each(declared, false);
  }

  #each({ path, ids, declaration }: Declared, adding: boolean): void {
    const places = new Map<string, number[]>();
    for (const { id, start } of ids) places.set(id, [...(places.get(id) ?? []), start]);
    for (const [id, starts] of places) {
      const known = this.#ids.get(id) ?? new Map<string, readonly number[]>();
      if (adding) known.set(path, starts);
      else known.delete(path);
      if (known.size === 0) this.#ids.delete(id);
      else this.#ids.set(id, known);
      if (known.size > 1 || [...known.values()].some((found) => found.length > 1)) this.twice.add(id);
      else this.twice.delete(id);
    }
    if (declaration?.kind !== 'entity' && declaration?.kind !== 'operation') return;
    const fields =
      declaration.kind === 'entity'
        ? declaration.fields
        : [...declaration.input, ...(declaration.output !== null && 'fields' in declaration.output ? declaration.output.fields : [])];
    this.#fields(path, fields, declaration.kind === 'entity', adding);
    if (declaration.kind !== 'entity') return;
    keep(this.#rows, declaration.id, path, adding ? { path } : undefined);
    for (const role of declaration.identity?.roles ?? []) put(this.#signing, role.name, path, adding);
    put(this.#plurals, declaration.plural, path, adding);
    if ((this.#plurals.get(declaration.plural)?.size ?? 0) > 1) this.pluralsTwice.add(declaration.plural);
    else this.pluralsTwice.delete(declaration.plural);
  }

  #fields(path: string, fields: readonly DeclaredField[], ofEntity: boolean, adding: boolean): void {
    for (const field of fields) {
      if (field.type.kind === 'choice') keep(this.#choices, field.id, path, adding ? field.type.choices : undefined);
      if (field.to !== undefined && ofEntity) put(this.#referrers, pathOf('entity', field.to.name), path, adding);
      if (field.type.kind === 'list') {
        keep(this.#rows, field.type.itemId, path, adding ? { path, list: field.name } : undefined);
        this.#fields(path, field.fields ?? [], false, adding);
      }
    }
  }
}

function put(map: Map<string, Set<string>>, key: string, path: string, adding: boolean): void {
  const set = map.get(key) ?? new Set<string>();
  if (adding) set.add(path);
  else set.delete(path);
  if (set.size === 0) map.delete(key);
  else map.set(key, set);
}

function keep<Value>(map: Map<string, Map<string, Value>>, key: string, path: string, value: Value | undefined): void {
  const holders = map.get(key) ?? new Map<string, Value>();
  if (value === undefined) holders.delete(path);
  else holders.set(path, value);
  if (holders.size === 0) map.delete(key);
  else map.set(key, holders);
}
function first<Value>(holders: ReadonlyMap<string, Value> | undefined): Value | undefined {
  if (holders === undefined) return undefined;
  if (holders.size === 1) return holders.values().next().value;
  return holders.get([...holders.keys()].sort()[0] ?? '');
}
