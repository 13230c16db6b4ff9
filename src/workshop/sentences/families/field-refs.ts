/** The field that a sentence speaks of, for the families of fields. */
import type { SystemModel } from '#model';
import { labelOf } from '../names.ts';
import { type FieldRef, fieldRef, loneField } from '../grammar/nouns.ts';
import type { Owner, Request } from '../request.ts';
import { fieldOf, oneOf } from '../resolve.ts';
import { either, named, Problem, type Rule } from '../rule.ts';

export const ref: Rule<FieldRef> = named('field named', () => either(fieldRef, loneField));
/** The field of that thing, or the problem that it has none. */
export const found = (
  model: SystemModel,
  of: Owner,
  field: string,
  make: (r: FieldRef) => Request | Problem | undefined,
): Request | Problem | undefined =>
  fieldOf(model, of, field) === undefined ? new Problem(`${oneOf(model, of)} has no ${labelOf(field)}.`) : make({ owner: of, field });
