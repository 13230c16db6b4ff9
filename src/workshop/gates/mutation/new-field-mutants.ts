/**
 * Mutants of what a new stored field is: that it is there at all, each of its choices, that it may not be emptied although a default fills it in, and more digits than an
 * amount has. Why: a field that no example writes or reads may go again, or change, and nothing notices.
 */
import type { Contract, Field } from '#kernel';
import type { DeclaredMutant } from './declared-mutant.ts';

/** Of more choices than these no example is asked for each. */
const MOST_CHOICES = 12;
/** Of digits after the point: so many an amount has anyway. */
const USUAL_SCALE = 2;

/** `isLed`: operations lead from one of its states to the next, and show which there are. */
export function newFieldMutants(
  fields: readonly Field[],
  field: Field,
  put: (fields: readonly Field[]) => Contract,
  isLed: boolean,
): readonly DeclaredMutant[] {
  const { type, name } = field;
  const as = (changed: Field | undefined, what: string, missing: string, shown?: DeclaredMutant['shown']): DeclaredMutant => ({
    member: `field/${name}`,
    contract: put(fields.flatMap((one) => (one === field ? (changed ?? []) : one))),
    what,
    missing: `${name}: ${missing}`,
    apart: true,
    ...(shown === undefined ? {} : { shown }),
  });
  const found: DeclaredMutant[] = [as(undefined, 'the field is gone', 'a row that has it', { field: name })];
  if (field.required && field.default !== undefined && 'literal' in field.default)
    found.push({
      ...as(
        { ...field, required: false },
        'it may be emptied',
        'that null is refused, though a default fills in where nothing is given: show that, or leave `required` out',
      ),
      held: { field: name, value: null, taken: false },
    });
  if (type.kind === 'choice' && !isLed && type.choices.length <= MOST_CHOICES) {
    const filledIn = field.default !== undefined && 'literal' in field.default ? field.default.literal : undefined;
    for (const choice of type.choices)
      if (choice.name !== filledIn && choice.id !== filledIn)
        found.push(
          as(
            { ...field, type: { ...type, choices: type.choices.filter((one) => one !== choice) } },
            `no ${choice.name}`,
            `that it may be ${choice.name}`,
            { field: name, value: choice.name },
          ),
        );
  }
  if ((type.kind === 'decimal' || type.kind === 'quantity') && type.scale > USUAL_SCALE)
    found.push(
      as({ ...field, type: { ...type, scale: type.scale - 1 } }, 'a digit less', `a value with ${type.scale} digits after the point`),
    );
  return found;
}
