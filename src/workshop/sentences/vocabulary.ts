/**
 * The system's own words, typed: what flows in is its model, what flows out are the entries that begin at a token.
 * Never a near match: a word is known or it is not.
 */
import type { Field } from '#kernel';
import type { SystemModel } from '#model';
import { isPlural, pluralOf } from './inflection.ts';
import type { Token } from './lexer.ts';
import { labelOf } from './names.ts';
import type { Owner } from './request.ts';

export type Entry =
  | { readonly kind: 'entity'; readonly entity: string; readonly plural: boolean }
  /** An item of a list: "line" of `order.lines`. `full` says "order line". */
  | { readonly kind: 'item'; readonly entity: string; readonly list: string; readonly plural: boolean; readonly full: boolean }
  | { readonly kind: 'field'; readonly name: string; readonly plural: boolean }
  | { readonly kind: 'choice'; readonly entity: string; readonly list?: string; readonly field: string; readonly choice: string }
  | { readonly kind: 'flag'; readonly field: string; readonly value: boolean }
  | { readonly kind: 'view'; readonly view: string }
  | { readonly kind: 'role'; readonly role: string; readonly plural: boolean };
export type EntryKind = Entry['kind'];
export type EntryOf<K extends EntryKind> = Extract<Entry, { readonly kind: K }>;

interface Known {
  readonly words: readonly string[];
  readonly entry: Entry;
}
export interface Lookup {
  readonly model: SystemModel;
  /** The thing that the sentence before was about: "it", "them". */
  readonly about?: string;
  /** The one field that the sentence before made or changed: "it". */
  readonly aboutField?: { readonly owner: Owner; readonly field: string };
  /** Every entry of a kind whose words stand at `at`. */
  find<K extends EntryKind>(kind: K, tokens: readonly Token[], at: number): readonly { readonly end: number; readonly value: EntryOf<K> }[];
  /** All single words of the vocabulary. */
  readonly words: ReadonlySet<string>;
}

const made = new WeakMap<SystemModel, Lookup>();

export function lookupOf(model: SystemModel): Lookup {
  const known = made.get(model);
  if (known !== undefined) return known;
  const lookup = build(model);
  made.set(model, lookup);
  return lookup;
}

function build(model: SystemModel): Lookup {
  const byFirst = new Map<string, Known[]>();
  const seen = new Set<string>();
  const words = new Set<string>();
  const add = (text: string, entry: Entry): void => {
    const key = `${text} ${JSON.stringify(entry)}`;
    if (seen.has(key)) return;
    seen.add(key);
    const parts = text.split(' ');
    for (const part of parts) words.add(part);
    const first = parts[0] ?? '';
    const list = byFirst.get(first);
    if (list === undefined) byFirst.set(first, [{ words: parts, entry }]);
    else list.push({ words: parts, entry });
  };
  const addFields = (fields: readonly Field[], entity: string, list?: string): void => {
    for (const field of fields) {
      const label = labelOf(field.name);
      const plural = isPlural(label);
      add(label, { kind: 'field', name: field.name, plural });
      if (field.type.kind === 'date' && label.endsWith(' on')) add(`${label} date`, { kind: 'field', name: field.name, plural: false });
      if (!plural) add(pluralOf(label), { kind: 'field', name: field.name, plural: true });
      if (field.type.kind === 'choice') {
        for (const choice of field.type.choices) {
          const base = { kind: 'choice' as const, entity, field: field.name, choice: choice.name };
          add(labelOf(choice.name), list === undefined ? base : { ...base, list });
        }
      }
      if (field.type.kind === 'boolean') {
        add(label, { kind: 'flag', field: field.name, value: true });
        add(`un${label}`, { kind: 'flag', field: field.name, value: false });
      }
      if (field.type.kind === 'list') {
        const item = labelOf(field.type.item);
        const full = `${labelOf(entity)} ${item}`;
        for (const [text, isFull] of [
          [item, false],
          [full, true],
        ] as const) {
          add(text, { kind: 'item', entity, list: field.name, plural: false, full: isFull });
          add(pluralOf(text), { kind: 'item', entity, list: field.name, plural: true, full: isFull });
        }
        addFields(field.type.fields, entity, field.name);
      }
    }
  };
  for (const entity of model.entities) {
    add(labelOf(entity.name), { kind: 'entity', entity: entity.name, plural: false });
    add(labelOf(entity.plural), { kind: 'entity', entity: entity.name, plural: true });
    addFields(entity.fields, entity.name);
  }
  for (const view of model.views) add(labelOf(view.name), { kind: 'view', view: view.name });
  for (const role of model.settings.roles) {
    add(labelOf(role.name), { kind: 'role', role: role.name, plural: false });
    add(pluralOf(labelOf(role.name)), { kind: 'role', role: role.name, plural: true });
  }
  return {
    model,
    words,
    find<K extends EntryKind>(kind: K, tokens: readonly Token[], at: number) {
      const first = tokens[at];
      if (first?.kind === 'quoted') {
        const text = first.text.toLowerCase();
        return (byFirst.get(text.split(' ')[0] ?? '') ?? []).flatMap(({ words: parts, entry }) =>
          entry.kind === kind && parts.join(' ') === text ? [{ end: at + 1, value: entry as EntryOf<K> }] : [],
        );
      }
      if (first?.kind !== 'word') return [];
      const found: { end: number; value: EntryOf<K> }[] = [];
      for (const { words: parts, entry } of byFirst.get(first.text) ?? []) {
        if (entry.kind !== kind) continue;
        if (parts.every((part, index) => index === 0 || isWord(tokens[at + index], part)))
          found.push({ end: at + parts.length, value: entry as EntryOf<K> });
      }
      return found;
    },
  };
}
const isWord = (token: Token | undefined, text: string): boolean => token?.kind === 'word' && token.text === text;
