/** Whether two expressions say the same: they are written the same way. A reading and a request may build them differently. */
import type { Expression } from '#kernel';
import { namesOf, type SystemModel } from '#model';
import { printFunction } from '#rules/print';

const written = (model: SystemModel, expression: Expression): string =>
  printFunction(expression, namesOf(model), { inputs: { row: 'row', caller: 'caller' }, parameters: () => '' });
export const sameExpression = (model: SystemModel, left: Expression, right: Expression): boolean =>
  written(model, left) === written(model, right);
