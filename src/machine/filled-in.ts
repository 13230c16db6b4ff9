/** Inputs of an operation that were left out, or are nothing, where its contract says what they are then: the same whoever calls, over HTTP, in an example or from inside. */
import type { Field, Settings } from '#kernel';
import { fromJson, isFieldError } from '#schema';
import type { PlainValues } from '#store';

export function filledIn(fields: readonly Field[], given: PlainValues, settings: Settings): PlainValues {
  const made: { [name: string]: unknown } = { ...given };
  for (const field of fields) {
    if ((made[field.name] ?? null) !== null || field.default === undefined || !('literal' in field.default)) continue;
    const plain = fromJson(field, field.default.literal, settings);
    if (!isFieldError(plain)) made[field.name] = plain;
  }
  return made;
}
