/**
 * Formulas of a generation as SQL over its views, for statements: derived fields are columns there. All constants stand as
 * literals, as in the views themselves.
 */
import { callerMembers, callerRow, type Expression, Fault, type PermanentId } from '#kernel';
import type { SystemModel } from '#model';
import { sqlCompiler, type SqlNames, type SqlOptions, type SqlRelation } from '#rules/sql';
import { derivedExpression, KEPT, todaySql } from './formula.ts';
import type { RowPlan } from './row-plan.ts';

export interface OnViews {
  readonly model: SystemModel;
  row(id: PermanentId): RowPlan;
}
/** `together`: fixed fields whose formulas count here instead of what is kept of them. `others`: further rows by their names. */
export function formulaOnViews(
  plans: OnViews,
  expression: Expression,
  alias: string,
  together: ReadonlySet<PermanentId> = new Set(),
  others: { readonly [input: string]: string } = {},
): string {
  const names = viewNames(plans, alias, together);
  return sqlCompiler({ ...names, inputs: { ...names.inputs, ...others } }, { constants: 'literals' }).value(expression);
}
export const plainOnViews = (
  plans: OnViews,
  expression: Expression,
  alias: string,
  together: ReadonlySet<PermanentId> = new Set(),
): string => sqlCompiler(viewNames(plans, alias, together), { constants: 'literals', results: 'plain' }).value(expression);

export type CallerMember = (typeof callerMembers)[number];
/** A condition that may ask who reads; `caller` answers the SQL of what it asks of it. */
export function conditionOnViews(plans: OnViews, condition: Expression, alias: string, caller: (member: CallerMember) => string): string {
  const names = viewNames(plans, alias, new Set());
  const relation = (of: PermanentId): SqlRelation =>
    of === callerRow
      ? { from: '', id: 'id', column: (id) => caller(callerMembers.find((member) => id.endsWith(`caller${member}`)) ?? 'id') }
      : names.relation(of);
  return sqlCompiler({ ...names, inputs: { ...names.inputs, caller: 'caller' }, relation }, { constants: 'literals' }).filter(condition);
}

/** Several expressions of one statement that share joins. `rowsOf`: where rows are read from, instead of their view. */
export const compilerOnViews = (
  plans: OnViews,
  alias: string,
  options: SqlOptions,
  derived = false,
  rowsOf?: (of: PermanentId) => string,
): ReturnType<typeof sqlCompiler> =>
  sqlCompiler(viewNames(plans, alias, new Set(), derived, rowsOf), { constants: 'literals', ...options });

function viewNames(
  plans: OnViews,
  alias: string,
  together: ReadonlySet<PermanentId>,
  derived = false,
  rowsOf?: (of: PermanentId) => string,
): SqlNames {
  const relation = (of: PermanentId): SqlRelation => {
    const made = viewRelation(plans, of, together, derived);
    if (rowsOf === undefined) return made;
    return {
      ...made,
      // asked for only where it is written, as it may bring parameters along
      get from() {
        return rowsOf(of);
      },
    };
  };
  return { inputs: { row: alias }, relation, today: { sql: todaySql(plans.model) } };
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
