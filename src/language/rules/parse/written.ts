/** Rows and members of tables as they stand in a formula: `[{ upTo: 1000, cost: ... }]`. Syntax alone, nothing is read here. */
import type { Syntax } from './syntax.ts';
import { identifierName, isSyntax, listOf, partOf, stop, textIn, unwrapped } from './syntax.ts';

export function rowsIn(at: Syntax): readonly Syntax[] {
  const array = unwrapped(at);
  if (array.type !== 'ArrayExpression') return stop(at, 'This is no table: write `[{ ... }, { ... }]`.');
  const rows = array['elements'];
  if (!Array.isArray(rows) || !rows.every(isSyntax)) return stop(array, 'A table has no empty places.');
  for (const row of rows as readonly Syntax[]) if (row.type === 'SpreadElement') stop(row, '`...` cannot be used in a formula.');
  return rows as readonly Syntax[];
}

/** By name. A record has the members that stand in it and no others, as an object without a prototype. */
export function membersIn(object: Syntax): ReadonlyMap<string, Syntax> {
  const members = new Map<string, Syntax>();
  for (const property of listOf(object, 'properties')) {
    if (property.type !== 'Property' || property['computed'] === true || property['method'] === true || textIn(property, 'kind') !== 'init')
      return stop(property, 'A row of a table has plain members: `{ upTo: 1000, cost: ... }`.');
    const key = partOf(property, 'key');
    const written = identifierName(key) ?? (key.type === 'Literal' && typeof key['value'] === 'string' ? key['value'] : undefined);
    if (written === undefined) return stop(key, 'A member of a table is named by a word: `{ upTo: 1000 }`.');
    if (written === '__proto__') return stop(key, 'No member of a table is called `__proto__`: choose another name.');
    members.set(written, partOf(property, 'value'));
  }
  return members;
}
