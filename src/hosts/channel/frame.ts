/**
 * One message is one line: the head as JSON, then, where there is one, a tab and the payload as JSON. JSON text holds neither
 * raw tabs nor raw newlines, so a payload passes through a process without being parsed there.
 * Promises: no line longer than the caps is ever kept, no head is parsed before its length was looked at.
 */
import { headChars, payloadChars } from './limits.ts';

export const frameOf = (head: object, payload?: string): string =>
  payload === undefined ? `${JSON.stringify(head)}\n` : `${JSON.stringify(head)}\t${payload}\n`;

export interface FrameReader {
  /** Feeds the next piece of the stream. After `broken` was told, nothing is read any more. */
  feed(piece: string): void;
}

export function openFrameReader(
  take: (head: { readonly [member: string]: unknown }, payload: string | undefined) => void,
  broken: (why: string) => void,
): FrameReader {
  let pieces: string[] = [];
  let kept = 0;
  let over = false;
  const end = (why: string): false => {
    over = true;
    pieces = [];
    broken(why);
    return false;
  };
  /** Whether the stream may be read on. */
  const line = (text: string): boolean => {
    const tab = text.indexOf('\t');
    const headEnd = tab < 0 ? text.length : tab;
    if (headEnd > headChars) return end('a head is too long');
    let head: unknown;
    try {
      head = JSON.parse(text.slice(0, headEnd));
    } catch {
      return end('a head is no JSON');
    }
    if (typeof head !== 'object' || head === null || Array.isArray(head)) return end('a head is no object');
    take(head as { readonly [member: string]: unknown }, tab < 0 ? undefined : text.slice(tab + 1));
    return true;
  };
  return {
    feed: (piece) => {
      if (over) return;
      let from = 0;
      for (let at = piece.indexOf('\n'); at >= 0; at = piece.indexOf('\n', from)) {
        if (kept + at - from > headChars + payloadChars) return void end('a frame is too long');
        pieces.push(piece.slice(from, at));
        const text = pieces.length === 1 ? (pieces[0] ?? '') : pieces.join('');
        pieces = [];
        kept = 0;
        from = at + 1;
        if (!line(text)) return;
      }
      if (from === piece.length) return;
      pieces.push(piece.slice(from));
      kept += piece.length - from;
      if (kept > headChars + payloadChars) end('a frame is too long');
    },
  };
}
