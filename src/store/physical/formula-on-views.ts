/**
 * Formulas of a generation as SQL over its views, for statements: derived fields are columns there. All constants stand as
 * literals, as in the views themselves.
 */
import type { Expression, PermanentId } from '#kernel';
import { Fault } from '#kernel';
import type { SystemModel } from '#model';
import { sqlCompiler, type SqlNames, type SqlOptions, type SqlRelation } from '#rules/sql';
import { derivedExpression, KEPT, todaySql } from './formula.ts';
import type { RowPlan } from './row-plan.ts';

export interface OnViews {
  readonly model: SystemModel;
  row(id: PermanentId): RowPlan;
}
/** `together`: fixed fields whose formulas count here instead of what is kept of them. */
export function formulaOnViews(
  plans: OnViews,
  expression: Expression,
  alias: string,
  together: ReadonlySet<PermanentId> = new Set(),
): string {
  return sqlCompiler(viewNames(plans, alias, together), { constants: 'literals' }).value(expression);
}
export const plainOnViews = (
  plans: OnViews,
  expression: Expression,
  alias: string,
  together: ReadonlySet<PermanentId> = new Set(),
): string => sqlCompiler(viewNames(plans, alias, together), { constants: 'literals', results: 'plain' }).value(expression);

/** Several expressions of one statement that share joins. */
export const compilerOnViews = (plans: OnViews, alias: string, options: SqlOptions, derived = false): ReturnType<typeof sqlCompiler> =>
  sqlCompiler(viewNames(plans, alias, new Set(), derived), { constants: 'literals', ...options });

function viewNames(plans: OnViews, alias: string, together: ReadonlySet<PermanentId>, derived = false): SqlNames {
  return { inputs: { row: alias }, relation: (of) => viewRelation(plans, of, together, derived), today: { sql: todaySql(plans.model) } };
}

function viewRelation(plans: OnViews, of: PermanentId, together: ReadonlySet<PermanentId>, derived: boolean): SqlRelation {
  const plan = plans.row(of);
  return {
    from: plan.view,
    id: 'id',
    ...(plan.list ? { parent: 'parent' } : {}),
    column: (id, alias) => {
      const kept = id.endsWith(KEPT) ? plan.fixed.find(({ field }) => `${field.id}${KEPT}` === id) : undefined;
      const column = kept?.columns[0] ?? plan.shown.find(({ field }) => field.id === id)?.column;
      if (column === undefined) throw new Fault('bug', `No column for ${id} of ${plan.name}.`);
      return `${alias}.${column}`;
    },
    formula: (id) => {
      const field = plan.fields.find((candidate) => candidate.id === id);
      if (field?.derived?.mode === 'fixed' && together.has(id)) return field.derived.formula;
      return derived && field !== undefined ? derivedExpression(field, of, plans.model.settings.currency.digits) : undefined;
    },
  };
}
