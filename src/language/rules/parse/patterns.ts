/** `({ grams, zone }) => ...` and `const { grams, zone } = parcel`: names for members, of a row as of a row of a table. */
import type { Parsing, Place } from './parsing.ts';
import { freshName, naming, standingFor } from './parsing.ts';
import type { Syntax } from './syntax.ts';
import { identifierName, isSyntax, listOf, partOf, stop } from './syntax.ts';
import { dataAt, isOfTexts, isValue } from './tables.ts';

/** The place where the names of a pattern stand for what it takes out of `of`. A plain name is no pattern. `hides`: as those of a function may. */
export function takenApart(parsing: Parsing, pattern: Syntax, of: Syntax, place: Place, hides = false): Place {
  let inside = place;
  for (const { name, member } of membersOf(pattern, of)) {
    if (!hides) freshName(place, name, pattern);
    const data = dataAt(parsing, member, place);
    inside =
      data !== undefined && (!isValue(data) || isOfTexts(data))
        ? standingFor(inside, name, data)
        : naming(inside, name, parsing.parse(member, place));
  }
  return inside;
}

function membersOf(pattern: Syntax, of: Syntax): readonly { readonly name: string; readonly member: Syntax }[] {
  const { start, end } = pattern;
  const read = (property: Syntax, computed: boolean): Syntax => ({
    type: 'MemberExpression',
    start,
    end,
    object: of,
    property,
    computed,
    optional: false,
  });
  if (pattern.type === 'ObjectPattern')
    return listOf(pattern, 'properties').map((property) => {
      const key = property.type === 'Property' && property['computed'] !== true ? partOf(property, 'key') : undefined;
      const name = key === undefined ? undefined : identifierName(partOf(property, 'value'));
      return key === undefined || name === undefined ? stop(property, plainly) : { name, member: read(key, false) };
    });
  if (pattern.type !== 'ArrayPattern') return stop(pattern, plainly);
  const elements = pattern['elements'];
  return (Array.isArray(elements) ? (elements as readonly unknown[]) : []).flatMap((element, value) => {
    if (!isSyntax(element)) return [];
    const name = identifierName(element);
    return name === undefined
      ? stop(element, plainly)
      : [{ name, member: read({ type: 'Literal', start, end, value, raw: String(value) }, true) }];
  });
}
const plainly =
  'Take members out by their names alone, as in `{ grams, zone }`; what counts where one is absent is said where it is used, with `??`.';
