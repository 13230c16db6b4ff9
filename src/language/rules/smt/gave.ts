/** Of a claim that two formulas give the same: what each of them gave for a row, by the running code, as a person reads it. */
import type { Expression, Json } from '#kernel';
import { textOfDays } from '../calendar.ts';
import { textOf } from '../fixed-point.ts';
import type { Encoded, Question } from './claim.ts';
import type { Row } from './value.ts';
import type { Ran, World } from './world.ts';

export interface Gave {
  readonly before: Json;
  readonly now: Json;
}

export function gaveAt({ claim }: Question, { other, row }: Encoded, world: World): Gave | undefined {
  if (claim.kind !== 'same' || other === undefined) return undefined;
  return {
    before: shown(world.run(claim.before, other), claim.before, other),
    now: shown(world.run(claim.after, row), claim.after, row),
  };
}

function shown(made: Ran, { type }: Expression, { shape }: Row): Json {
  if ('fault' in made) return 'out of the exact range';
  const { value } = made;
  if (value === null || value === undefined) return null;
  if (typeof value === 'boolean') return value;
  if (typeof value === 'number') {
    if (type.kind === 'number') return type.scale === 0 ? value : textOf({ value, scale: type.scale });
    return type.kind === 'date' ? textOfDays(value) : value;
  }
  const choice = type.kind === 'choice' ? shape.fields.find(({ id }) => id === type.field)?.type : undefined;
  return (choice?.kind === 'choice' ? choice.choices.find(({ id }) => id === value)?.name : undefined) ?? String(value);
}
