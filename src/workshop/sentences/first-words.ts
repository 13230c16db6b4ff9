/**
 * Which words and marks a rule can begin with, worked out once for each rule: so the chart asks at each place only what could begin
 * there. Nothing is lost by it: what is left out would have failed at its first token. A rule that may cover nothing, or that looks
 * for itself what stands there, could begin with anything.
 */
import type { Token } from './lexer.ts';
import type { Shape } from './rule.ts';

interface Beginning {
  /** It may cover nothing, or begin with what no list tells. */
  readonly anything: boolean;
  readonly words: ReadonlySet<string>;
  readonly marks: ReadonlySet<string>;
}
type Either = Extract<Shape, { kind: 'either' }>;

const NONE: ReadonlySet<string> = new Set();
const ANYTHING: Beginning = { anything: true, words: NONE, marks: NONE };
const beginnings = new WeakMap<Shape, Beginning>();

export function couldBegin(shape: Shape, token: Token | undefined): boolean {
  const { anything, words, marks } = beginningOf(shape);
  if (anything) return true;
  return token?.kind === 'word' ? words.has(token.text) : token?.kind === 'mark' && marks.has(token.text);
}

interface Sorted {
  readonly words: ReadonlyMap<string, readonly Shape[]>;
  readonly marks: ReadonlyMap<string, readonly Shape[]>;
  readonly others: readonly Shape[];
}
const sorted = new WeakMap<Either, Sorted>();

/** The options that could begin with this token, in their order. */
export function optionsFor(shape: Either, token: Token | undefined): readonly Shape[] {
  const found = sorted.get(shape) ?? sort(shape);
  sorted.set(shape, found);
  const { words, marks, others } = found;
  return (token?.kind === 'word' ? words.get(token.text) : token?.kind === 'mark' ? marks.get(token.text) : undefined) ?? others;
}

function sort({ of }: Either): Sorted {
  const all = union(of.map(beginningOf));
  const by = (member: 'words' | 'marks'): ReadonlyMap<string, readonly Shape[]> =>
    new Map(
      [...all[member]].map((text) => [text, of.filter((option) => beginningOf(option).anything || beginningOf(option)[member].has(text))]),
    );
  return { words: by('words'), marks: by('marks'), others: of.filter((option) => beginningOf(option).anything) };
}

function beginningOf(shape: Shape): Beginning {
  const found = beginnings.get(shape);
  if (found !== undefined) return found;
  // What a rule that stands within itself begins with is not known while it is worked out: there nothing is left out.
  beginnings.set(shape, ANYTHING);
  const beginning = work(shape);
  beginnings.set(shape, beginning);
  return beginning;
}
function work(shape: Shape): Beginning {
  switch (shape.kind) {
    case 'words':
      return { anything: false, words: shape.words, marks: NONE };
    case 'mark':
      return { anything: false, words: NONE, marks: new Set([shape.mark]) };
    case 'sequence':
      return beginningOfSequence(shape.parts);
    case 'either':
      return union(shape.of.map(beginningOf));
    case 'maybe':
    case 'look':
      return ANYTHING;
    case 'slot':
    case 'build':
      return beginningOf(shape.of);
    case 'named':
      return beginningOf(shape.of());
  }
}
/** Of a first part that may be absent, and of what follows it. */
function beginningOfSequence(parts: readonly Shape[]): Beginning {
  const needed = parts.findIndex((part) => part.kind !== 'maybe');
  if (needed < 0) return ANYTHING;
  return union(parts.slice(0, needed + 1).map((part) => beginningOf(part.kind === 'maybe' ? part.of : part)));
}
function union(all: readonly Beginning[]): Beginning {
  return {
    anything: all.some(({ anything }) => anything),
    words: new Set(all.flatMap(({ words }) => [...words])),
    marks: new Set(all.flatMap(({ marks }) => [...marks])),
  };
}
