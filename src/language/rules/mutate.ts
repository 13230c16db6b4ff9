/**
 * The mutants of an expression: each is wrong in one place, and a test that looks at that place notices. They keep the types, so
 * each is an expression that every back end takes. The gate asks whether the tests tell them from the original.
 */
import type { BinaryOperator, Expression } from '#kernel';
import { describeExpression } from './describe.ts';
import type { RuleNames } from './names.ts';
import { withParts } from './walk.ts';

export type MutantKind = 'boundary' | 'operator' | 'constant' | 'negation' | 'branch' | 'choice' | 'aggregate' | 'rounding';
export interface Mutant {
  readonly kind: MutantKind;
  readonly expression: Expression;
  readonly description: string;
}

interface Change {
  readonly kind: MutantKind;
  readonly to: Expression;
}

export function mutantsOf(expression: Expression, names: RuleNames): readonly Mutant[] {
  const mutants: Mutant[] = [];
  const visit = (at: Expression, rebuild: (changed: Expression) => Expression): void => {
    for (const { kind, to } of changesOf(at, names)) {
      mutants.push({ kind, expression: rebuild(to), description: `${quote(at, names)} became ${quote(to, names)}` });
    }
    let index = 0;
    withParts(at, (part) => {
      const here = index;
      index += 1;
      visit(part, (changed) => rebuild(replacePart(at, here, changed)));
      return part;
    });
  };
  visit(expression, (changed) => changed);
  return mutants;
}

const quote = (at: Expression, names: RuleNames): string => `"${describeExpression(at, names)}"`;

function replacePart(at: Expression, wanted: number, changed: Expression): Expression {
  let index = 0;
  return withParts(at, (part) => {
    const here = index;
    index += 1;
    return here === wanted ? changed : part;
  });
}

const boundary: { readonly [Op in BinaryOperator]?: BinaryOperator } = {
  less: 'lessOrEqual',
  lessOrEqual: 'less',
  greater: 'greaterOrEqual',
  greaterOrEqual: 'greater',
};
const opposite: { readonly [Op in BinaryOperator]?: BinaryOperator } = {
  less: 'greaterOrEqual',
  lessOrEqual: 'greater',
  greater: 'lessOrEqual',
  greaterOrEqual: 'less',
  equal: 'notEqual',
  notEqual: 'equal',
  and: 'or',
  or: 'and',
  add: 'subtract',
  subtract: 'add',
  smaller: 'larger',
  larger: 'smaller',
};

function changesOf(at: Expression, names: RuleNames): readonly Change[] {
  switch (at.node) {
    case 'binary': {
      const [near, far] = [boundary[at.op], opposite[at.op]];
      const changes: Change[] = [];
      if (near !== undefined) changes.push({ kind: 'boundary', to: { ...at, op: near } });
      if (far !== undefined)
        changes.push({
          kind: at.type.kind === 'boolean' && at.op !== 'and' && at.op !== 'or' ? 'negation' : 'operator',
          to: { ...at, op: far },
        });
      if (
        at.op === 'multiply' &&
        at.left.type.kind === 'number' &&
        at.type.kind === 'number' &&
        at.left.type.scale === at.type.scale &&
        at.left.type.money === at.type.money
      )
        changes.push({ kind: 'operator', to: at.left });
      return changes;
    }
    case 'constant':
      return constantChanges(at, names);
    case 'not':
      return [{ kind: 'negation', to: at.of }];
    case 'absent':
      return [{ kind: 'negation', to: { node: 'not', of: at, type: at.type } }];
    case 'negate':
      return [{ kind: 'operator', to: at.of }];
    case 'condition':
      return [
        { kind: 'branch', to: { ...at, then: at.otherwise, otherwise: at.then } },
        { kind: 'branch', to: at.then.type.kind === 'number' ? { ...at, otherwise: at.then } : at.then },
        { kind: 'branch', to: at.otherwise.type.kind === 'number' ? { ...at, then: at.otherwise } : at.otherwise },
      ];
    case 'round':
    case 'divide':
      return [{ kind: 'rounding', to: { ...at, rounding: at.rounding === 'down' ? 'up' : 'down' } }];
    case 'edgeOfPeriod':
      return [{ kind: 'operator', to: { ...at, edge: at.edge === 'first' ? 'last' : 'first' } }];
    case 'daysBetween':
    case 'periodsBetween':
      return [{ kind: 'operator', to: { ...at, left: at.right, right: at.left } }];
    case 'aggregate': {
      const changes: Change[] = [];
      if (at.op === 'some' || at.op === 'every')
        changes.push({ kind: 'aggregate', to: { ...at, op: at.op === 'some' ? 'every' : 'some' } });
      if (at.op === 'smallest' || at.op === 'largest')
        changes.push({ kind: 'aggregate', to: { ...at, op: at.op === 'smallest' ? 'largest' : 'smallest' } });
      if (at.where !== undefined) {
        const { where: _, ...all } = at;
        changes.push({ kind: 'aggregate', to: all });
      }
      return changes;
    }
    default:
      return [];
  }
}

function constantChanges(at: Extract<Expression, { node: 'constant' }>, names: RuleNames): readonly Change[] {
  const { type, value } = at;
  if (typeof value === 'boolean') return [{ kind: 'constant', to: { ...at, value: !value } }];
  if (typeof value === 'number')
    return [
      { kind: 'constant', to: { ...at, value: value + 1 } },
      ...(value === 0 ? [] : [{ kind: 'constant' as const, to: { ...at, value: value - 1 } }]),
    ];
  if (type.kind === 'choice')
    return names
      .choices(type.field)
      .filter((choice) => choice.id !== value)
      .slice(0, 1)
      .map((choice) => ({ kind: 'choice', to: { ...at, value: choice.id } }));
  if (type.kind === 'text' && typeof value === 'string') return [{ kind: 'constant', to: { ...at, value: `${value}?` } }];
  return [];
}
