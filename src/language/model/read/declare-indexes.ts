/** Indexes of an entity out of the syntax: `indexes: [{ filter: ['status'], sort: ['-issueDate'] }, { search: true }]`. */
import type { DeclaredIndex } from './declared.ts';
import { type Context, namedList } from './definition.ts';
import { booleanIn, membersOf, type Members } from './literal.ts';

const shape = "an index is { sort: ['-placedOn'] }, { filter: ['customer'], sort: ['-placedOn'] } or { search: true }";
/** Each is kept up at every write. */
const MOST = 16;
const MOST_FIELDS = 4;

export function declaredIndexes(members: Members, context: Context): readonly DeclaredIndex[] {
  const member = members.get('indexes');
  if (member === undefined) return [];
  const { report } = context;
  if (member.value.type !== 'ArrayExpression') {
    report(member.value.start, `indexes must be a list: ${shape}`);
    return [];
  }
  if (member.value.elements.length > MOST) report(member.value.start, `more than ${MOST} indexes: each is kept up at every write`);
  return member.value.elements.flatMap((element): readonly DeclaredIndex[] => {
    if (element?.type !== 'ObjectExpression') {
      report(element?.start ?? member.value.start, shape);
      return [];
    }
    const parts = membersOf(element, report, ['filter', 'sort', 'search']);
    const filter = namedList(parts, 'filter', context);
    const sort = namedList(parts, 'sort', context);
    const search = booleanIn(parts, 'search', report);
    if (search === filter.length + sort.length > 0 || filter.length + sort.length > MOST_FIELDS) {
      report(element.start, `${shape}, of ${MOST_FIELDS} fields at most`);
      return [];
    }
    return [{ filter, sort, search, start: element.start }];
  });
}
