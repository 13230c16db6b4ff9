/** Whether a statement returns: always, never, or on some ways through it. What is not known to formulas never does: it is refused where it is read. */
import type { Syntax } from './syntax.ts';
import { isSyntax, listOf, partOf, stop } from './syntax.ts';

type Returning = 'always' | 'never' | 'sometimes';

export function returnsIn(at: Syntax): Returning {
  switch (at.type) {
    case 'ReturnStatement':
      return 'always';
    case 'BlockStatement':
      return inOrder(listOf(at, 'body'));
    case 'IfStatement': {
      const alternate = at['alternate'];
      const ways = [returnsIn(partOf(at, 'consequent')), isSyntax(alternate) ? returnsIn(alternate) : 'never'];
      return ways[0] === ways[1] ? (ways[0] ?? 'never') : 'sometimes';
    }
    case 'SwitchStatement':
      // whether all choices have a case is not seen here
      return listOf(at, 'cases').every((each) => inOrder(listOf(each, 'consequent')) === 'never') ? 'never' : 'sometimes';
    case 'ForOfStatement':
      return returnsIn(partOf(at, 'body')) === 'never' ? 'never' : 'sometimes';
    default:
      return 'never';
  }
}
function inOrder(list: readonly Syntax[]): Returning {
  const ways = list.map(returnsIn);
  return ways.includes('always') ? 'always' : ways.includes('sometimes') ? 'sometimes' : 'never';
}

/** The statements of a body; nothing follows one that always returns. */
export function reached(list: readonly Syntax[]): readonly Syntax[] {
  const index = list.findIndex((each) => returnsIn(each) === 'always');
  const next = index < 0 ? undefined : list[index + 1];
  if (next !== undefined && next.type !== 'EmptyStatement' && next.type !== 'EndOfScope')
    return stop(next, `Nothing can follow ${list[index]?.type === 'ReturnStatement' ? '`return`' : 'what returns both ways'}.`);
  return index < 0 ? list : list.slice(0, index + 1);
}
