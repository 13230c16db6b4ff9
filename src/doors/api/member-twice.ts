/**
 * Whether an object in a JSON text has a member twice. Parsers silently keep the last, proxies and people read the first; so such a
 * body is refused. Never recursive: a text may be as deep as it likes. Pure.
 */

/** `value` is what JSON.parse made of `text`. The name of a member that stands twice in its object, or null. */
export function memberTwice(text: string, value: unknown): string | null {
  return membersWritten(text) === membersKept(value) ? null : nameTwice(text);
}

/** Each member has one colon outside texts. */
function membersWritten(text: string): number {
  let count = 0;
  for (let at = 0; at < text.length; at += 1) {
    const code = text.charCodeAt(at);
    if (code === COLON) count += 1;
    else if (code === QUOTE) at = endOfText(text, at);
  }
  return count;
}

function membersKept(value: unknown): number {
  let count = 0;
  const left: unknown[] = [value];
  while (left.length > 0) {
    const next = left.pop();
    if (typeof next !== 'object' || next === null) continue;
    const inside: readonly unknown[] = Array.isArray(next) ? next : Object.values(next);
    if (!Array.isArray(next)) count += inside.length;
    for (const each of inside) if (typeof each === 'object' && each !== null) left.push(each);
  }
  return count;
}

function nameTwice(text: string): string | null {
  const open: (Set<string> | null)[] = [];
  for (let at = 0; at < text.length; at += 1) {
    const code = text.charCodeAt(at);
    if (code === BRACE) open.push(new Set());
    else if (code === BRACKET) open.push(null);
    else if (code === BRACE_END || code === BRACKET_END) open.pop();
    else if (code === QUOTE) {
      const end = endOfText(text, at);
      if (isBeforeColon(text, end + 1)) {
        const name = JSON.parse(text.slice(at, end + 1)) as string;
        const seen = open.at(-1);
        if (seen?.has(name) === true) return name;
        seen?.add(name);
      }
      at = end;
    }
  }
  return null;
}

const [QUOTE, BACKSLASH, COLON, BRACE, BRACE_END, BRACKET, BRACKET_END] = [34, 92, 58, 123, 125, 91, 93];
function isBeforeColon(text: string, from: number): boolean {
  let at = from;
  while (at < text.length && text.charCodeAt(at) <= 32) at += 1;
  return text.charCodeAt(at) === COLON;
}
/** Where the text that begins at `start` ends. */
function endOfText(text: string, start: number): number {
  for (let at = start + 1; at < text.length; at += 1) {
    const code = text.charCodeAt(at);
    if (code === QUOTE) return at;
    if (code === BACKSLASH) at += 1;
  }
  return text.length;
}
