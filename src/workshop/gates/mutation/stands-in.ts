/**
 * What a body puts in the place of an absent value (`row.stock ?? 0`), held against what is stated of that value: of one that is always there nothing stands in, and what
 * is filled in by default is what an absent one counts as. A body that counts it otherwise has to show that it means to. Pure.
 */
import type { Contract, Field, FieldType, Json } from '#kernel';
import { entityById, entityNamed, type SystemModel } from '#model';
import type { ValueMutant } from '#ports';

type Instead = NonNullable<ValueMutant['instead']>;
/** `untold`: whose value it is, is not seen. `never`: it is never absent. `as-stated`: it counts as its default says. `otherwise`: it does not. `free`: nothing is stated. */
export type StandsIn =
  | { readonly kind: 'untold' | 'never' | 'as-stated' | 'free' }
  | { readonly kind: 'otherwise'; readonly default: Json };

export function standsIn(instead: Instead, contract: Contract, model: SystemModel): StandsIn {
  const field = fieldOf(instead, contract, model);
  if (field === undefined) return { kind: 'untold' };
  if (field.required || (field.derived?.mode === 'live' && field.derived.formula.type.optional !== true)) return { kind: 'never' };
  if (instead.given === undefined || field.default === undefined || !('literal' in field.default)) return { kind: 'free' };
  const filledIn = asInBodies(field.default.literal, field.type, model.settings.currency.digits);
  return filledIn === instead.given ? { kind: 'as-stated' } : { kind: 'otherwise', default: filledIn };
}

function fieldOf({ of, field: name }: Instead, contract: Contract, model: SystemModel): Field | undefined {
  const on = contract.kind === 'operation' && of === 'row' && contract.on !== undefined ? entityById(model, contract.on) : undefined;
  const given = contract.kind === 'operation' && of === 'input' ? contract.input : undefined;
  const got = of.startsWith('data.') ? entityNamed(model, of.slice('data.'.length)) : undefined;
  return (given ?? on?.fields ?? got?.fields)?.find((each) => each.name === name);
}

/** Bodies hold amounts in the smallest unit, and choices by their names. */
function asInBodies(literal: Json, type: FieldType, digits: number): Json {
  const value = typeof literal === 'object' && literal !== null && 'amount' in literal ? literal['amount'] : literal;
  if (type.kind === 'choice') return type.choices.find(({ id }) => id === value)?.name ?? value;
  const scale = type.kind === 'money' ? digits : 'scale' in type ? type.scale : undefined;
  return scale === undefined || typeof value !== 'string' ? value : Math.round(Number(value) * 10 ** scale);
}
