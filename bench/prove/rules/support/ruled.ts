/** A system of one entity with one field that a rule decides. */
import type { Sources } from './rule-case.ts';
import { decision, entity, system } from './sources.ts';

/** `governs` is that field; `ensures` is what the rule says of it, as `kept`. */
export const ruled = (
  name: string,
  fields: string,
  governs: string,
  decide: string,
  ensures?: string,
  ...more: readonly Sources[]
): Sources =>
  system(
    entity(name, fields, { rules: ['decided'] }),
    decision(
      'decided',
      name,
      governs,
      `decide: ${decide}, ${ensures === undefined ? '' : `ensures: { kept: { holds: ${ensures}, message: 'it is kept' } },`}`,
    ),
    ...more,
  );
