/**
 * An example that reaches a body of which nobody wrote one: the rows that it needs, made of plain values of their contract, and then its
 * call, event or instant. None where such rows cannot be made. Whether it truly reaches the body is seen when it runs. Pure.
 */
import { type BodyContract, type EntityContract, type Field, type FieldType, type Json, type JsonObject, type PermanentId } from '#kernel';
import { entityById, type Example, type ExampleStep, type SystemModel } from '#model';
import { calm } from './calm-value.ts';
import type { HeldField } from './mutation/declared-mutant.ts';

/** Rows that lead on to rows, at most. */
const DEEPEST = 4;

export function bareExample(model: SystemModel, contract: BodyContract): Example | undefined {
  const steps: ExampleStep[] = [];
  const last = lastStep(model, contract, steps);
  return last === undefined ? undefined : { name: `${contract.name}, with what it needs`, steps: [...steps, last] };
}

function lastStep(model: SystemModel, contract: BodyContract, steps: ExampleStep[]): ExampleStep | undefined {
  const rowOf = (entity: PermanentId): string | undefined => rowMade(model, entity, steps, DEEPEST);
  if (contract.kind === 'job') return { run: contract.name, at: '2026-01-15T10:00:00Z' };
  if (contract.kind === 'reaction') {
    if ('event' in contract.on) return { react: contract.name, with: {} };
    const on = rowOf(contract.on.entity);
    return on === undefined ? undefined : { react: contract.name, on };
  }
  const values = valuesOf(model, contract.input, steps, DEEPEST);
  const on = contract.on === undefined ? undefined : rowOf(contract.on);
  if (values === undefined || (contract.on !== undefined && on === undefined)) return undefined;
  return { call: contract.name, ...(on === undefined ? {} : { on }), with: values };
}

/** How much of rows an example looks at. */
export type Looks = 'at-all' | 'at-what-is-given' | 'at-nothing';
/** Rows that have these fields, written and read back: one that is given none of them, where it may, two that are given the same, and of a choice each of its values in turn. */
export function exampleOfFields(model: SystemModel, entity: EntityContract, names: readonly string[], looks: Looks): Example | undefined {
  const steps: ExampleStep[] = [];
  const fields = entity.fields.filter(({ name }) => names.includes(name));
  const given: { [name: string]: Json } = {};
  const without: { [name: string]: Json } = {};
  const others: { [name: string]: Json } = {};
  for (const field of fields) {
    const { name, type } = field;
    const row = type.kind === 'reference' ? rowMade(model, type.to, steps, DEEPEST) : undefined;
    if (type.kind === 'reference' && row === undefined) return undefined;
    given[name] = row ?? otherThan(filledIn(field), type);
    if (field.unique) others[name] = row ?? another(given[name] ?? null, type, 1);
    if (field.default === undefined || 'literal' in field.default) without[name] = filledIn(field) ?? null;
  }
  const needed = valuesOf(model, entity.fields, steps, DEEPEST);
  if (needed === undefined || fields.length === 0) return undefined;
  const then = (values: JsonObject): { readonly then?: JsonObject } => {
    const kept = Object.fromEntries(Object.entries(values).filter(([name]) => isReadBack(fields.find((field) => field.name === name))));
    return looks !== 'at-nothing' && Object.keys(kept).length > 0 ? { then: kept } : {};
  };
  /** What must be there and only once is another in each row. */
  const row = (number: number): JsonObject =>
    Object.fromEntries(
      entity.fields.flatMap(({ name, type, unique }) =>
        needed[name] === undefined ? [] : [[name, unique ? another(needed[name] ?? null, type, number) : (needed[name] ?? null)]],
      ),
    );
  if (looks === 'at-all' && fields.every((field) => !field.required || field.default !== undefined))
    steps.push({ create: entity.name, with: row(1), ...then(without) });
  steps.push({ create: entity.name, as: 'it', with: { ...row(0), ...given }, ...then(given) });
  if (looks === 'at-all') steps.push({ create: entity.name, with: { ...row(2), ...given, ...others }, ...then({ ...given, ...others }) });
  for (const field of fields)
    for (const value of field.type.kind === 'choice' ? field.type.choices.map((choice) => choice.name) : [])
      if (value !== given[field.name]) steps.push({ update: 'it', with: { [field.name]: value }, ...then({ [field.name]: value }) });
  return { name: `a row of ${entity.name} ${saidOf(fields, steps)}`, steps };
}
/** Says of a field that rows keep it only where a step reads it back; what is written alone is taken, no more. */
function saidOf(fields: readonly Field[], steps: readonly ExampleStep[]): string {
  const read = new Set(steps.flatMap((step) => ('then' in step ? Object.keys(step.then ?? {}) : [])));
  const named = (verb: string, isRead: boolean): readonly string[] => {
    const names = fields.flatMap(({ name }) => (read.has(name) === isRead ? [name] : []));
    return names.length === 0 ? [] : [`${verb} ${names.join(', ')}`];
  };
  return [...named('keeps', true), ...named('takes', false)].join(' and ');
}
/** What rows are held to: one that takes what stands on each bound, and refuses what is beyond, and what another row has. */
export function exampleOfHeld(model: SystemModel, entity: EntityContract, all: readonly HeldField[]): Example | undefined {
  const steps: ExampleStep[] = [];
  const needed = valuesOf(model, entity.fields, steps, DEEPEST);
  if (needed === undefined || all.length === 0) return undefined;
  const once = all.filter((one) => 'twice' in one);
  const types = new Map(entity.fields.map(({ name, type }) => [name, type]));
  const row = (number: number): JsonObject =>
    Object.fromEntries(
      entity.fields.flatMap(({ name, type, unique }) => {
        const value = needed[name] ?? (once.some(({ field }) => field === name) ? calm(type) : undefined);
        return value === undefined ? [] : [[name, unique ? another(value, type, number) : value]];
      }),
    );
  steps.push({ create: entity.name, as: 'it', with: row(0) });
  const altered = (field: string, value: Json, taken: boolean): ExampleStep => ({
    update: 'it',
    with: { [field]: value },
    then: taken ? { [field]: value } : { refused: 'invalid' },
  });
  if (once.length > 0) {
    const other = row(1);
    steps.push({ create: entity.name, with: other });
    for (const { field } of once) if (types.has(field)) steps.push(altered(field, other[field] ?? null, false));
  }
  for (const one of all) if ('value' in one) steps.push(altered(one.field, one.value, one.taken));
  return { name: `a row of ${entity.name} is held to its ${[...new Set(all.map(({ field }) => field))].join(', ')}`, steps };
}

