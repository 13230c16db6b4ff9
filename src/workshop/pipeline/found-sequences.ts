/**
 * Sequences that the property gate found to break a candidate, as examples that bind whoever writes it again: what was found once is
 * looked for ever after. Only beside components that the change may alter. Pure.
 */
import type { AcceptanceExample } from '#change';
import type { Evidence, Json, Scope } from '#kernel';
import { nameOf } from './parts.ts';

export function foundSequences(
  evidence: readonly Evidence[],
  { components }: Scope,
  known: readonly AcceptanceExample[],
): readonly AcceptanceExample[] {
  const names = new Set(known.map(nameOf));
  return evidence
    .filter(({ gate }) => gate === 'properties')
    .flatMap(({ findings }) => findings.flatMap(({ verdict, witness }) => (verdict === 'fail' ? (sequenceIn(witness) ?? []) : [])))
    .filter((one) => components.some((component) => component === one.component) && !names.has(nameOf(one)));
}

function sequenceIn(witness: Json | undefined): AcceptanceExample | undefined {
  if (!isObject(witness)) return undefined;
  const { component, sequence } = witness;
  if (typeof component !== 'string' || !isObject(sequence) || sequence['open'] !== true || !Array.isArray(sequence['steps']))
    return undefined;
  return { component, example: sequence, hidden: false };
}
const isObject = (value: Json | undefined): value is { readonly [name: string]: Json } =>
  typeof value === 'object' && value !== null && !Array.isArray(value);
