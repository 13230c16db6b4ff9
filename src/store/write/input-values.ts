/**
 * Values that a component answers, or hands to another: checked as those of a row are, defaults filled in. No row keeps them, so a
 * json may be as long as the caps of the call let it. Pure.
 */
import type { Field, Refusal, Settings } from '#kernel';
import { limits } from '#schema';
import { invalid } from '../invalid.ts';
import type { PlainValues } from '../row.ts';
import { complete } from './complete.ts';

export function inputValues(settings: Settings, fields: readonly Field[], given: PlainValues): PlainValues | Refusal {
  const made = complete({ settings, fields, newId: () => '', longest: limits.spokenCharacters }, given, null);
  if (Object.keys(made.faults).length > 0) return invalid(made.faults);
  const lists = [...made.lists].map(([field, items]) => [field.name, items.map((item) => item.values)] as const);
  return { ...made.values, ...Object.fromEntries(lists) };
}
