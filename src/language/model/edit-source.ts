/**
 * Edits of a source text by the outline of its reading: what is not edited stays letter by letter as a person wrote it.
 * Values are text or laid out for their place; imports from the SDK are brought in line with what the text then uses.
 */
import { Fault } from '#kernel';
import { laidOut, memberName, type Doc } from './print/layout.ts';
import { sdkImport, usedIn } from './print/print-context.ts';
import { printHead } from './print/print-head.ts';
import type { Head, Outline, Span } from './reading.ts';

export type SourceEdit =
  /** Gives the member this value; adds it, and the object that it stands in, where it is not there yet. `fields/dueDate`. */
  | { readonly kind: 'set'; readonly member: string; readonly value: Doc }
  | { readonly kind: 'remove'; readonly member: string }
  | { readonly kind: 'rename'; readonly member: string; readonly to: string }
  /** Imports a component: orderDiscount from '../rules/order-discount.ts'. */
  | { readonly kind: 'import'; readonly name: string; readonly from: string }
  | { readonly kind: 'head'; readonly head: Head };

interface Splice {
  readonly start: number;
  readonly end: number;
  readonly text: string;
}

/** Throws a Fault where an edit names a member that is not there, or two edits meet. */
export function editSource(text: string, outline: Outline, edits: readonly SourceEdit[]): string {
  const splices: Splice[] = [];
  const additions = new Map<string, { name: string; value: Doc }[]>();
  const removed = new Set(edits.flatMap((edit) => (edit.kind === 'remove' ? [edit.member] : [])));
  for (const edit of edits) {
    if (edit.kind === 'head') splices.push(headSplice(outline, edit.head));
    else if (edit.kind === 'import') continue;
    else if (edit.kind === 'set' && outline[edit.member] === undefined) addTo(additions, outline, edit.member, edit.value);
    else if (edit.kind === 'set') splices.push(valueSplice(text, spanOf(outline, edit.member), edit.member, edit.value));
    else if (edit.kind === 'remove') splices.push(removal(text, outline, edit.member, removed));
    else {
      const span = spanOf(outline, edit.member);
      splices.push({ start: span.start, end: span.start + keyLength(text, span), text: memberName(edit.to) });
    }
  }
  for (const [parent, members] of additions) splices.push(insertion(text, outline, parent, members, removed));
  return withImports(spliced(text, splices), edits);
}

function spliced(text: string, splices: readonly Splice[]): string {
  const inOrder = [...splices].sort((a, b) => a.start - b.start || a.end - b.end);
  let made = '';
  let at = 0;
  for (const splice of inOrder) {
    if (splice.start < at) throw new Fault('bug', 'two edits of a source meet in one place');
    made += text.slice(at, splice.start) + splice.text;
    at = splice.end;
  }
  return made + text.slice(at);
}

const spanOf = (outline: Outline, member: string): Span => {
  const span = outline[member];
  if (span === undefined) throw new Fault('bug', `the source has no member ${member}`);
  return span;
};
/** Length of the name that a member begins with. */
function keyLength(text: string, span: Span): number {
  const found = /^(?:[A-Za-z_$][\w$]*|'(?:[^'\\]|\\.)*'|"(?:[^"\\]|\\.)*")/.exec(text.slice(span.start, span.end));
  if (found === null) throw new Fault('bug', 'a member of a source has no plain name');
  return found[0].length;
}
const marginOf = (text: string, at: number): number => {
  const line = text.slice(text.lastIndexOf('\n', at - 1) + 1, at);
  return line.length - line.trimStart().length;
};

function valueSplice(text: string, span: Span, member: string, value: Doc): Splice {
  const after = span.start + keyLength(text, span);
  const colon = /^\s*:\s*/.exec(text.slice(after, span.end));
  if (colon === null) throw new Fault('bug', `${member} is no plain member of the source`);
  const start = after + colon[0].length;
  const column = start - (text.lastIndexOf('\n', start - 1) + 1);
  return { start, end: span.end, text: laidOut(value, marginOf(text, span.start), column) };
}

/** The deepest object that is there, and what must be added to it: `invariants/total` in a source without invariants adds `invariants: { total: ... }`. */
function addTo(additions: Map<string, { name: string; value: Doc }[]>, outline: Outline, member: string, value: Doc): void {
  const parts = member.split('/');
  let name = parts.pop() ?? '';
  let made = value;
  while (parts.length > 0 && outline[parts.join('/')] === undefined) {
    made = { object: [[name, made]], open: true };
    name = parts.pop() ?? '';
  }
  const parent = parts.join('/');
  const list = additions.get(parent) ?? [];
  const same = list.find((entry) => entry.name === name);
  if (same !== undefined && typeof same.value === 'object' && 'object' in same.value && typeof made === 'object' && 'object' in made)
    same.value = { object: [...same.value.object, ...made.object], open: true };
  else list.push({ name, value: made });
  additions.set(parent, list);
}

/** The members that stand directly in an object, in order. */
function childrenOf(outline: Outline, parent: string): readonly (readonly [member: string, span: Span])[] {
  const prefix = parent === '' ? '' : `${parent}/`;
  return Object.entries(outline)
    .filter(
      ([name]) =>
        name.startsWith(prefix) &&
        !name.slice(prefix.length).includes('/') &&
        (parent !== '' || !['head', 'imports', 'definition'].includes(name)),
    )
    .sort(([, a], [, b]) => a.start - b.start);
}

