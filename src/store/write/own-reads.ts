/** Which fields of its own row an expression follows, derived ones seen through. Pure. */
import type { Expression, Field } from '#kernel';
import { partsOf } from '#rules';

/** Names of fields. `row` is the one row-valued input of the expression. */
export function ownReads(expression: Expression, fields: readonly Field[]): ReadonlySet<string> {
  const names = new Set<string>();
  const byId = new Map<string, Field>(fields.map((field) => [field.id, field]));
  const visit = (at: Expression): void => {
    if (at.node === 'field' && at.of.node === 'input') {
      const field = byId.get(at.id);
      if (field !== undefined && !names.has(field.name)) {
        names.add(field.name);
        if (field.derived?.mode === 'live') visit(field.derived.formula);
        if (field.derived?.mode === 'fixed')
          for (const part of [field.derived.while, field.derived.formula, field.derived.otherwise]) visit(part);
      }
    }
    for (const part of partsOf(at)) visit(part);
  };
  visit(expression);
  return names;
}
