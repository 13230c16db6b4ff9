/** The rows that a rule is for: "orders of gold customers over 500". */
import { modifiedThing } from '../grammar/conditions.ts';
import type { RawCondition } from '../grammar/raw.ts';
import { named, type Rule } from '../rule.ts';

export interface Group {
  readonly entity: string;
  readonly where: readonly RawCondition[];
}
export const group: Rule<Group> = named('rows meant', () => modifiedThing);
