/** What a view request makes: the contract of the view. */
import type { Expression, ViewColumn, ViewContract } from '#kernel';
import { entityById, label, type SystemModel } from '#model';
import { numberType } from '#rules';
import { capitalised, labelOf } from '../names.ts';
import type { Column, RequestOf } from '../request.ts';
import { fieldAt, type Row, rowOf } from '../resolve.ts';
import type { Applied, Effects } from './applied.ts';
import { minter } from './identity.ts';
import { allOf, conditionIr, readPath, rowInput } from './ir.ts';
import { sameExpression } from './same.ts';

export function show(model: SystemModel, request: RequestOf<'show'>, effects: Effects): Applied {
  const existing = model.views.find((view) => view.name === request.view);
  const made = viewOf(model, request, existing?.id ?? minter(model, effects.change)('v', request.view));
  if (made === undefined) return { why: 'There is no such thing.' };
  if (existing === undefined) return { model: { ...model, views: [...model.views, made] }, same: false };
  if (same(model, existing, made)) return { model, same: true };
  return {
    why: `There is another view called ${labelOf(request.view)}. Stop showing that one first ("Stop showing the view ${labelOf(request.view)}"), or give this one a name of its own: add 'called "..."' at the end.`,
  };
}
function same(model: SystemModel, left: ViewContract, right: ViewContract): boolean {
  const plain = (view: ViewContract): string =>
    JSON.stringify([
      view.from,
      view.order,
      view.limit ?? null,
      view.show,
      view.columns.map((column) => [column.name, column.aggregate ?? null]),
    ]);
  const where =
    left.where === undefined || right.where === undefined ? left.where === right.where : sameExpression(model, left.where, right.where);
  return (
    plain(left) === plain(right) &&
    where &&
    left.columns.every((column, index) => {
      const other = right.columns[index];
      return column.aggregate === 'count' || (other !== undefined && sameExpression(model, column.value, other.value));
    })
  );
}

export function viewOf(model: SystemModel, request: RequestOf<'show'>, id: ViewContract['id']): ViewContract | undefined {
  const row = rowOf(model, { entity: request.entity });
  if (row === undefined) return undefined;
  const of = rowInput(row);
  const where = allOf(request.where.map((condition) => conditionIr(model, row, of, condition)));
  const count: ViewColumn = {
    name: 'count',
    label: 'Count',
    aggregate: 'count',
    value: { node: 'constant', type: numberType(0), value: 1 },
  };
  const columns: readonly ViewColumn[] =
    request.figure === 'count'
      ? [count]
      : request.by === undefined
        ? request.columns.flatMap((column) => columnOf(model, row, of, column))
        : [
            ...columnOf(model, row, of, request.by),
            count,
            ...request.columns.map((column): ViewColumn => ({
              name: column.name,
              label: label(column.name),
              value: readPath(model, row, of, column.path),
              aggregate: 'sum',
            })),
          ];
  return {
    kind: 'view',
    id,
    name: request.view,
    title: capitalised(labelOf(request.view)),
    from: row.entity.id,
    ...(where === undefined ? {} : { where }),
    columns,
    order: request.order === undefined ? [] : [{ column: request.order.by, direction: request.order.direction }],
    ...(request.limit === undefined ? {} : { limit: request.limit }),
    show: request.figure === undefined ? 'table' : 'number',
  };
}
/** A reference shows the row's id, and beside it what names that row. */
function columnOf(model: SystemModel, row: Row, of: Expression, column: Column): readonly ViewColumn[] {
  const own: ViewColumn = { name: column.name, label: label(column.name), value: readPath(model, row, of, column.path) };
  const field = fieldAt(model, row, column.path)?.field;
  const target = field?.type.kind === 'reference' ? entityById(model, field.type.to) : undefined;
  if (target === undefined) return [own];
  const name = `${column.name}${capitalised(target.title)}`;
  return [own, { name, label: label(name), value: readPath(model, row, of, [...column.path, target.title]) }];
}
export function stopShowing(model: SystemModel, request: RequestOf<'stopShowing'>): Applied {
  return { model: { ...model, views: model.views.filter((view) => view.name !== request.view) }, same: false };
}
