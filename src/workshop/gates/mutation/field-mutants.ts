/**
 * Mutants of what fields state: bounds, defaults, what may be left out, what two may not both have. Of a field that stood before, what the change let go is a mutant as it
 * was: whoever widens a bound shows what is taken now, and who does not mean to is told.
 */
import { canonicalJson, type Contract, type Field, type FieldType, type Json, type PermanentId } from '#kernel';
import { mustBeSeen } from '#schema';
import type { DeclaredMutant } from './declared-mutant.ts';
import { valueAt } from './value-at.ts';
import { newFieldMutants } from './new-field-mutants.ts';

/** Longer texts nobody writes out in an example. */
const MOST_CHARACTERS = 200;
const DAY_MS = 86_400_000;
type As = (
  changed: Field,
  what: string,
  missing: string,
  asked?: DeclaredMutant['asked'],
  held?: { readonly value?: Json | undefined; readonly taken: boolean } | { readonly twice: true },
) => DeclaredMutant;

/** `led`: fields of states that operations lead from one to the next. */
export function fieldMutants(
  fields: readonly Field[],
  old: readonly Field[],
  put: (fields: readonly Field[]) => Contract,
  member: 'field' | 'input' = 'field',
  led: ReadonlySet<PermanentId> = new Set(),
): readonly DeclaredMutant[] {
  return fields.flatMap((field, at) => {
    const was = old.find(({ id }) => id === field.id);
    const as: As = (changed, what, missing, asked, held) => ({
      member: `${member}/${field.name}`,
      contract: put(fields.map((one, index) => (index === at ? changed : one))),
      what,
      missing: `${field.name}: ${missing}`,
      ...(asked === undefined ? {} : { asked }),
      ...(member === 'input' || held === undefined
        ? {}
        : 'twice' in held
          ? { held: { field: field.name, twice: true } }
          : held.value === undefined
            ? {}
            : { held: { field: field.name, value: held.value, taken: held.taken } }),
    });
    const { type } = field;
    const found: DeclaredMutant[] = [];
    if (field.unique && was?.unique !== true)
      found.push(as({ ...field, unique: false }, 'two may have the same', 'that two may not have the same', undefined, { twice: true }));
    if (
      field.default !== undefined &&
      'literal' in field.default &&
      !saysNothing(field.default.literal) &&
      !same(was?.default, field.default)
    ) {
      const { default: _gone, ...bare } = field;
      // What a body makes of an input shows in what it does, if at all.
      found.push(as({ ...bare, required: false }, 'nothing is filled in', 'what is filled in', member === 'input' ? 'of-most' : undefined));
    }
    for (const bound of ['min', 'max'] as const) {
      const value = boundOf(type, bound);
      if (field.derived !== undefined || value === undefined || (was !== undefined && boundOf(was.type, bound) === value)) continue;
      const { [bound]: _gone, ...open } = type as FieldType & { min?: unknown; max?: unknown };
      const far = beyond(type, value);
      if (!saysAnyway(field, bound, value))
        found.push(
          as({ ...field, type: open as FieldType }, `no ${bound}`, `what is just beyond ${value}`, far, {
            value: valueAt(type, bound, 'beyond'),
            taken: false,
          }),
        );
      const inner = far === undefined ? movedIn(value, bound) : undefined;
      if (inner !== undefined && !isCrossed(type, bound, inner))
        found.push(
          as(
            { ...field, type: { ...type, [bound]: inner } as FieldType },
            `${bound} ${inner}`,
            `what stands exactly on ${value}`,
            'of-most',
            { value: valueAt(type, bound, 'on'), taken: true },
          ),
        );
    }
    if (field.derived !== undefined) return found;
    if (was !== undefined) return [...found, ...asItWas(field, was, as, led.has(field.id))];
    return member === 'field' ? [...found, ...newFieldMutants(fields, field, put, led.has(field.id))] : found;
  });
}

