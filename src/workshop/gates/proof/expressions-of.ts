/** All formulas that a question is about: what it states, what it supposes, and what computes the fields that are read. */
import type { Expression } from '#kernel';
import { nodesOf } from '#rules';
import type { ProofSystem, Question } from '#rules/smt';

export function expressionsOf(question: Question): readonly Expression[] {
  const { claim } = question;
  const stated =
    claim.kind === 'possible'
      ? []
      : claim.kind === 'same'
        ? [claim.before, claim.after, ...(claim.except === undefined ? [] : [claim.except])]
        : [claim.of];
  const found = new Set<Expression>([...stated, ...question.given, ...(question.instead?.values() ?? [])]);
  for (const expression of found) {
    for (const node of nodesOf(expression)) {
      if (node.node !== 'field') continue;
      for (const system of [question.system, question.before])
        for (const formula of system === undefined ? [] : formulasOf(system, node.id)) found.add(formula);
    }
  }
  return [...found];
}

const remembered = new WeakMap<ProofSystem, Map<string, readonly Expression[]>>();
function formulasOf(system: ProofSystem, field: string): readonly Expression[] {
  let known = remembered.get(system);
  if (known === undefined) {
    known = new Map(
      system.entities.flatMap((entity) =>
        entity.fields.flatMap(({ id, derived }) =>
          derived === undefined
            ? []
            : [[id, derived.mode === 'live' ? [derived.formula] : [derived.while, derived.formula, derived.otherwise]] as const],
        ),
      ),
    );
    remembered.set(system, known);
  }
  return known.get(field) ?? [];
}
