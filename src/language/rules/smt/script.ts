/**
 * Terms as a script in SMT-LIB 2: declarations with their intervals, opaque terms with their lemmas and, where wanted, with their
 * definitions, and what is asserted. Leaving definitions out only makes more possible: what is impossible then is impossible.
 */
import { partsOfTerm, type Term } from './term.ts';
import type { Terms } from './terms.ts';

export interface Script {
  readonly text: string;
  /** Variables whose values a model gives, by the names that the script gives them. */
  readonly variables: ReadonlyMap<string, Term>;
}
export interface ScriptOptions {
  readonly exact: boolean;
  /** What is known of rows and lists, asked again when definitions and lemmas have brought in more of them. */
  readonly known: () => readonly Term[];
}
const MOST_PAIRS = 400;

export function scriptOf(terms: Terms, asserted: readonly Term[], options: ScriptOptions): Script {
  const reached = new Set<Term>();
  const opaques: Term[] = [];
  const lines: string[] = [];
  const asserts: Term[] = [];
  const told = new Set<Term>();
  const reach = (from: Term): void => {
    const waiting = [from];
    for (let term = waiting.pop(); term !== undefined; term = waiting.pop()) {
      if (reached.has(term)) continue;
      reached.add(term);
      if (term.node === 'opaque') opaques.push(term);
      waiting.push(...partsOfTerm(term));
    }
  };
  const assert = (term: Term): void => {
    if (told.has(term) || (term.node === 'truth' && term.value)) return;
    told.add(term);
    asserts.push(term);
    reach(term);
  };
  for (const term of asserted) assert(term);
  const definitions: [Term, Term][] = [];
  let pairs = 0;
  let at = 0;
  // Lemmas and definitions bring in further parts, and those further facts: until nothing is new.
  for (let before = -1; before !== asserts.length || at < opaques.length;) {
    before = asserts.length;
    for (; at < opaques.length; at++) {
      const opaque = opaques[at];
      if (opaque?.node !== 'opaque') continue;
      if (options.exact && opaque.opaque.determined !== true) {
        const definition = opaque.opaque.definition();
        definitions.push([opaque, definition]);
        reach(definition);
      }
      for (const lemma of [...opaque.opaque.lemmas(), ...terms.beside(opaque)]) assert(lemma);
      for (const other of opaques.slice(0, at)) {
        if (pairs > MOST_PAIRS) break;
        for (const lemma of terms.orderLemmas(opaque, other)) {
          pairs += 1;
          assert(lemma);
        }
      }
    }
    for (const fact of options.known()) assert(fact);
  }

  const uses = new Map<Term, number>();
  for (const term of reached) for (const part of partsOfTerm(term)) uses.set(part, (uses.get(part) ?? 0) + 1);
  const variables = new Map<string, Term>();
  const printed = new Map<Term, string>();
  const ordered = [...reached].sort((a, b) => a.id - b.id);
  for (const term of ordered) {
    if (term.node !== 'variable' && term.node !== 'opaque') continue;
    const name = `${term.node === 'variable' ? 'v' : 'o'}${term.id}`;
    printed.set(term, name);
    lines.push(`(declare-const ${name} ${term.sort})`);
    if (term.low !== null) lines.push(`(assert (<= ${literal(term.low)} ${name}))`);
    if (term.high !== null) lines.push(`(assert (<= ${name} ${literal(term.high)}))`);
    if (term.node === 'variable') variables.set(name, term);
  }
  const text = (term: Term): string => printed.get(term) ?? print(term, text);
  for (const term of ordered) {
    if (printed.has(term) || (uses.get(term) ?? 0) < 2 || partsOfTerm(term).length === 0) continue;
    lines.push(`(define-fun t${term.id} () ${term.sort} ${print(term, text)})`);
    printed.set(term, `t${term.id}`);
  }
  for (const [opaque, definition] of definitions) lines.push(`(assert (= ${text(opaque)} ${text(definition)}))`);
  for (const term of asserts) lines.push(`(assert ${text(term)})`);
  return { text: lines.join('\n'), variables };
}

const literal = (value: bigint): string => (value < 0n ? `(- ${-value})` : String(value));

function print(term: Term, text: (part: Term) => string): string {
  switch (term.node) {
    case 'linear': {
      const parts = term.parts.map(({ times, of }) => (times === 1n ? text(of) : `(* ${literal(times)} ${text(of)})`));
      if (term.constant !== 0n || parts.length === 0) parts.push(literal(term.constant));
      return parts.length === 1 ? (parts[0] ?? '0') : `(+ ${parts.join(' ')})`;
    }
    case 'variable':
    case 'opaque':
      return `${term.node === 'variable' ? 'v' : 'o'}${term.id}`;
    case 'product':
      return `(* ${text(term.left)} ${text(term.right)})`;
    case 'floor':
      return `(div ${text(term.of)} ${text(term.by)})`;
    case 'choose':
      return `(ite ${text(term.when)} ${text(term.then)} ${text(term.otherwise)})`;
    case 'truth':
      return String(term.value);
    case 'not':
      return `(not ${text(term.of)})`;
    case 'and':
    case 'or':
      return `(${term.node} ${term.of.map(text).join(' ')})`;
    case 'nonnegative':
      return `(<= 0 ${text(term.of)})`;
    case 'zero':
      return `(= 0 ${text(term.of)})`;
    case 'same':
      return `(= ${text(term.left)} ${text(term.right)})`;
  }
}

/** The values of a model as `(get-value ...)` or `(get-model)` prints them, by name. */
export function valuesOfModel(model: string): ReadonlyMap<string, bigint | boolean> {
  const values = new Map<string, bigint | boolean>();
  for (const [, name = '', , value = ''] of model.matchAll(
    /\(define-fun\s+(\w+)\s+\(\)\s+(Int|Bool)\s+(\(-\s*\d+\)|-?\d+|true|false)\)/g,
  )) {
    values.set(name, value === 'true' ? true : value === 'false' ? false : BigInt(value.replaceAll(/[()\s]/g, '')));
  }
  return values;
}
