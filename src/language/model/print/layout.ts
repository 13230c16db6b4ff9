/**
 * Literals and calls laid out in house style: on one line where it fits in 140 columns, else a member a line. Knows
 * nothing of definitions; text goes in, text comes out.
 */
import { hiddenCharacter } from '../hidden-characters.ts';

export type Doc =
  /** Text as it is; it may hold line breaks, which then are its own. */
  | string
  /** Told the indentation and the column at which it begins. */
  | ((indent: number, column: number) => string)
  | { readonly object: readonly (readonly [name: string, value: Doc])[]; readonly open?: boolean }
  | { readonly list: readonly Doc[]; readonly open?: boolean }
  | { readonly call: string; readonly with: readonly Doc[] };

export const lineWidth = 140;

/** A text literal in single quotes. What is invisible or changes the order of text is written as an escape. */
export function quoted(text: string): string {
  const escaped = text
    .replace(/[\\']/g, (character) => `\\${character}`)
    .replace(/\n/g, '\\n')
    .replace(/\r/g, '\\r')
    .replace(/\t/g, '\\t')
    .replace(hiddenCharacter, (character) => `\\u{${character.charCodeAt(0).toString(16)}}`);
  return `'${escaped}'`;
}
/** A member name, in quotes where it is no identifier. */
export const memberName = (name: string): string => (/^[A-Za-z_$][A-Za-z0-9_$]*$/.test(name) ? name : quoted(name));

/** `room`: characters that must follow on the last line, such as "),". */
export function laidOut(doc: Doc, indent = 0, column: number = indent, room = 1): string {
  const flat = onOneLine(doc, indent, column);
  if (flat !== undefined && column + flat.length + room <= lineWidth) return flat;
  return broken(doc, indent, column, room);
}

function onOneLine(doc: Doc, indent: number, column: number): string | undefined {
  if (typeof doc === 'string') return doc.includes('\n') ? undefined : doc;
  if (typeof doc === 'function') {
    const text = doc(indent, column);
    return text.includes('\n') ? undefined : text;
  }
  if ('call' in doc) {
    const parts = doc.with.map((part) => onOneLine(part, indent, column));
    return parts.includes(undefined) ? undefined : `${doc.call}(${parts.join(', ')})`;
  }
  if (doc.open === true) return undefined;
  if ('list' in doc) {
    const parts = doc.list.map((part) => onOneLine(part, indent, column));
    return parts.includes(undefined) ? undefined : `[${parts.join(', ')}]`;
  }
  const parts = doc.object.map(([name, value]) => {
    const text = onOneLine(value, indent, column);
    return text === undefined ? undefined : name === '' ? text : `${memberName(name)}: ${text}`;
  });
  if (parts.includes(undefined)) return undefined;
  return parts.length === 0 ? '{}' : `{ ${parts.join(', ')} }`;
}

function broken(doc: Doc, indent: number, column: number, room: number): string {
  if (typeof doc === 'string') return doc;
  if (typeof doc === 'function') return doc(indent, column);
  const margin = ' '.repeat(indent);
  if ('call' in doc) {
    const last = doc.with.at(-1);
    const first = doc.with
      .slice(0, -1)
      .map((part) => `${laidOut(part, indent, column)}, `)
      .join('');
    return last === undefined
      ? `${doc.call}()`
      : `${doc.call}(${first}${broken(last, indent, column + doc.call.length + 1 + first.length, room + 1)})`;
  }
  if ('list' in doc) {
    const lines = doc.list.map((part) => `${margin}  ${laidOut(part, indent + 2)},\n`);
    return lines.length === 0 ? '[]' : `[\n${lines.join('')}${margin}]`;
  }
  const lines = doc.object.map(([name, value]) => {
    const label = name === '' ? '' : `${memberName(name)}: `;
    return `${margin}  ${label}${laidOut(value, indent + 2, indent + 2 + label.length)},\n`;
  });
  return lines.length === 0 ? '{}' : `{\n${lines.join('')}${margin}}`;
}
