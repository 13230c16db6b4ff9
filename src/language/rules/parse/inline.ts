/** A rule called from a formula is put in its place: its row becomes the given one, its own names stay apart from those there. */
import type { Expression } from '#kernel';
import { withParts } from '../walk.ts';

export function inlined(body: Expression, row: Expression, taken: ReadonlySet<string>): Expression {
  const freshIn = (names: ReadonlySet<string>, wanted: string): string => {
    let name = wanted;
    for (let count = 2; names.has(name); count += 1) name = `${wanted}${count}`;
    return name;
  };
  const replace = (at: Expression, names: ReadonlyMap<string, Expression>, used: ReadonlySet<string>): Expression => {
    if (at.node === 'input') {
      const found = names.get(at.name);
      if (found === undefined) return at;
      return found.node === 'input' && found !== row ? { ...at, name: found.name } : found;
    }
    if (at.node === 'let') {
      const name = freshIn(used, at.name);
      const bound: Expression = { node: 'input', name, type: at.value.type };
      return {
        ...at,
        name,
        value: replace(at.value, names, used),
        body: replace(at.body, new Map(names).set(at.name, bound), new Set([...used, name])),
      };
    }
    if (at.node === 'aggregate') {
      const item = freshIn(used, at.item);
      const inside = new Map(names).set(at.item, { node: 'input', name: item, type: at.over.type });
      const within = new Set([...used, item]);
      return {
        ...at,
        item,
        over: replace(at.over, names, used),
        ...(at.where ? { where: replace(at.where, inside, within) } : {}),
        ...(at.value ? { value: replace(at.value, inside, within) } : {}),
      };
    }
    return withParts(at, (part) => replace(part, names, used));
  };
  return replace(body, new Map([['row', row]]), taken);
}
