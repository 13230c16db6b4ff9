/** Gives the rows of an example what a formula reads, or states that it is not there. */
import type { Draft } from '../expect.ts';
import type { Condition, Formula } from '../request.ts';
import { type Drafting, sampleItem, sampleRow, sampleValue, fieldOfDraft, fieldsOf } from './drafts.ts';
import { setAt, makeAll, endOf } from './meeting.ts';

/** Gives every field that the formula reads a value of its own; false where it cannot. */
export function fill(d: Drafting, draft: Draft, formula: Formula, salt = 1): boolean {
  switch (formula.is) {
    case 'field': {
      const field = endOf(d, draft, formula.path);
      if (field === undefined) return false;
      const value = field.derived !== undefined && field.type.kind === 'money' ? `${20 + salt}.50` : sampleValue(field, salt, draft.name);
      return field.type.kind === 'reference' ? true : value !== undefined && setAt(d, draft, formula.path, value);
    }
    case 'literal':
    case 'today':
      return true;
    case 'arithmetic':
      return fill(d, draft, formula.left, salt) && fill(d, draft, formula.right, salt + 3);
    case 'percent':
    case 'shift':
      return fill(d, draft, formula.of, salt);
    case 'days':
      return fill(d, draft, formula.from, salt) && fill(d, draft, formula.to, salt + 5);
    case 'aggregate':
      return fillRows(d, draft, formula, salt);
  }
}
/** Fields that the formula reads of the row itself and of its items, as ways to take one away. */
export function optionalReads(d: Drafting, draft: Draft, formula: Formula): readonly (() => boolean)[] {
  switch (formula.is) {
    case 'field': {
      const field = formula.path.length === 1 ? endOf(d, draft, formula.path) : undefined;
      return field === undefined || field.required || field.derived !== undefined ? [] : [() => setAt(d, draft, formula.path, undefined)];
    }
    case 'arithmetic':
      return [...optionalReads(d, draft, formula.left), ...optionalReads(d, draft, formula.right)];
    case 'percent':
    case 'shift':
      return optionalReads(d, draft, formula.of);
    case 'days':
      return [...optionalReads(d, draft, formula.from), ...optionalReads(d, draft, formula.to)];
    case 'aggregate': {
      const first =
        formula.over.list === undefined
          ? draft.related.find((each) => each.entity === formula.over.entity)?.row
          : draft.lists[formula.over.list]?.[0];
      return first === undefined || formula.value === undefined ? [] : optionalReads(d, first, formula.value);
    }
    default:
      return [];
  }
}
/** Two rows that count, and for each condition one that just does not. */
function fillRows(d: Drafting, draft: Draft, formula: Extract<Formula, { is: 'aggregate' }>, salt: number): boolean {
  const { over, value } = formula;
  const add = (broken: Condition | undefined, at: number): boolean => {
    const list = over.list === undefined ? undefined : fieldOfDraft(d, draft, over.list);
    const row =
      over.list === undefined
        ? relatedRow(d, draft, over.entity ?? '', over.via ?? '')
        : list === undefined
          ? undefined
          : sampleItem(d, draft, list, at);
    if (row === undefined) return false;
    const filled = value === undefined || fill(d, row, value, at);
    const set = makeAll(d, row, over.where, broken);
    if (over.list === undefined && salt === OTHER_STATES) inAnotherState(d, row, over.where);
    if (!filled || !set) return false;
    if (over.list !== undefined) (draft.lists[over.list] ??= []).push(row);
    else draft.related.push({ entity: over.entity ?? '', via: over.via ?? '', row });
    return true;
  };
  if (over.list !== undefined) draft.lists[over.list] = [];
  return add(undefined, salt) && add(undefined, salt + 4) && over.where.every((condition, index) => add(condition, salt + 6 + index));
}
/** The second case of a formula: rows that count whatever state they are in are shown in another than the first. */
const OTHER_STATES = 3;
function inAnotherState(d: Drafting, row: Draft, where: readonly Condition[]): void {
  const asked = JSON.stringify(where);
  const led = new Set([...d.model.operations.map(({ transition }) => transition?.field), ...d.model.workflows.map((flow) => flow.field)]);
  for (const { id, name, type, default: given } of fieldsOf(d, row.entity)) {
    if (type.kind !== 'choice' || given === undefined || led.has(id) || asked.includes(`"${name}"`) || row.values[name] !== undefined)
      continue;
    const other = type.choices.find((choice) => !('literal' in given) || (given.literal !== choice.name && given.literal !== choice.id));
    if (other !== undefined) row.values[name] = other.name;
  }
}
function relatedRow(d: Drafting, draft: Draft, entity: string, via: string): Draft {
  const row = sampleRow(d, entity);
  row.refs[via] = draft;
  return row;
}

/** States what the formula reads and the row leaves out: its default, or that there is none. A later default changes nothing then. */
export function state(d: Drafting, draft: Draft, formula: Formula): void {
  switch (formula.is) {
    case 'field': {
      const [first, ...rest] = formula.path;
      const field = first === undefined ? undefined : fieldOfDraft(d, draft, first);
      const next = first === undefined ? undefined : draft.refs[first];
      if (first === undefined || field === undefined || field.derived !== undefined || field.type.kind === 'list') return;
      if (rest.length > 0 && next !== undefined) state(d, next, { is: 'field', path: rest });
      else if (next === undefined && draft.values[first] === undefined) draft.values[first] = d.rules.before?.(draft, first) ?? null;
      return;
    }
    case 'arithmetic':
      state(d, draft, formula.left);
      state(d, draft, formula.right);
      return;
    case 'percent':
    case 'shift':
      state(d, draft, formula.of);
      return;
    case 'days':
      state(d, draft, formula.from);
      state(d, draft, formula.to);
      return;
    case 'aggregate':
      for (const item of formula.over.list === undefined ? [] : (draft.lists[formula.over.list] ?? []))
        if (formula.value !== undefined) state(d, item, formula.value);
      return;
    default:
  }
}
