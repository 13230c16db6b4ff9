/** Arguments that must be literal: the text of an amount or a date, digits and rounding. */
import type { Rounding } from '#kernel';
import { atScale, fixedPointOf } from '../fixed-point.ts';
import { argumentsOf } from './arguments.ts';
import { limits } from './parsing.ts';
import type { Syntax } from './syntax.ts';
import { identifierName, listOf, partOf, stop, textIn, unwrapped } from './syntax.ts';

export function literalText(at: Syntax, example: string): string {
  const text = unwrapped(at)['value'];
  return at.type === 'Literal' && typeof text === 'string' ? text : stop(at, `A text is needed here: write ${example}.`);
}
export function atLiteralScale(at: Syntax, scale: number, example: string): number {
  const [argument] = argumentsOf(at, 1, `Write ${example}.`);
  const parsed = argument === undefined ? undefined : fixedPointOf(literalText(argument, example));
  const value = parsed === undefined ? undefined : atScale(parsed, scale);
  return value ?? stop(at, `This is no amount with ${scale} digits after the point: write ${example}.`);
}

/** `{ scale: 2, rounding: 'half-up' }`, literal. */
export function options(at: Syntax, index: number): { readonly scale: number; readonly rounding: Rounding } {
  const example = "Say digits and rounding: `{ scale: 2, rounding: 'half-up' }`, rounding one of half-up, half-even, down, up.";
  const given = at['arguments'];
  const object = Array.isArray(given) ? (given[index] as Syntax | undefined) : undefined;
  if (object === undefined || object.type !== 'ObjectExpression') return stop(at, example);
  const members = new Map(
    listOf(object, 'properties').map(
      (property) => [property.type === 'Property' ? identifierName(partOf(property, 'key')) : undefined, property] as const,
    ),
  );
  const [scaleAt, roundingAt] = [members.get('scale'), members.get('rounding')];
  if (members.size !== 2 || scaleAt === undefined || roundingAt === undefined) return stop(object, example);
  const scale = partOf(scaleAt, 'value')['value'];
  const rounding = textIn(partOf(roundingAt, 'value'), 'value');
  if (typeof scale !== 'number' || !Number.isInteger(scale) || scale < 0 || scale > limits.scale)
    return stop(scaleAt, `The scale is a whole number from 0 to ${limits.scale}.`);
  if (rounding !== 'half-up' && rounding !== 'half-even' && rounding !== 'down' && rounding !== 'up') return stop(roundingAt, example);
  return { scale, rounding };
}
