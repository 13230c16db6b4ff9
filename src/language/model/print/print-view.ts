/** A view as a source file in house style. Reading it gives the same contract. */
import type { ViewContract } from '#kernel';
import { label } from '../names.ts';
import { rowShape } from '../system-model.ts';
import { laidOut, quoted, type Doc } from './layout.ts';
import { functionText, type PrintContext, wholeFile } from './print-context.ts';

export function printView(view: ViewContract, context: PrintContext): string {
  const members: (readonly [string, Doc])[] = [
    ['id', quoted(view.id)],
    ['name', quoted(view.name)],
    ['title', quoted(view.title)],
    ['from', quoted(rowShape(context.model, view.from)?.name ?? view.from)],
  ];
  if (view.where !== undefined) members.push(['where', functionText(view.where, view.from, context, 'where', false)]);
  const columns = view.columns.map((column) => {
    const options: (readonly [string, Doc])[] = [];
    if (column.label !== label(column.name)) options.push(['label', quoted(column.label)]);
    if (column.aggregate !== undefined) options.push(['aggregate', quoted(column.aggregate)]);
    if (column.aggregate !== 'count')
      options.push(['value', functionText(column.value, view.from, context, `columns/${column.name}/value`, false)]);
    return [column.name, { object: options }] as const;
  });
  members.push(['columns', { object: columns, open: true }]);
  if (view.order.length > 0)
    members.push([
      'order',
      { list: view.order.map(({ column, direction }) => quoted(direction === 'descending' ? `-${column}` : column)) },
    ]);
  if (view.limit !== undefined) members.push(['limit', String(view.limit)]);
  if (view.show !== 'table') members.push(['show', quoted(view.show)]);
  return wholeFile(context, `export default ${laidOut({ call: 'view', with: [{ object: members, open: true }] })};\n`);
}
