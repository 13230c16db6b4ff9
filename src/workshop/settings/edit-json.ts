/** Writes one member into the text of a JSON object and leaves the rest, blanks and line ends among it, as it was. For text that parses. */
import type { Json } from '#kernel';

interface Member {
  readonly key: string;
  readonly start: number;
  readonly value: readonly [number, number];
}

/** `path` names members of nested objects; undefined takes the last one away. Objects on the way that are missing are made. */
export function editJson(text: string, path: readonly string[], value: Json | undefined): string {
  let at = text.indexOf('{');
  for (const [depth, key] of path.entries()) {
    const found = membersAt(text, at);
    const member = found.members.find((each) => each.key === key);
    if (member === undefined) {
      if (value === undefined) return text;
      const rest = path.slice(depth + 1).reduceRight<Json>((inner, name) => ({ [name]: inner }), value);
      return inserted(text, at, found, key, rest);
    }
    if (depth === path.length - 1) return value === undefined ? removed(text, found, member) : replaced(text, member.value, value);
    if (text[member.value[0]] !== '{')
      return replaced(
        text,
        member.value,
        path.slice(depth + 1).reduceRight<Json>((inner, name) => ({ [name]: inner }), value ?? null),
      );
    at = member.value[0];
  }
  return text;
}

/** One line, with blanks inside braces. */
export function inOneLine(value: Json): string {
  if (Array.isArray(value)) return `[${value.map(inOneLine).join(', ')}]`;
  if (typeof value !== 'object' || value === null) return JSON.stringify(value);
  const members = Object.entries(value).map(([key, each]) => `${JSON.stringify(key)}: ${inOneLine(each as Json)}`);
  return members.length === 0 ? '{}' : `{ ${members.join(', ')} }`;
}

const replaced = (text: string, [start, end]: readonly [number, number], value: Json): string =>
  `${text.slice(0, start)}${inOneLine(value)}${text.slice(end)}`;

interface Found {
  readonly members: readonly Member[];
  /** The closing brace. */
  readonly end: number;
}
function membersAt(text: string, open: number): Found {
  const members: Member[] = [];
  let at = blank(text, open + 1);
  while (text[at] !== '}') {
    const keyEnd = stringEnd(text, at);
    const start = blank(text, blank(text, keyEnd) + 1);
    const end = valueEnd(text, start);
    members.push({ key: JSON.parse(text.slice(at, keyEnd)) as string, start: at, value: [start, end] });
    at = blank(text, end);
    if (text[at] === ',') at = blank(text, at + 1);
  }
  return { members, end: at };
}
function blank(text: string, from: number): number {
  let at = from;
  while (/\s/.test(text[at] ?? '')) at++;
  return at;
}
function stringEnd(text: string, from: number): number {
  let at = from + 1;
  while (at < text.length && text[at] !== '"') at += text[at] === '\\' ? 2 : 1;
  return at + 1;
}
function valueEnd(text: string, from: number): number {
  if (text[from] === '"') return stringEnd(text, from);
  if (text[from] !== '{' && text[from] !== '[') return from + (/^[^\s,\]}]+/.exec(text.slice(from))?.[0].length ?? 0);
  let depth = 0;
  for (let at = from; at < text.length; at++) {
    const sign = text[at];
    if (sign === '"') at = stringEnd(text, at) - 1;
    else if (sign === '{' || sign === '[') depth++;
    else if ((sign === '}' || sign === ']') && --depth === 0) return at + 1;
  }
  return text.length;
}

function inserted(text: string, open: number, { members, end }: Found, key: string, value: Json): string {
  const member = `${JSON.stringify(key)}: ${inOneLine(value)}`;
  const last = members.at(-1);
  if (last === undefined) return `${text.slice(0, open)}{ ${member} }${text.slice(end + 1)}`;
  const lead = /\n[ \t]*$/.exec(text.slice(0, last.start))?.[0] ?? ' ';
  return `${text.slice(0, last.value[1])},${lead}${member}${text.slice(last.value[1])}`;
}
function removed(text: string, { members, end }: Found, member: Member): string {
  const at = members.indexOf(member);
  const next = members[at + 1];
  const before = members[at - 1];
  if (next !== undefined) return text.slice(0, member.start) + text.slice(next.start);
  return before === undefined
    ? text.slice(0, member.start) + text.slice(end)
    : text.slice(0, before.value[1]) + text.slice(member.value[1]);
}
