/**
 * Messages from a stream of bytes, one a line. Why not the protocol's own reader: it drops what is too long together with the connection,
 * and says nothing to what is no JSON, so an agent waits for an answer that never comes. Here a line that cannot be taken is told with why
 * and, where it has one, the id of its message; the next line is read as if nothing had been. Never holds more than one line of the cap.
 */
import { isUtf8 } from 'node:buffer';
import { type IdInPassing, idInPassing } from './id-in-passing.ts';
import { idOf, saidTwice } from './said-twice.ts';

export type Line =
  | { readonly value: unknown }
  | { readonly refused: 'too-long' | 'no-json' | 'twice'; readonly id: string | number | null; readonly why: string };

const lineFeed = 0x0a;

/** What comes in goes to the function that is given back; each line to `told`, in their order. */
export function messageLines(mostBytes: number, told: (line: Line) => void): (bytes: Buffer) => void {
  let kept: Buffer[] = [];
  let size = 0;
  let passing: IdInPassing | undefined;

  const take = (bytes: Buffer): void => {
    size += bytes.length;
    if (size <= mostBytes) {
      kept.push(bytes);
      return;
    }
    if (passing === undefined) {
      passing = idInPassing();
      for (const earlier of kept) passing.see(earlier);
      kept = [];
    }
    passing.see(bytes);
  };
  const end = (): void => {
    if (passing !== undefined) told({ refused: 'too-long', id: passing.id(), why: tooLong(mostBytes, size) });
    else {
      const line = lineOf(kept.length === 1 && kept[0] !== undefined ? kept[0] : Buffer.concat(kept));
      if (line !== undefined) told(line);
    }
    kept = [];
    size = 0;
    passing = undefined;
  };
  return (bytes) => {
    let from = 0;
    for (let at = bytes.indexOf(lineFeed); at >= 0; at = bytes.indexOf(lineFeed, from)) {
      take(bytes.subarray(from, at));
      end();
      from = at + 1;
    }
    if (from < bytes.length) take(bytes.subarray(from));
  };
}

const tooLong = (most: number, size: number): string =>
  `A message has at most ${most} bytes; this one had ${size}. Send less at once: only the files that change, in several proposals if need be.`;

/** An empty line says nothing, and is nothing to answer. */
function lineOf(bytes: Buffer): Line | undefined {
  if (!isUtf8(bytes)) return { refused: 'no-json', id: null, why: 'The line is not UTF-8 text. Send one message of JSON a line.' };
  const text = bytes.toString();
  if (text.trim() === '') return undefined;
  let value: unknown;
  try {
    value = JSON.parse(text);
  } catch {
    return { refused: 'no-json', id: null, why: 'The line is not JSON. Send one whole message a line.' };
  }
  const why = saidTwice(text, value);
  return why === undefined ? { value } : { refused: 'twice', id: idOf(value), why };
}
