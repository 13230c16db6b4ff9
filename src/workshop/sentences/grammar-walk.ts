/** For tests: sentences drawn from the grammar itself, by walking its rules with a given source of numbers. */
import type { Rule, Shape } from './rule.ts';

/** Words for the places where the grammar looks something up, by the name of the rule. */
export type Words = { readonly [what: string]: readonly string[] };

/** `next(n)` gives a whole number below n. Words that no list names stop the walk: `undefined`. */
export function sentenceFrom(rule: Rule<unknown>, words: Words, next: (below: number) => number): string | undefined {
  let depth = 0;
  const walk = (shape: Shape): string | undefined => {
    if (depth > 60) return undefined;
    switch (shape.kind) {
      case 'words':
        return [...shape.words][next(shape.words.size)];
      case 'mark':
        return shape.mark;
      case 'sequence': {
        const parts: string[] = [];
        for (const part of shape.parts) {
          const text = walk(part);
          if (text === undefined) return undefined;
          if (text !== '') parts.push(text);
        }
        return parts.join(' ');
      }
      case 'either': {
        const option = shape.of[next(shape.of.length)];
        return option === undefined ? undefined : walk(option);
      }
      case 'maybe':
        return next(3) === 0 ? walk(shape.of) : '';
      case 'slot':
      case 'build':
        return walk(shape.of);
      case 'look': {
        const list = words[shape.what];
        return list === undefined ? undefined : list[next(list.length)];
      }
      case 'named': {
        const list = words[shape.name];
        if (list !== undefined) return list[next(list.length)];
        depth += 1;
        const text = walk(shape.of());
        depth -= 1;
        return text;
      }
    }
  };
  return walk(rule)
    ?.replaceAll(" 's", "'s")
    .replaceAll(/ ([,;:'])/g, '$1');
}
