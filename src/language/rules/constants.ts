/** The constants of an expression. Why: generated inputs that never meet a formula's own values never reach its edges. */
import type { Expression, ValueType } from '#kernel';
import { nodesOf } from './walk.ts';

export interface RuleConstant {
  readonly type: ValueType;
  readonly value: boolean | number | string;
}

/** Each once, absent ones left out. */
export function constantsOf(expression: Expression): readonly RuleConstant[] {
  const found = new Map<string, RuleConstant>();
  for (const at of nodesOf(expression)) {
    if (at.node === 'constant' && at.value !== null)
      found.set(`${JSON.stringify(at.type)} ${String(at.value)}`, { type: at.type, value: at.value });
  }
  return [...found.values()];
}
