/** A view out of the syntax: rows of which entity, which columns, in which order. */
import { label } from '../names.ts';
import type { DeclaredColumn, DeclaredView } from './declared.ts';
import { type Context, identity, named, namedList } from './definition.ts';
import { membersOf, numberIn, objectIn, textIn } from './literal.ts';
import { checkName } from './name-rules.ts';
import type { ObjectExpression } from './syntax.ts';

const aggregates = ['sum', 'count', 'average', 'smallest', 'largest'] as const;

export function viewOf(node: ObjectExpression, context: Context): DeclaredView | undefined {
  const { report } = context;
  const members = membersOf(node, report, ['id', 'name', 'title', 'from', 'where', 'columns', 'order', 'limit', 'show']);
  const self = identity(members, 'v', 'a view', node, context);
  const from = named(members, 'from', context, node);
  const columnsNode = objectIn(members, 'columns', report);
  if (columnsNode === undefined) report(node.start, 'columns is missing; add columns: { name: { value: (row) => ... } }');
  const columns: DeclaredColumn[] = [];
  for (const member of columnsNode === undefined ? [] : membersOf(columnsNode, report).values()) {
    if (member.name !== 'id') checkName(member.name, 'a column', member.start, report);
    if (member.value.type !== 'ObjectExpression') {
      report(member.value.start, "a column is { label: '...', value: (row) => ... }");
      continue;
    }
    const parts = membersOf(member.value, report, ['label', 'value', 'aggregate']);
    const value = parts.get('value')?.value;
    const text = textIn(parts, 'aggregate', report);
    const aggregate = aggregates.find((candidate) => candidate === text);
    if (text !== undefined && aggregate === undefined)
      report(parts.get('aggregate')?.value.start ?? member.start, `aggregate must be one of ${aggregates.join(', ')}`);
    if (value === undefined && aggregate !== 'count')
      report(member.start, `${member.name} needs value: (row) => ...; only a count has none`);
    columns.push({
      name: member.name,
      start: member.start,
      label: textIn(parts, 'label', report) ?? label(member.name),
      ...(value === undefined ? {} : { value }),
      ...(aggregate === undefined ? {} : { aggregate }),
    });
  }
  if (columnsNode !== undefined && columns.length === 0) report(columnsNode.start, 'a view shows at least one column');
  const order = namedList(members, 'order', context);
  for (const entry of order)
    if (!columns.some((column) => column.name === entry.name.replace(/^-/, '')))
      report(entry.start, `order names the columns of the view, with - for largest first; ${JSON.stringify(entry.name)} is none`);
  const limit = numberIn(members, 'limit', report, 1, 10_000);
  const show = textIn(members, 'show', report) ?? 'table';
  if (show !== 'table' && show !== 'number') report(members.get('show')?.value.start ?? node.start, "show is 'table' or 'number'");
  const where = members.get('where')?.value;
  if (self === undefined || from === undefined || columnsNode === undefined) return undefined;
  return {
    kind: 'view',
    ...self,
    title: textIn(members, 'title', report) ?? label(self.name),
    from,
    columns,
    order,
    show: show === 'number' ? 'number' : 'table',
    ...(where === undefined ? {} : { where }),
    ...(limit === undefined ? {} : { limit }),
  };
}
