/** Going through an expression: its direct parts, all its nodes, and rebuilding it with other parts. */
import { type CallerMember, callerMembers, type Expression } from '#kernel';

/** The direct parts, in the order in which they are read. */
export function partsOf(expression: Expression): readonly Expression[] {
  switch (expression.node) {
    case 'constant':
    case 'input':
    case 'today':
      return [];
    case 'field':
    case 'follow':
    case 'related':
    case 'not':
    case 'negate':
    case 'round':
    case 'absent':
    case 'partOfDate':
    case 'edgeOfPeriod':
      return [expression.of];
    case 'binary':
    case 'divide':
    case 'daysBetween':
    case 'periodsBetween':
      return [expression.left, expression.right];
    case 'condition':
      return [expression.when, expression.then, expression.otherwise];
    case 'coalesce':
      return [expression.of, expression.otherwise];
    case 'addToDate':
      return [expression.of, expression.amount];
    case 'let':
      return [expression.value, expression.body];
    case 'aggregate':
      return [expression.over, ...(expression.where ? [expression.where] : []), ...(expression.value ? [expression.value] : [])];
  }
}

/** The same node over other parts. The type stays: the caller keeps it right. */
export function withParts(expression: Expression, change: (part: Expression) => Expression): Expression {
  switch (expression.node) {
    case 'constant':
    case 'input':
    case 'today':
      return expression;
    case 'field':
    case 'follow':
    case 'related':
    case 'not':
    case 'negate':
    case 'round':
    case 'absent':
    case 'partOfDate':
    case 'edgeOfPeriod':
      return { ...expression, of: change(expression.of) };
    case 'binary':
    case 'divide':
    case 'daysBetween':
    case 'periodsBetween':
      return { ...expression, left: change(expression.left), right: change(expression.right) };
    case 'condition':
      return { ...expression, when: change(expression.when), then: change(expression.then), otherwise: change(expression.otherwise) };
    case 'coalesce':
      return { ...expression, of: change(expression.of), otherwise: change(expression.otherwise) };
    case 'addToDate':
      return { ...expression, of: change(expression.of), amount: change(expression.amount) };
    case 'let':
      return { ...expression, value: change(expression.value), body: change(expression.body) };
    case 'aggregate':
      return {
        ...expression,
        over: change(expression.over),
        ...(expression.where ? { where: change(expression.where) } : {}),
        ...(expression.value ? { value: change(expression.value) } : {}),
      };
  }
}

/** Every node, the expression itself first. */
export function* nodesOf(expression: Expression): Generator<Expression> {
  yield expression;
  for (const part of partsOf(expression)) yield* nodesOf(part);
}

/** Names of inputs that it reads and does not bind itself. */
export function freeNames(expression: Expression): ReadonlySet<string> {
  const names = new Set<string>();
  const visit = (at: Expression, bound: readonly string[]): void => {
    if (at.node === 'input') {
      if (!bound.includes(at.name)) names.add(at.name);
    } else if (at.node === 'let') {
      visit(at.value, bound);
      visit(at.body, [...bound, at.name]);
    } else if (at.node === 'aggregate') {
      visit(at.over, bound);
      for (const part of [at.where, at.value]) if (part) visit(part, [...bound, at.item]);
    } else for (const part of partsOf(at)) visit(part, bound);
  };
  visit(expression, []);
  return names;
}

/** What a formula asks of who calls, where it is that and nothing else: `caller.id`. */
export const askedOfCaller = (formula: Expression): CallerMember | undefined =>
  formula.node === 'field' && formula.of.node === 'input' && formula.of.name === 'caller'
    ? callerMembers.find((member) => member === formula.field)
    : undefined;
