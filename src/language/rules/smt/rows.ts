/**
 * Rows of unknown content. A row is known by its entity and its id; what is read of it are variables, one for a field. Rows of one
 * entity whose ids are equal are the same row. Lists have a length and items; what is said of all items is said of one that stands
 * for any. Nothing else is assumed of rows than what their fields state.
 */
import type { Field, PermanentId } from '#kernel';
import { daysOfText, firstDay, lastDay } from '../calendar.ts';
import { atScale, fixedPointOf } from '../fixed-point.ts';
import { NotProvable, type Shape, type Version } from './system.ts';
import type { Term } from './term.ts';
import type { Interval, Terms } from './terms.ts';
import type { List, Row, Scalar } from './value.ts';

/** One field of one row. */
export interface Slot {
  readonly field: Field;
  readonly value: Scalar;
}
export interface KnownRow {
  readonly shape: Shape;
  readonly id: Term;
  /** Where it is not, nothing is said of it. */
  readonly there: Term;
  readonly slots: Map<PermanentId, Slot>;
  /** Stands for any item of its list: it is part of no world. */
  readonly generic: boolean;
}

const SAFE = BigInt(Number.MAX_SAFE_INTEGER);
export class Rows {
  readonly terms: Terms;
  readonly known: Map<string, KnownRow> = new Map();
  /** By key and version: lists of one key hold the same items. */
  readonly lists: Map<string, List> = new Map();
  /** Texts that stand in formulas, by their codes; other texts have larger ones. */
  readonly texts: string[] = [];
  /** Ids of choices by their codes, for each choice field. */
  readonly choices: Map<PermanentId, string[]> = new Map();
  readonly #facts: Term[] = [];
  #paired = 0;

  constructor(terms: Terms) {
    this.terms = terms;
  }

