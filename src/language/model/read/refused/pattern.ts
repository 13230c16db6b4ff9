/**
 * The structure of a regular expression, as far as the question needs it whether matching can take for ever. What it does not know
 * it does not guess: it says so, and the pattern is refused.
 */
import {
  type CharacterSet,
  complement,
  digits,
  eitherCase,
  everything,
  lineEnds,
  one,
  range,
  spaces,
  union,
  wordCharacters,
} from './character-set.ts';

export type Pattern =
  | { readonly kind: 'set'; readonly set: CharacterSet }
  | { readonly kind: 'sequence'; readonly parts: readonly Pattern[] }
  | { readonly kind: 'choice'; readonly options: readonly Pattern[] }
  | { readonly kind: 'repeat'; readonly of: Pattern; readonly min: number; readonly max: number }
  /** Takes no characters: an anchor; a look ahead or behind, which is a pattern of its own. */
  | { readonly kind: 'nothing'; readonly within?: Pattern };

/** Why a pattern is not read. */
export class PatternRefused extends Error {}

export function readPattern(source: string, flags: string): Pattern {
  let at = 0;
  const fold = flags.includes('i') ? eitherCase : (set: CharacterSet): CharacterSet => set;
  const unicode = /[uv]/.test(flags);
  const peek = (): string => source[at] ?? '';
  const take = (text: string): boolean => {
    if (!source.startsWith(text, at)) return false;
    at += text.length;
    return true;
  };
  const matched = (pattern: RegExp): RegExpExecArray | undefined => {
    pattern.lastIndex = at;
    const found = pattern.exec(source);
    if (found === null) return undefined;
    at += found[0].length;
    return found;
  };

  function choice(): Pattern {
    const options = [sequence()];
    while (take('|')) options.push(sequence());
    const [only] = options;
    return options.length === 1 && only !== undefined ? only : { kind: 'choice', options };
  }
  function sequence(): Pattern {
    const parts: Pattern[] = [];
    while (at < source.length && peek() !== '|' && peek() !== ')') parts.push(repeated(atom()));
    return { kind: 'sequence', parts };
  }
  function repeated(of: Pattern): Pattern {
    const counts = matched(/[*+?]|\{(\d+)(,(\d*))?\}/y);
    if (counts === undefined) return of;
    take('?');
    const [text, least, more, most] = counts;
    if (text === '*') return { kind: 'repeat', of, min: 0, max: Infinity };
    if (text === '+') return { kind: 'repeat', of, min: 1, max: Infinity };
    if (text === '?') return { kind: 'repeat', of, min: 0, max: 1 };
    const min = Number(least);
    return { kind: 'repeat', of, min, max: more === undefined ? min : most === '' ? Infinity : Number(most) };
  }
  function atom(): Pattern {
    if (take('(')) {
      const look = matched(/\?(?:<?[=!])/y) !== undefined;
      if (!look && source[at] === '?' && matched(/\?(?::|<[^>]*>)/y) === undefined)
        throw new PatternRefused('a group of a form that is not known here');
      const within = choice();
      if (!take(')')) throw new PatternRefused('a group that does not end');
      return look ? { kind: 'nothing', within } : within;
    }
    if (take('[')) return { kind: 'set', set: fold(classSet()) };
    if (take('.')) return { kind: 'set', set: flags.includes('s') ? everything : complement(lineEnds) };
    if (take('^') || take('$')) return { kind: 'nothing' };
    if (take('\\')) {
      if (matched(/[bB]/y) !== undefined) return { kind: 'nothing' };
      if (matched(/[1-9]\d*|k</y) !== undefined) throw new PatternRefused('a reference back to a group');
      return { kind: 'set', set: fold(escaped()) };
    }
    return { kind: 'set', set: fold(one(character())) };
  }
  function character(): number {
    const code = source.codePointAt(at) ?? 0;
    at += unicode && code > 0xffff ? 2 : 1;
    return unicode ? code : source.charCodeAt(at - 1);
  }
  /** What follows a backslash, in a class or outside. */
  function escaped(): CharacterSet {
    const hex = matched(/x([0-9a-fA-F]{2})|u([0-9a-fA-F]{4})|u\{([0-9a-fA-F]{1,6})\}/y);
    if (hex !== undefined) return one(Number.parseInt(hex[1] ?? hex[2] ?? hex[3] ?? '', 16));
    if (matched(/[pP]\{[^}]*\}/y) !== undefined) return everything;
    const kept: { readonly [letter: string]: CharacterSet } = {
      d: digits,
      D: complement(digits),
      w: wordCharacters,
      W: complement(wordCharacters),
      s: spaces,
      S: complement(spaces),
      t: one(0x9),
      n: one(0xa),
      v: one(0xb),
      f: one(0xc),
      r: one(0xd),
      0: one(0),
    };
    const letter = peek();
    if (letter === '') throw new PatternRefused('a backslash at its end');
    if (Object.hasOwn(kept, letter)) {
      at += 1;
      return kept[letter] ?? everything;
    }
    if (/[a-zA-Z]/.test(letter) && letter !== 'b') throw new PatternRefused(`\\${letter}`);
    return letter === 'b' ? ((at += 1), one(0x8)) : one(character());
  }
  function classSet(): CharacterSet {
    const negated = take('^');
    let set: CharacterSet = [];
    while (!take(']')) {
      if (at >= source.length) throw new PatternRefused('a class that does not end');
      if (flags.includes('v') && (peek() === '[' || /^(?:--|&&)/.test(source.slice(at, at + 2))))
        throw new PatternRefused('a class of classes');
      const low = take('\\') ? escaped() : one(character());
      if (peek() === '-' && source[at + 1] !== ']' && source[at + 1] !== undefined) {
        at += 1;
        const high = take('\\') ? escaped() : one(character());
        set = union(set, range(low[0]?.[0] ?? 0, high.at(-1)?.[1] ?? 0));
      } else set = union(set, low);
    }
    return negated ? complement(set) : set;
  }

  const whole = choice();
  if (at < source.length) throw new PatternRefused('a parenthesis without its beginning');
  return whole;
}