function insertion(
  text: string,
  outline: Outline,
  parent: string,
  members: readonly { readonly name: string; readonly value: Doc }[],
  removed: ReadonlySet<string>,
): Splice {
  const span = spanOf(outline, parent === '' ? 'definition' : parent);
  const close = text.lastIndexOf('}', span.end - 1);
  const open = text.indexOf('{', parent === '' ? span.start : span.start + keyLength(text, span)) + 1;
  const children = childrenOf(outline, parent);
  const last = children.at(-1)?.[1].end;
  const lines = (margin: number): string => members.map(({ name, value }) => memberLine(name, value, margin)).join('');
  const run = parent === '' ? outline['run'] : undefined;
  if (run !== undefined) {
    const start = text.lastIndexOf('\n', run.start - 1) + 1;
    return { start, end: start, text: lines(marginOf(text, run.start)) };
  }
  if (last !== undefined && !text.slice(open, close).includes('\n')) {
    const added = members.map(({ name, value }) => `${memberName(name)}: ${laidOut(value, marginOf(text, span.start))}`).join(', ');
    const comma = commaAfter(text, last);
    const alone = children.every(([name]) => removed.has(name));
    return { start: last + comma, end: close, text: `${alone || comma > 0 ? ' ' : ', '}${added} ` };
  }
  const margin = marginOf(text, close);
  if (last === undefined) return { start: open, end: close, text: `\n${lines(margin + 2)}${' '.repeat(margin)}` };
  const kept = children.findLast(([name]) => !removed.has(name))?.[1].end;
  if (kept === undefined) {
    const at = text.indexOf('\n', open) + 1;
    return { start: at, end: at, text: lines(margin + 2) };
  }
  const comma = commaAfter(text, kept);
  const at = text.indexOf('\n', kept + comma) + 1;
  return comma > 0
    ? { start: at, end: at, text: lines(margin + 2) }
    : { start: kept, end: at, text: `,${text.slice(kept, at)}${lines(margin + 2)}` };
}
/** Length of the comma after a member, with what stands before it. */
const commaAfter = (text: string, end: number): number => /^\s*,/.exec(text.slice(end, end + 200))?.[0].length ?? 0;

function memberLine(name: string, value: Doc, margin: number): string {
  const key = `${memberName(name)}: `;
  return `${' '.repeat(margin)}${key}${laidOut(value, margin, margin + key.length)},\n`;
}

function removal(text: string, outline: Outline, member: string, removed: ReadonlySet<string>): Splice {
  const span = spanOf(outline, member);
  const end = span.end + commaAfter(text, span.end);
  const lineStart = text.lastIndexOf('\n', span.start - 1) + 1;
  if (text.slice(lineStart, span.start).trim() === '' && /^[ \t]*\n/.test(text.slice(end, end + 200))) {
    let start = lineStart;
    for (
      let before = previousLine(text, start);
      /^\s*(?:\/\/.*|\/\*(?:(?!\*\/).)*\*\/\s*)$/.test(before.line);
      before = previousLine(text, start)
    )
      start = before.start;
    return { start, end: text.indexOf('\n', end) + 1, text: '' };
  }
  const siblings = childrenOf(outline, member.includes('/') ? member.slice(0, member.lastIndexOf('/')) : '');
  const at = siblings.findIndex(([name]) => name === member);
  const before = siblings[at - 1];
  const after = siblings[at + 1];
  if (before !== undefined && siblings.slice(0, at).some(([name]) => !removed.has(name)))
    return { start: before[1].end, end: span.end, text: '' };
  return { start: span.start, end: after === undefined ? span.end : after[1].start, text: '' };
}
function previousLine(text: string, start: number): { readonly start: number; readonly line: string } {
  const at = text.lastIndexOf('\n', start - 2) + 1;
  return start === 0 ? { start: 0, line: 'x' } : { start: at, line: text.slice(at, start - 1) };
}

function headSplice(outline: Outline, head: Head): Splice {
  const span = outline['head'] ?? { start: 0, end: 0 };
  return { start: span.start, end: span.end, text: outline['head'] === undefined ? printHead(head) : printHead(head).trimEnd() };
}

const IMPORT = /^import (?:(\w+)|\{[^}]*\}) from '([^']+)';\n/gm;

/** The import lines anew: of the SDK what the text uses, of components those that were there and are used, and the new ones. */
function withImports(text: string, edits: readonly SourceEdit[]): string {
  const found = [...text.matchAll(IMPORT)];
  const first = found[0];
  const last = found.at(-1);
  const start = first?.index ?? text.indexOf('export default');
  const end = first === undefined || last === undefined ? start : last.index + last[0].length;
  const before = text.slice(0, start);
  const body = text.slice(end);
  const components = new Map<string, string>();
  for (const [, name, from] of found) if (name !== undefined && from !== undefined) components.set(name, from);
  for (const edit of edits) if (edit.kind === 'import') components.set(edit.name, edit.from);
  const others = [...components]
    .filter(([name]) => new RegExp(`(?<![\\w$.'])${name}(?![\\w$'])`).test(body))
    .map(([name, from]) => `import ${name} from '${from}';\n`);
  return `${before}${sdkImport(usedIn(body))}\n${others.join('')}${first === undefined ? '\n' : ''}${body}`;
}
