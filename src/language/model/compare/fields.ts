/** Fields of two versions, matched by permanent id: as inputs (what callers send) and as outputs (what callers read). */
import { canonicalJson, type Field, type FieldType, type Json } from '#kernel';
import { edgesOf, fieldSubset, type ValueSettings } from '#schema';
import type { ContractDifference } from './contract-difference.ts';

export type Direction = 'input' | 'output' | 'both';

/** `prefix` is such as `entity/order#field/`. */
export function compareFields(
  prefix: string,
  old: readonly Field[],
  now: readonly Field[],
  direction: Direction,
  settings: ValueSettings,
): readonly ContractDifference[] {
  const before = new Map(old.map((field) => [field.id, field]));
  const after = new Map(now.map((field) => [field.id, field]));
  const differences: ContractDifference[] = [];
  const tell = (member: string, change: string, compatible: boolean, witness?: Json): void =>
    void differences.push({ member: prefix + member, change, compatible, ...(witness === undefined ? {} : { witness }) });
  for (const field of old)
    if (!after.has(field.id))
      tell(field.name, 'is gone', false, direction === 'output' ? undefined : { [field.name]: sampleOf(field, settings) });
  for (const field of now) {
    const was = before.get(field.id);
    if (was === undefined) {
      const demanded = field.required && field.default === undefined && field.derived === undefined && direction !== 'output';
      tell(field.name, demanded ? 'is new and required' : 'is new', !demanded, demanded ? {} : undefined);
      continue;
    }
    if (was.name !== field.name) tell(field.name, `was called ${was.name}`, false, { [was.name]: sampleOf(field, settings) });
    if (was.no !== field.no) tell(field.name, `had the number ${was.no}`, false);
    if (canonicalJson(was.type) !== canonicalJson(field.type)) differences.push(...compareTypes(prefix, was, field, direction, settings));
    if (!was.required && field.required && field.derived === undefined)
      tell(field.name, 'is required now', direction === 'output' || field.default !== undefined, { [field.name]: null });
    if (was.required && !field.required)
      tell(field.name, 'is optional now', direction === 'input', direction === 'input' ? undefined : { [field.name]: null });
    if (!was.unique && field.unique) tell(field.name, 'is unique now', direction === 'output');
    if (was.unique && !field.unique) tell(field.name, 'need not be unique any more', true);
    if (was.sensitive !== field.sensitive) tell(field.name, field.sensitive ? 'is sensitive now' : 'is not sensitive any more', true);
    if (was.derived === undefined && field.derived !== undefined)
      tell(field.name, 'is computed now and cannot be written', direction === 'output', { [field.name]: sampleOf(field, settings) });
    else if (was.derived !== undefined && field.derived === undefined) tell(field.name, 'is not computed any more', true);
    else if (canonicalJson(was.derived ?? null) !== canonicalJson(field.derived ?? null)) tell(field.name, 'is computed differently', true);
    if (canonicalJson(was.default ?? null) !== canonicalJson(field.default ?? null))
      tell(
        field.name,
        'has another default',
        !(was.default !== undefined && field.default === undefined && field.required && direction !== 'output'),
      );
  }
  return differences;
}

function compareTypes(
  prefix: string,
  old: Field,
  field: Field,
  direction: Direction,
  settings: ValueSettings,
): readonly ContractDifference[] {
  const { name } = field;
  const [was, now] = [old.type, field.type];
  const member = prefix + name;
  if (was.kind === 'list' && now.kind === 'list') {
    const items = compareFields(`${member}/`, was.fields, now.fields, direction, settings);
    return was.itemId === now.itemId ? items : [{ member, change: 'has items of another kind', compatible: false }, ...items];
  }
  if (was.kind === 'choice' && now.kind === 'choice') return compareChoices(member, name, was, now, direction);
  if (was.kind === 'reference' && now.kind === 'reference') return [{ member, change: 'refers to another entity', compatible: false }];
  if (was.kind === 'quantity' && now.kind === 'quantity' && was.unit !== now.unit)
    return [{ member, change: `was in ${was.unit} and is in ${now.unit}`, compatible: false }];
  /* Absence is told by itself, so the types alone are compared here. */
  const taken = fieldSubset({ ...old, required: true }, { ...field, required: true }, settings);
  const given = fieldSubset({ ...field, required: true }, { ...old, required: true }, settings);
  const change =
    was.kind !== now.kind
      ? `was ${was.kind} and is ${now.kind}`
      : taken.decision === 'yes'
        ? `takes more: ${boundsText(was)} before, ${boundsText(now)} now`
        : `takes less: ${boundsText(was)} before, ${boundsText(now)} now`;
  const compatible = was.kind === now.kind && (direction === 'output' ? given.decision === 'yes' : taken.decision === 'yes');
  const decided = direction === 'output' ? given : taken;
  return [{ member, change, compatible, ...(!compatible && decided.decision === 'no' ? { witness: { [name]: decided.witness } } : {}) }];
}

function compareChoices(
  member: string,
  name: string,
  was: FieldType & { readonly kind: 'choice' },
  now: FieldType & { readonly kind: 'choice' },
  direction: Direction,
): readonly ContractDifference[] {
  const differences: ContractDifference[] = [];
  for (const choice of was.choices) {
    const same = now.choices.find((candidate) => candidate.id === choice.id);
    if (same === undefined)
      differences.push({
        member,
        change: `can no longer be ${choice.name}`,
        compatible: direction === 'output',
        witness: { [name]: choice.name },
      });
    else if (same.name !== choice.name)
      differences.push({
        member,
        change: `${choice.name} is called ${same.name} now`,
        compatible: false,
        witness: { [name]: choice.name },
      });
  }
  for (const choice of now.choices)
    if (!was.choices.some((candidate) => candidate.id === choice.id))
      differences.push({
        member,
        change: `can also be ${choice.name}`,
        compatible: direction !== 'output',
        ...(direction === 'output' ? { witness: { [name]: choice.name } } : {}),
      });
  return differences.length > 0 ? differences : [{ member, change: 'has its choices in another order', compatible: true }];
}

function boundText(type: FieldType, side: 'min' | 'max'): number | string | null {
  return side in type ? ((type as { readonly min?: number | string; readonly max?: number | string })[side] ?? null) : null;
}
function boundsText(type: FieldType): string {
  const min = boundText(type, 'min');
  const max = boundText(type, 'max');
  if ('scale' in type && min === null && max === null) return `${type.scale} digits after the point`;
  if (min === null && max === null) return 'anything';
  return min === null ? `at most ${max}` : max === null ? `at least ${min}` : `${min} to ${max}`;
}

/** The plainest value of a field, for a witness. */
const sampleOf = (field: Field, settings: ValueSettings): Json => edgesOf(field, settings)[0] ?? null;