/** What was let go is a mutant as it was: whoever widens a bound shows what is taken now, and who does not mean to is told. */
function asItWas(field: Field, was: Field, as: As, isLed: boolean): readonly DeclaredMutant[] {
  const { type } = field;
  const found: DeclaredMutant[] = [];
  if (was.required !== field.required)
    found.push(
      was.required
        ? as({ ...field, required: true }, 'it is required, as it was', 'that it may be left out')
        : as({ ...field, required: false }, 'it may be left out, as before', 'that it may not be left out'),
    );
  if (was.unique && !field.unique)
    found.push(as({ ...field, unique: true }, 'two may not have the same, as before', 'that two may have the same'));
  if (was.default !== undefined && 'literal' in was.default && field.default === undefined)
    found.push(as({ ...field, default: was.default }, 'it is filled in, as it was', 'that nothing is filled in'));
  for (const bound of ['min', 'max'] as const) {
    const old = boundOf(was.type, bound);
    if (old === undefined || was.type.kind !== type.kind || !isWider(type, bound, old)) continue;
    found.push(
      as(
        { ...field, type: { ...type, [bound]: old } as FieldType },
        `${bound} ${old}, as it was`,
        `that what is beyond ${old} is taken`,
        beyond(was.type, old),
      ),
    );
  }
  // Where operations lead from one state to the next, they show which there are.
  if (type.kind === 'choice' && was.type.kind === 'choice' && !isLed) {
    const { choices } = was.type;
    for (const added of type.choices.filter(({ id }) => choices.every((choice) => choice.id !== id)))
      found.push(
        as(
          { ...field, type: { ...type, choices: type.choices.filter((choice) => choice !== added) } },
          `no ${added.name}, as before`,
          `that it may be ${added.name}`,
        ),
      );
  }
  if (type.kind !== was.type.kind && [type, was.type].every(({ kind }) => kind === 'integer' || kind === 'duration'))
    found.push(
      as({ ...field, type: was.type }, `${was.type.kind}, as it was`, `what tells ${type.kind} from ${was.type.kind}: keep what it was`),
    );
  return found;
}
function isWider(type: FieldType, bound: 'min' | 'max', old: number | string): boolean {
  const now = boundOf(type, bound);
  if (now === undefined) return true;
  const [less, more] =
    type.kind === 'date' ? [String(now) < String(old), String(now) > String(old)] : [Number(now) < Number(old), Number(now) > Number(old)];
  return bound === 'min' ? less : more;
}
/** The bound moved by the least that it can, so that what stood on it stands beyond. */
function movedIn(value: number | string, bound: 'min' | 'max'): number | string | undefined {
  const by = bound === 'min' ? 1 : -1;
  if (typeof value === 'number') return value + by;
  if (/^\d{4}-\d\d-\d\d$/.test(value)) return new Date(Date.parse(value) + by * DAY_MS).toISOString().slice(0, 10);
  if (!/^-?\d+(\.\d+)?$/.test(value)) return undefined;
  const digits = value.split('.')[1]?.length ?? 0;
  return (Number(value) + by * 10 ** -digits).toFixed(digits);
}
/** Where one value alone is possible, there is no bound to stand on. */
function isCrossed(type: FieldType, bound: 'min' | 'max', inner: number | string): boolean {
  const other = boundOf(type, bound === 'min' ? 'max' : 'min');
  if (other === undefined) return false;
  const [a, b] = type.kind === 'date' ? [Date.parse(String(inner)), Date.parse(String(other))] : [Number(inner), Number(other)];
  return bound === 'min' ? a > b : a < b;
}
/** No and zero say what nothing would say: who would show that they are filled in? */
const saysNothing = (value: Json): boolean =>
  value === false ||
  value === 0 ||
  (typeof value === 'string' && /^0(\.0+)?$/.test(value)) ||
  (typeof value === 'object' && value !== null && 'amount' in value && saysNothing(value['amount'] ?? null));
/** A required text has a character that can be seen, bound or no bound: nothing tells the two apart. */
const saysAnyway = (field: Field, bound: 'min' | 'max', value: number | string): boolean =>
  bound === 'min' && value === 1 && mustBeSeen(field);
/** A secret is held to its length by whatever takes it, before the field sees it. */
const beyond = (type: FieldType, bound: number | string): DeclaredMutant['asked'] =>
  type.kind === 'text' && (type.secret === true || Number(bound) > MOST_CHARACTERS) ? 'not' : undefined;
const boundOf = (type: FieldType, bound: 'min' | 'max'): number | string | undefined =>
  bound in type ? (type as { readonly [bound]?: number | string })[bound] : undefined;
const same = (one: unknown, other: unknown): boolean => canonicalJson((one ?? null) as Json) === canonicalJson((other ?? null) as Json);
