/**
 * The one statement that loads a row as a write needs it: the row with its lists, whether each invariant holds, which fixed
 * fields still follow their formulas, and what its approval rules say. Its text follows from the generation alone.
 */
import type { Expression } from '#kernel';
import { formulaOnViews } from '../physical/formula-on-views.ts';
import { literal } from '../physical/names.ts';
import { decoder, wholeNumber } from '../physical/columns.ts';
import { keptOf } from './world.ts';
import type { Prepared } from '../prepare/prepare-model.ts';
import type { EntityPlan } from '../prepare/entity-plan.ts';
import { selectList } from '../read/select-list.ts';
import { wholeSight } from '../sight.ts';
import { type Statement, statement } from '../connection/statement.ts';
import type { RowImage } from './rows.ts';

export interface Assess {
  readonly statement: Statement;
  decode(wire: readonly unknown[]): RowImage;
}

export function assessOf(prepared: Prepared, plan: EntityPlan): Assess {
  return prepared.once(`assess ${plan.contract.id}`, () => makeAssess(prepared, plan));
}

function makeAssess(prepared: Prepared, plan: EntityPlan): Assess {
  const select = selectList(plan, wholeSight);
  const formula = (expression: Expression): string => formulaOnViews(prepared, expression, 'o');
  const extra: string[] = [];
  for (const invariant of plan.contract.invariants) extra.push(`(${formula(invariant.holds)}) is false`);
  for (const fixed of plan.row.fixed) extra.push(`(${formula(fixed.while)}) is true`, `o.${fixed.columns[0] ?? 'id'}`);
  for (const rule of plan.approvals) {
    const approved = `from theseus.approvals_of_rows a where a.rule = ${literal(rule.id)} and a.row = o.id`;
    extra.push(
      `(${formula(rule.when)}) is true`,
      rule.amount === undefined ? 'null::bigint' : `(${formula(rule.amount)})`,
      `exists (select ${approved})`,
      `(select max(a.amount) ${approved})`,
    );
  }
  const text = `select ${[select.text, ...extra].join(', ')} from ${plan.row.view} o where o.id = $1`;
  return {
    statement: statement(text),
    decode: (wire) => {
      let at = select.width;
      const broken = new Set<string>();
      for (const invariant of plan.contract.invariants) if (wire[at++] === true) broken.add(invariant.name);
      const following = new Set<(typeof plan.row.fixed)[number]['field']['id']>();
      const kept: { [field: string]: unknown } = {};
      for (const { field } of plan.row.fixed) {
        if (wire[at] === true) following.add(field.id);
        kept[field.id] = keptOf(field, decoder(field)(wire[at + 1]));
        at += 2;
      }
      const approvals = plan.approvals.map((rule) => {
        const state = {
          rule,
          needed: wire[at] === true,
          amount: wholeNumber(wire[at + 1]) as number | null,
          approved: wire[at + 2] === true,
          approvedAmount: wholeNumber(wire[at + 3]) as number | null,
        };
        at += 4;
        return state;
      });
      return { row: select.decode(wire), broken, following, approvals, kept };
    },
  };
}