/** A value of a type that may stand once: the same again, longer or larger. */
function another(value: Json, type: FieldType, number: number): Json {
  if (number === 0 || type.kind === 'boolean' || type.kind === 'choice') return value;
  if (typeof value === 'number') return value + number;
  if (type.kind === 'text') return `${String(value)}${'a'.repeat(number)}`;
  if (type.kind === 'email') return `${'a'.repeat(number)}${String(value)}`;
  return type.kind === 'url' ? `${String(value)}/${'a'.repeat(number)}` : value;
}
/** The default as an example says it. */
function filledIn({ type, default: given }: Field): Json | undefined {
  if (given === undefined || !('literal' in given)) return undefined;
  const { literal } = given;
  return type.kind === 'choice' ? (type.choices.find(({ id }) => id === literal)?.name ?? literal) : literal;
}
const isReadBack = (field: Field | undefined): boolean =>
  field !== undefined &&
  field.type.kind !== 'list' &&
  !(field.type.kind === 'text' && field.type.secret === true) &&
  field.sensitive !== true;
/** A value that is not what is filled in anyway, where there is another. */
function otherThan(filled: Json | undefined, type: FieldType): Json {
  if (type.kind === 'boolean') return filled !== true;
  if (type.kind === 'choice') return (type.choices.find(({ name }) => name !== filled) ?? type.choices[0])?.name ?? '';
  return calm(type);
}

/** The name of a row that the steps make; one of an entity is enough for all that point to it. */
function rowMade(model: SystemModel, id: PermanentId, steps: ExampleStep[], deepest: number): string | undefined {
  const entity: EntityContract | undefined = entityById(model, id);
  if (entity === undefined || deepest === 0) return undefined;
  const name = `a-${entity.name}`;
  if (steps.some((step) => 'create' in step && step.as === name)) return name;
  const values = valuesOf(model, entity.fields, steps, deepest - 1);
  if (values === undefined) return undefined;
  steps.push({ create: entity.name, as: name, with: values });
  return name;
}

/** What is required and not filled in by itself. */
function valuesOf(model: SystemModel, fields: readonly Field[], steps: ExampleStep[], deepest: number): JsonObject | undefined {
  const values: { [name: string]: Json } = {};
  for (const { name, type, required, derived, default: given } of fields) {
    if (!required || derived !== undefined || given !== undefined) continue;
    if (type.kind === 'reference') {
      const row = rowMade(model, type.to, steps, deepest);
      if (row === undefined) return undefined;
      values[name] = row;
    } else if (type.kind === 'list') {
      const item = valuesOf(model, type.fields, steps, deepest);
      if (item === undefined) return undefined;
      values[name] = [item];
    } else values[name] = calm(type);
  }
  return values;
}
