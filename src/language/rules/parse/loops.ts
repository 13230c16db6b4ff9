/**
 * `for (const row of table)` as the statements that it stands for: the body once for each row of a table that stands in the formula. `if (...) continue;`
 * leaves out what follows in the body, `if (...) break;` that and all further rows. The table is what it was before the first row.
 */
import type { Parsing, Place } from './parsing.ts';
import { freshName, naming, standingFor } from './parsing.ts';
import { takenApart } from './patterns.ts';
import { reached } from './returning.ts';
import type { Syntax } from './syntax.ts';
import { identifierName, isSyntax, listOf, partOf, stop } from './syntax.ts';
import { dataAt, isOfTexts, isValue, rowsOf } from './tables.ts';

/** Undefined where it goes over no table. `close` gives the place behind a row, its own names gone. */
export function unrolled(parsing: Parsing, at: Syntax, place: Place, close: (inner: Place) => Place): readonly Syntax[] | undefined {
  const data = dataAt(parsing, partOf(at, 'right'), place);
  if (data === undefined) return undefined;
  if (data === null || !('at' in data))
    return stop(at, 'A loop goes over one table: where it is one of two, write a loop in each way of an `if`.');
  const { start, end } = at;
  const ends: Syntax = { type: 'EndOfScope', start, end, close };
  const opens = rowsOf(parsing, data, place).map((row) => opening(parsing, at, row, place));
  const body = reached(bodyOf(at));
  const from = (index: number): readonly Syntax[] => {
    const open = opens[index];
    return open === undefined ? [] : [{ type: 'BeginOfRow', start, end, open }, ...steps(body, () => [ends, ...from(index + 1)])];
  };
  const steps = (list: readonly Syntax[], next: () => readonly Syntax[]): readonly Syntax[] => {
    const found = list.findIndex((one) => leavingOf(one) !== undefined);
    const [one, leaving] = [list[found], leavingOf(list[found])];
    if (one === undefined || leaving === undefined) return [...list, ...next()];
    const rest = list.slice(found + 1);
    if (leaving.how === 'ContinueStatement' && rest.some((other) => leavingOf(other)?.how === 'BreakStatement'))
      return stop(one, 'Write `if (...) break;` before `if (...) continue;`, or one `if` with both questions.');
    const block = (statements: readonly Syntax[]): Syntax => ({ type: 'BlockStatement', start: one.start, end: one.end, body: statements });
    const either = (otherwise: readonly Syntax[]): Syntax => ({ ...one, consequent: block(leaving.before), alternate: block(otherwise) });
    return leaving.how === 'BreakStatement'
      ? [...list.slice(0, found), either(steps(rest, next)), ends]
      : [...list.slice(0, found), either(steps(rest, () => [])), ...next()];
  };
  return from(0);
}

export const bodyOf = (at: Syntax): readonly Syntax[] => {
  const body = partOf(at, 'body');
  return body.type === 'BlockStatement' ? listOf(body, 'body') : [body];
};
/** What a row is called, or the pattern that takes it apart. */
export function patternOf(at: Syntax): Syntax {
  const [declarator] = listOf(partOf(at, 'left'), 'declarations');
  return declarator === undefined ? stop(at, 'Write `for (const row of table)`.') : partOf(declarator, 'id');
}

/** `if (...) continue;`, `if (...) { total += fee; break; }`: how it leaves, and what it does before. */
function leavingOf(at: Syntax | undefined): { readonly how: string; readonly before: readonly Syntax[] } | undefined {
  if (at === undefined || at.type !== 'IfStatement' || isSyntax(at['alternate'])) return undefined;
  const way = partOf(at, 'consequent');
  const list = way.type === 'BlockStatement' ? listOf(way, 'body') : [way];
  const last = list.at(-1);
  if (last === undefined || (last.type !== 'BreakStatement' && last.type !== 'ContinueStatement') || isSyntax(last['label']))
    return undefined;
  return { how: last.type, before: list.slice(0, -1) };
}

function opening(parsing: Parsing, at: Syntax, row: ReturnType<typeof rowsOf>[number], place: Place): (outer: Place) => Place {
  const id = patternOf(at);
  const { start, end } = id;
  const name = identifierName(id);
  // a row has a name that no source can write
  const rowAt: Syntax = { type: 'Identifier', start, end, name: 'row ' };
  const there = standingFor(place, 'row ', row);
  const value = isValue(row) && !isOfTexts(row) ? parsing.parse(rowAt, there) : undefined;
  return (outer) => {
    parsing.spend(id, 1);
    if (name === undefined) return takenApart(parsing, id, rowAt, standingFor(outer, 'row ', row));
    freshName(outer, name, id);
    return value === undefined ? standingFor(outer, name, row) : naming(outer, name, value);
  };
}
