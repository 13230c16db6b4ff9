/**
 * Whether there can be a row of which all of these conditions hold: found, with such a row, on which the running code says the same;
 * excluded by proof; or open. Of who asks it is known that there is an id and a name, as if the row held them. Each question is asked once.
 */
import {
  callerRow,
  type EntityContract,
  canonicalJson,
  type Expression,
  type Field,
  type Json,
  type PermanentId,
  permanentId,
} from '#kernel';
import type { Solver } from '#ports';
import { withParts } from '#rules';
import { limits } from '#schema';
import type { ProofSystem } from '#rules/smt';
import { prove } from '../proof/prove.ts';
import type { Surroundings } from './surroundings.ts';

export interface Possibility {
  readonly answer: 'found' | 'excluded' | 'open';
  readonly row?: { readonly [field: string]: Json };
  /** Why it is open. */
  readonly why?: string;
}
export type Possible = (on: PermanentId, conditions: readonly Expression[]) => Promise<Possibility>;

export interface PossibleOptions {
  /** Of one question, and of all together. */
  readonly oneMs: number;
  readonly allMs: number;
  readonly seed?: number;
  readonly signal?: AbortSignal;
}

export function possibleBy(solver: Solver, around: Surroundings, { oneMs, allMs, seed, signal }: PossibleOptions): Possible {
  const system: ProofSystem = { entities: around.entities.map(withCaller), currencyDigits: around.currencyDigits, mostItems: limits.items };
  const asked = new Map<string, Promise<Possibility>>();
  let ends = 0;
  const ask = async (on: PermanentId, conditions: readonly Expression[]): Promise<Possibility> => {
    if (ends === 0) ends = performance.now() + allMs;
    const answer = await prove({ system, about: on, given: conditions.map(callerAsRow), claim: { kind: 'possible' } }, solver, {
      milliseconds: Math.min(oneMs, ends - performance.now()),
      ...(seed === undefined ? {} : { seed }),
      ...(signal === undefined ? {} : { signal }),
    });
    switch (answer.verdict) {
      case 'proved':
        return { answer: 'found', ...(answer.witness === undefined ? {} : { row: answer.witness }) };
      case 'refuted':
        return { answer: 'excluded' };
      case 'unknown':
        return { answer: 'open', why: answer.why ?? 'it was not decided' };
    }
  };
  return (on, conditions) => {
    const key = `${on} ${canonicalJson(conditions)}`;
    const known = asked.get(key) ?? ask(on, conditions);
    asked.set(key, known);
    return known;
  };
}

const callerFields: readonly Field[] = (['id', 'name'] as const).map((member, at) => ({
  id: permanentId(`x_caller${member}`),
  no: 1_000_000 + at,
  name: `caller ${member}`,
  type: { kind: 'text' },
  required: true,
  unique: false,
  sensitive: false,
}));
const withCaller = (entity: EntityContract): EntityContract => ({ ...entity, fields: [...entity.fields, ...callerFields] });
function callerAsRow(at: Expression): Expression {
  if (at.node === 'field' && at.of.node === 'input' && at.of.type.kind === 'row' && at.of.type.of === callerRow) {
    const field = callerFields.find(({ name }) => name === `caller ${at.field}`);
    if (field !== undefined) return { ...at, of: { ...at.of, name: 'row' }, field: field.name, id: field.id };
  }
  return withParts(at, callerAsRow);
}
