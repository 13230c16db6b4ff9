/** Pieces into a budget of tokens: each kind of source within its share, so that none crowds out the others. Four characters are a token. */
import type { Piece } from '#ports';

const CHARACTERS = 4;
/** Tokens that no piece is worth less than. */
const LEAST = 10;
export const tokensOf = (text: string): number => Math.ceil(text.length / CHARACTERS);

export type Found = Omit<Piece, 'tokens'>;
export interface Group {
  /** Best first; asked for as long as there is room. */
  readonly found: Iterable<Found>;
  /** Of the budget, at most: 0 to 1. */
  readonly share: number;
  /** Of the budget, a single piece at most; a longer one is cut, and says so. */
  readonly each: number;
}

/** Group after group, in their order; what a group leaves is there for the next. */
export function pack(groups: readonly Group[], tokens: number): readonly Piece[] {
  const packed: Piece[] = [];
  const taken = new Set<string>();
  let left = tokens;
  for (const { found, share, each } of groups) {
    let own = Math.min(left, Math.floor(tokens * share));
    for (const piece of found) {
      if (own < LEAST) break;
      if (taken.has(piece.source)) continue;
      const text = cut(piece.text, Math.floor(tokens * each));
      const size = tokensOf(text);
      if (size > own) continue;
      taken.add(piece.source);
      packed.push({ ...piece, text, tokens: size });
      own -= size;
      left -= size;
    }
  }
  return packed;
}

function cut(text: string, tokens: number): string {
  const most = tokens * CHARACTERS;
  const note = ' [cut]';
  return text.length <= most ? text : `${text.slice(0, Math.max(0, most - note.length)).toWellFormed()}${note}`;
}
