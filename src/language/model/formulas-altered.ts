/**
 * Formulas that were there before and are written otherwise now, as a scope names them: `rule/discount`, `entity/order#field/total`. What
 * differs by the name of a field alone is no other formula, and what a file came to by another that it calls is told of that one. Pure.
 */
import { canonicalJson, type Contract, type Expression, type Field, type Json } from '#kernel';
import { componentKey } from './paths.ts';

export interface Sourced {
  readonly contract: Contract;
  /** Text or digest of its source. */
  readonly source: string;
}

export function formulasAltered(was: readonly Sourced[], now: readonly Sourced[]): readonly string[] {
  const before = new Map(was.map((one) => [one.contract.id, one]));
  return now.flatMap(({ contract, source }) => {
    const old = before.get(contract.id);
    if (old === undefined || old.source === source || old.contract === contract) return [];
    const known = new Map(formulasOf(old.contract).map(({ id, said }) => [id, said]));
    const key = componentKey(contract.kind, contract.name);
    return formulasOf(contract).flatMap(({ id, member, said }) => (known.has(id) && known.get(id) !== said ? [`${key}${member}`] : []));
  });
}

interface Formula {
  readonly id: string;
  readonly member: string;
  readonly said: string;
}
function formulasOf(contract: Contract): readonly Formula[] {
  if (contract.kind === 'rule') {
    const of = contract.form === 'decision' ? contract.decide : contract.form === 'approval' ? contract.when : undefined;
    return of === undefined ? [] : [{ id: contract.id, member: '', said: meaningOf(of) }];
  }
  if (contract.kind !== 'entity') return [];
  return contract.fields.flatMap((field) => {
    const { derived } = field;
    return derived === undefined ? [] : [{ id: field.id, member: `#field/${field.name}`, said: meaningOf(partsOf(derived)) }];
  });
}
const partsOf = (derived: NonNullable<Field['derived']>): readonly Expression[] =>
  derived.mode === 'live' ? [derived.formula] : [derived.while, derived.formula, derived.otherwise];

/** Without what fields are called, and whether they may be absent. */
const meaningOf = (of: Expression | readonly Expression[]): string =>
  canonicalJson(
    JSON.parse(JSON.stringify(of, (name, value: unknown) => (name === 'field' || name === 'optional' ? undefined : value))) as Json,
  );