  row(version: Version, of: PermanentId, id: Term, there: Term, generic = false): Row {
    const shape = version.shape(of);
    if (shape === undefined) throw new NotProvable('It reads rows of an entity that is not there.');
    const base = `${of}@${id.id}`;
    const before = this.known.get(base);
    if (before === undefined) this.known.set(base, { shape, id, there, slots: new Map(), generic });
    else if (before.there !== there) this.known.set(base, { ...before, there: this.terms.or(before.there, there) });
    return { shape, version, id, base, tag: base };
  }
  /** The row with other values in place of some. */
  altered(row: Row, instead: ReadonlyMap<PermanentId, Scalar>, tag: string): Row {
    return { ...row, instead, tag: `${row.tag} ${tag}` };
  }
  list(key: string, of: PermanentId, at: List['at'], least: number, most: number | null): List {
    const name = `${key} ${at.row.version.name}`;
    const before = this.lists.get(name);
    if (before !== undefined) return before;
    const length = this.terms.variable(`length ${key}`, 'Int', { low: BigInt(least), high: most === null ? null : BigInt(most) });
    const list: List = { key, of, length, at };
    this.lists.set(name, list);
    return list;
  }
  /** The item at a place, or without one the item that stands for any. */
  item(list: List, version: Version, place: number | undefined): Row {
    const id = this.terms.variable(`item ${list.key} ${place ?? 'any'}`, 'Int', { low: 1n });
    const there = place === undefined ? this.terms.true : this.terms.less(this.terms.int(place), list.length);
    const row = this.row(version, list.of, id, there, place === undefined);
    if ('via' in list.at) {
      const via = row.shape.fields.find((field) => 'via' in list.at && field.id === list.at.via);
      if (via === undefined) throw new NotProvable('It reads rows by a reference that is not there.');
      const value = this.stored(row, via);
      this.#know(
        this.terms.or(this.terms.not(there), this.terms.and(this.terms.not(value.absent), this.terms.equal(value.value, list.at.row.id))),
      );
      for (let other = 0; other < (place ?? 0); other++)
        this.#know(this.terms.not(this.terms.equal(id, this.terms.variable(`item ${list.key} ${other}`, 'Int', { low: 1n }))));
    }
    return row;
  }

  /** What stands in a field of a row, as it was stored. */
  stored(row: Row, field: Field): Scalar {
    const instead = row.instead?.get(field.id);
    if (instead !== undefined) return instead;
    const known = this.known.get(row.base);
    if (known === undefined) throw new TypeError('a row that nobody knows');
    const before = known.slots.get(field.id);
    if (before !== undefined) return before.value;
    const { terms } = this;
    const name = `${row.base} ${field.id}`;
    const sort = field.type.kind === 'boolean' ? 'Bool' : 'Int';
    const value = terms.variable(name, sort, this.bounds(field, row.version));
    const absent = field.required && field.derived === undefined ? terms.false : terms.variable(`${name} absent`, 'Bool');
    const made: Scalar = { kind: 'scalar', absent, value, fault: terms.false };
    known.slots.set(field.id, { field, value: made });
    return made;
  }

  /** What the definition of a field allows. */
  bounds(field: Field, version: Version): Interval {
    const { type } = field;
    const within = (low: bigint | undefined, high: bigint | undefined, least = -SAFE, most = SAFE): Interval => {
      const [from, to] = [low === undefined || low < least ? least : low, high === undefined || high > most ? most : high];
      if (from > to) throw new NotProvable(`The bounds of ${field.name} leave no value.`);
      return { low: from, high: to };
    };
    const whole = (bound: number | undefined): bigint | undefined => (bound === undefined ? undefined : BigInt(bound));
    const scaled = (text: string | undefined, scale: number): bigint | undefined => {
      if (text === undefined) return undefined;
      const parsed = fixedPointOf(text);
      const value = parsed === undefined ? undefined : atScale(parsed, scale);
      if (value === undefined) throw new NotProvable(`A bound of ${field.name} does not fit its digits.`);
      return BigInt(value);
    };
    // A computed field is held to its bounds by nobody: they are what is to be shown.
    if (field.derived !== undefined && type.kind !== 'choice' && type.kind !== 'reference' && type.kind !== 'boolean')
      return type.kind === 'date' ? within(undefined, undefined, BigInt(firstDay), BigInt(lastDay)) : within(undefined, undefined);
    switch (type.kind) {
      case 'integer':
      case 'duration':
        return within(whole(type.min), whole(type.max));
      case 'money':
        return within(scaled(type.min, version.currencyDigits), scaled(type.max, version.currencyDigits));
      case 'decimal':
      case 'quantity':
        return within(scaled(type.min, type.scale), scaled(type.max, type.scale));
      case 'date':
        return within(
          whole(type.min === undefined ? undefined : daysOfText(type.min)),
          whole(type.max === undefined ? undefined : daysOfText(type.max)),
          BigInt(firstDay),
          BigInt(lastDay),
        );
      case 'instant':
        return within(undefined, undefined, -8_640_000_000_000_000n, 8_640_000_000_000_000n);
      case 'choice':
        this.#codes(field.id, version);
        return { low: 0n, high: BigInt(type.choices.length - 1) };
      case 'reference':
        return { low: 1n };
      case 'text':
      case 'email':
      case 'url':
        return { low: 0n };
      case 'boolean':
        return {};
      case 'list':
      case 'json':
        throw new NotProvable(`${field.name} cannot be read as one value.`);
    }
  }

  /** The code of a text that stands in a formula. */
  text(text: string): Term {
    const at = this.texts.indexOf(text);
    return this.terms.int(at >= 0 ? at : this.texts.push(text) - 1);
  }

  choice(version: Version, field: PermanentId, choice: string): Term {
    const codes = this.#codes(field, version);
    const at = codes.indexOf(choice);
    return this.terms.int(at >= 0 ? at : codes.push(choice) - 1);
  }
  #codes(field: PermanentId, version: Version): string[] {
    const before = this.choices.get(field);
    if (before !== undefined) return before;
    const codes: string[] = [...version.choices(field)];
    this.choices.set(field, codes);
    return codes;
  }

  #know(fact: Term): void {
    if (!this.#facts.includes(fact)) this.#facts.push(fact);
  }
  /** What holds of all rows that are known by now. */
  facts(): readonly Term[] {
    const rows = [...this.known.values()].filter((row) => !row.shape.owned && !row.generic);
    const slots = rows.reduce((sum, row) => sum + row.slots.size, 0);
    if (slots !== this.#paired) {
      this.#paired = slots;
      for (const [at, one] of rows.entries()) for (const other of rows.slice(0, at)) this.#alike(one, other);
    }
    return this.#facts;
  }
  /** Equal ids are one row. */
  #alike(one: KnownRow, other: KnownRow): void {
    const { terms } = this;
    if (one.shape.id !== other.shape.id) return;
    const equal = terms.and(one.there, other.there, terms.equal(one.id, other.id));
    for (const [id, { value }] of one.slots) {
      const theirs = other.slots.get(id)?.value;
      if (theirs === undefined) continue;
      const both = value.value.sort === 'Int' ? terms.equal(value.value, theirs.value) : terms.same(value.value, theirs.value);
      this.#know(terms.implies(equal, terms.and(terms.same(value.absent, theirs.absent), terms.or(value.absent, both))));
    }
  }
}
