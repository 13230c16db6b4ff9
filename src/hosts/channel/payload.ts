/** Payloads from a host are looked at before they are parsed: their length, and how deep they nest. */
import type { Json } from '#kernel';
import { payloadDepth } from './limits.ts';

/** The value of a payload, or what is wrong with it. */
export type Payload = { readonly ok: true; readonly value: Json } | { readonly ok: false; readonly why: string };

export function parsePayload(text: string, maxChars: number): Payload {
  if (text.length > maxChars) return { ok: false, why: `more than ${maxChars} characters` };
  if (!withinDepth(text, payloadDepth)) return { ok: false, why: `nested deeper than ${payloadDepth} levels` };
  try {
    return { ok: true, value: JSON.parse(text) as Json };
  } catch {
    return { ok: false, why: 'no JSON' };
  }
}

/** Whether the brackets of a JSON text nest at most that deep. One pass, no recursion; brackets inside texts do not count. */
export function withinDepth(text: string, most: number): boolean {
  let depth = 0;
  for (let at = 0; at < text.length; at += 1) {
    const code = text.charCodeAt(at);
    if (code === 0x22) {
      at = endOfText(text, at + 1);
    } else if (code === 0x7b || code === 0x5b) {
      depth += 1;
      if (depth > most) return false;
    } else if (code === 0x7d || code === 0x5d) {
      depth -= 1;
    }
  }
  return true;
}

/** The place of the quote that ends the text which begins at `from`. */
function endOfText(text: string, from: number): number {
  for (let at = text.indexOf('"', from); at >= 0; at = text.indexOf('"', at + 1)) {
    let slashes = 0;
    while (text.charCodeAt(at - 1 - slashes) === 0x5c) slashes += 1;
    if (slashes % 2 === 0) return at;
  }
  return text.length;
}
