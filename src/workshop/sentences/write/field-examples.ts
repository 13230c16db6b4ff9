/** Examples for things and fields: what is taken, what is refused, what stands in an answer; each bound on both sides. */
import type { Field, Json, JsonObject } from '#kernel';
import { entityNamed, type ExampleStep, fieldNamed } from '#model';
import type { Draft } from '../expect.ts';
import { labelOf } from '../names.ts';
import type { FieldSpec, Literal, Owner, Request, RequestOf } from '../request.ts';
import { type Drafting, fieldOfDraft, giveSample, jsonOf, sampleItem, sampleRow, sampleValue, stepsOf } from './drafts.ts';
import { compare, decimal, minus, plus, rounded, textOf } from './numbers.ts';

export interface Named {
  readonly name: string;
  readonly steps: readonly ExampleStep[];
}
/** The caller of an example in a role, as its `id` or `name`. */
export const exampleCaller = (role: string, as: 'id' | 'name'): string => (as === 'id' ? `example-${role}` : role);
const STEP: { readonly [kind: string]: string } = { integer: '1', money: '0.01', decimal: '0.01', quantity: '0.01' };

const ownerList = (d: Drafting, owner: Owner): Field | undefined =>
  owner.list === undefined ? undefined : fieldNamed(entityNamed(d.model, owner.entity)?.fields ?? [], owner.list);
/** A row of the owner, and the place in it where the owner's fields stand. */
function place(d: Drafting, owner: Owner): { readonly row: Draft; readonly at: Draft } {
  const row = sampleRow(d, owner.entity);
  const list = ownerList(d, owner);
  if (list === undefined) return { row, at: row };
  const item = row.lists[list.name]?.[0] ?? sampleItem(d, row, list);
  row.lists[list.name] = [item];
  return { row, at: item };
}
/** The steps before the row itself, and the row's own create. */
function around(row: Draft): { readonly before: readonly ExampleStep[]; readonly values: JsonObject } {
  return { before: stepsOf(row).slice(0, -1), values: jsonOf(row) };
}
const creating = (row: Draft, then?: JsonObject): readonly ExampleStep[] => {
  const { before, values } = around(row);
  return [...before, { create: row.entity, as: row.name, with: values, ...(then === undefined ? {} : { then }) }];
};
const refusing = (row: Draft): readonly ExampleStep[] => creating(row, { refused: 'invalid' });
const shown = (row: Draft, at: Draft, owner: Owner, then: JsonObject): readonly ExampleStep[] =>
  creating(row, owner.list === undefined || at === row ? then : { [owner.list]: [then as Json] });
export const article = (words: string): string => (/^[aeiou]/.test(words) ? `an ${words}` : `a ${words}`);
const ownerWords = (owner: Owner): string =>
  owner.list === undefined ? labelOf(owner.entity) : `${labelOf(owner.list)} of ${labelOf(owner.entity)}`;

/** Values just inside and just outside a bound. */
function boundExamples(
  d: Drafting,
  owner: Owner,
  name: string,
  min: string | number | undefined,
  max: string | number | undefined,
): Named[] {
  const made: Named[] = [];
  const what = `the ${labelOf(name)} of ${ownerWords(owner)}`;
  const at = (text: string, taken: boolean): Named | undefined => {
    const { row, at: spot } = place(d, owner);
    const field = fieldOfDraft(d, spot, name);
    if (field === undefined || field.derived !== undefined) return undefined;
    const plain = field.type.kind === 'integer' ? Number(text) : field.type.kind === 'money' ? textOf(rounded(decimal(text), 2)) : text;
    spot.values[name] = plain;
    return {
      name: `${what} can${taken ? '' : 'not'} be ${plain}`,
      steps: taken ? shown(row, spot, owner, { [name]: plain }) : refusing(row),
    };
  };
  const field = fieldOfDraft(d, place(d, owner).at, name);
  const step = decimal(STEP[field?.type.kind ?? 'integer'] ?? '1');
  const bounds = field?.type as { readonly min?: string | number; readonly max?: string | number } | undefined;
  const inside = (text: string): boolean =>
    (bounds?.min === undefined || compare(decimal(text), decimal(String(bounds.min))) >= 0) &&
    (bounds?.max === undefined || compare(decimal(text), decimal(String(bounds.max))) <= 0);
  for (const [limit, outside] of [[min, minus] as const, [max, plus] as const]) {
    if (limit === undefined) continue;
    const text = String(limit);
    const wrong = textOf(outside(decimal(text), step));
    for (const value of [text, wrong]) {
      const example = at(value, inside(value));
      if (example !== undefined) made.push(example);
    }
  }
  return made;
}

function specExamples(d: Drafting, owner: Owner, specs: readonly FieldSpec[]): Named[] {
  const made: Named[] = [];
  for (const spec of specs) {
    if (spec.required === true) {
      const { row, at } = place(d, owner);
      delete at.values[spec.name];
      delete at.refs[spec.name];
      delete at.lists[spec.name];
      // Where something is filled in, a row goes without it only if that is said.
      if (spec.default !== undefined || spec.caller !== undefined) at.values[spec.name] = null;
      made.push({ name: `${article(ownerWords(owner))} without ${labelOf(spec.name)} is refused`, steps: refusing(row) });
    }
    if (spec.type.kind === 'integer' || spec.type.kind === 'money')
      made.push(...boundExamples(d, owner, spec.name, spec.type.min, spec.type.max));
    if (spec.unique === true && owner.list === undefined) made.push(...uniqueExamples(d, owner.entity, spec.name));
    if (spec.default !== undefined) {
      const { row, at } = place(d, owner);
      delete at.values[spec.name];
      made.push({
        name: `the ${labelOf(spec.name)} of ${ownerWords(owner)} is ${literalWords(spec.default)} where none is given`,
        steps: shown(row, at, owner, { [spec.name]: literalValue(spec.default) }),
      });
    }
    const maker = d.model.settings.roles.findLast((role) => role.write);
    if (spec.caller !== undefined && owner.list === undefined && maker !== undefined) {
      const { row, at } = place(d, owner);
      delete at.values[spec.name];
      const { before, values } = around(row);
      made.push({
        name: `the ${labelOf(spec.name)} of ${ownerWords(owner)} is who makes it`,
        steps: [
          ...before,
          { create: row.entity, as: row.name, by: maker.name, with: values, then: { [spec.name]: exampleCaller(maker.name, spec.caller) } },
        ],
      });
    }
    if (spec.type.kind === 'choice') {
      const { row, at } = place(d, owner);
      at.values[spec.name] = 'somethingElse';
      made.push({ name: `the ${labelOf(spec.name)} of ${ownerWords(owner)} is one of its choices`, steps: refusing(row) });
      made.push(...eachChoice(d, owner, spec.name));
    }
  }
  return made;
}
/** A row made with each of the choices: which there are is shown, and none may go unnoticed. */
function eachChoice(d: Drafting, owner: Owner, name: string): Named[] {
  const field = fieldOfDraft(d, place(d, owner).at, name);
  const isLed = [...d.model.operations.map(({ transition }) => transition?.field), ...d.model.workflows.map((flow) => flow.field)].includes(
    field?.id,
  );
  if (field?.type.kind !== 'choice' || owner.list !== undefined || isLed) return [];
  const known = new Set<string>();
  const steps = field.type.choices.flatMap((choice) => {
    const { row, at } = place(d, owner);
    at.values[name] = choice.name;
    return [...stepsOf(row, known).slice(0, -1), { create: row.entity, as: row.name, with: jsonOf(row), then: { [name]: choice.name } }];
  });
  return [
    { name: `the ${labelOf(name)} of ${ownerWords(owner)} can be ${field.type.choices.map((one) => labelOf(one.name)).join(', ')}`, steps },
  ];
}
const literalWords = (literal: Literal): string => ('value' in literal ? labelOf(literal.value) : literal.is);
export const literalValue = (literal: Literal): Json =>
  literal.is === 'yes'
    ? true
    : literal.is === 'no'
      ? false
      : literal.is === 'number'
        ? literal.value.includes('.')
          ? literal.value
          : Number(literal.value)
        : literal.is === 'money'
          ? textOf(rounded(decimal(literal.value), 2))
          : 'value' in literal
            ? literal.value === 'today'
              ? '2026-03-02'
              : literal.value
            : null;

/** All fields of a new thing, or the new fields of an old one, filled and answered. */
function kept(d: Drafting, owner: Owner, specs: readonly FieldSpec[]): Named {
  const { row, at } = place(d, owner);
  const then: { [name: string]: Json } = {};
  for (const spec of specs) {
    const field = fieldOfDraft(d, at, spec.name);
    if (field === undefined || field.derived !== undefined) continue;
    giveSample(d, at, field, 2);
    if (field.type.kind === 'instant') at.values[spec.name] = '2026-02-20T10:00:00Z';
    if (field.type.kind === 'duration') at.values[spec.name] = Math.max(field.type.min ?? 0, 90_000);
    const value = at.values[spec.name];
    if (value !== undefined) then[spec.name] = value;
    else if (at.refs[spec.name] !== undefined) then[spec.name] = at.refs[spec.name]?.name ?? null;
  }
  return {
    name: `${article(ownerWords(owner))} keeps its ${specs.map((spec) => labelOf(spec.name)).join(', ')}`,
    steps: shown(row, at, owner, then),
  };
}
function uniqueExamples(d: Drafting, entity: string, name: string): Named[] {
  const [first, second] = [sampleRow(d, entity), sampleRow(d, entity)];
  const field = fieldOfDraft(d, first, name);
  if (field === undefined) return [];
  giveSample(d, first, field);
  giveSample(d, second, field);
  if (field.type.kind === 'reference') {
    const target = first.refs[name];
    if (target === undefined) return [];
    second.refs[name] = target;
  } else second.values[name] = first.values[name] ?? '';
  const known = new Set<string>();
  const steps = [
    ...stepsOf(first, known),
    ...stepsOf(second, known).slice(0, -1),
    { create: entity, with: jsonOf(second), then: { refused: 'invalid' } },
  ];
  return [{ name: `two ${labelOf(entityNamed(d.model, entity)?.plural ?? entity)} with the same ${labelOf(name)} are refused`, steps }];
}

export function fieldExamples(d: Drafting, request: Request): readonly Named[] | undefined {
  switch (request.act) {
    case 'track': {
      const owner: Owner = { entity: request.name };
      const lists = request.fields.flatMap((spec) =>
        spec.type.kind === 'list' ? specExamples(d, { entity: request.name, list: spec.name }, spec.type.fields) : [],
      );
      return [kept(d, owner, request.fields), ...specExamples(d, owner, request.fields), ...lists];
    }
    case 'addFields':
      return [kept(d, request.owner, request.fields), ...specExamples(d, request.owner, request.fields)];
    case 'renameField':
      return renamed(d, request);
    case 'removeField': {
      const { row, at } = place(d, request.owner);
      at.values[request.field] = 'x';
      return [{ name: `${article(ownerWords(request.owner))} has no ${labelOf(request.field)}`, steps: refusing(row) }];
    }
    case 'setRequired': {
      const { row, at } = place(d, request.owner);
      const left = fieldOfDraft(d, at, request.field);
      delete at.refs[request.field];
      delete at.lists[request.field];
      if (left?.type.kind === 'list') delete at.values[request.field];
      else at.values[request.field] = null;
      const whole = place(d, request.owner);
      const field = fieldOfDraft(d, whole.at, request.field);
      if (field !== undefined) giveSample(d, whole.at, field);
      const name = `${article(ownerWords(request.owner))} without ${labelOf(request.field)} is ${request.required ? 'refused' : 'kept'}`;
      return [
        { name, steps: request.required ? refusing(row) : creating(row, {}) },
        { name: `${article(ownerWords(request.owner))} with ${labelOf(request.field)} is kept`, steps: creating(whole.row, {}) },
      ];
    }
    case 'setUnique': {
      if (request.unique) return uniqueExamples(d, request.owner.entity, request.field);
      const [only] = uniqueExamples(d, request.owner.entity, request.field);
      const steps =
        only?.steps.map((step) => ('create' in step && step.then !== undefined ? { create: step.create, with: step.with } : step)) ?? [];
      return [
        {
          name: `two ${labelOf(entityNamed(d.model, request.owner.entity)?.plural ?? '')} may have the same ${labelOf(request.field)}`,
          steps,
        },
      ];
    }
    case 'setDefault': {
      const { row, at } = place(d, request.owner);
      delete at.values[request.field];
      const own = place(d, request.owner);
      const field = fieldOfDraft(d, own.at, request.field);
      const other =
        field === undefined
          ? undefined
          : [2, 3, 1]
              .map((salt) => sampleValue(field, salt, own.row.name))
              .find((value) => value !== undefined && value !== literalValue(request.value));
      if (other !== undefined) own.at.values[request.field] = other;
      const today: readonly ExampleStep[] = request.value.is === 'date' && request.value.value === 'today' ? [{ today: '2026-03-02' }] : [];
      return [
        {
          name: `the ${labelOf(request.field)} of ${ownerWords(request.owner)} is ${literalWords(request.value)} where none is given`,
          steps: [...today, ...shown(row, at, request.owner, { [request.field]: literalValue(request.value) })],
        },
        ...(other === undefined
          ? []
          : [
              {
                name: `another ${labelOf(request.field)} of ${ownerWords(request.owner)} is kept`,
                steps: shown(own.row, own.at, request.owner, { [request.field]: other }),
              },
            ]),
      ];
    }
    case 'setBounds':
      return boundExamples(d, request.owner, request.field, request.min, request.max);
    case 'addChoices':
      return request.choices.map((choice) => {
        const { row, at } = place(d, request.owner);
        at.values[request.field] = choice;
        const field = fieldOfDraft(d, at, request.field);
        const id = field?.type.kind === 'choice' ? field.type.choices.find(({ name }) => name === choice)?.id : undefined;
        const governed = d.model.operations.some(({ transition }) => transition?.field === field?.id && transition?.to === id);
        return {
          name: `the ${labelOf(request.field)} of ${ownerWords(request.owner)} can be ${labelOf(choice)}`,
          steps: governed ? creating({ ...row, values: {} }, {}) : shown(row, at, request.owner, { [request.field]: choice }),
        };
      });
    case 'removeChoice': {
      const { row, at } = place(d, request.owner);
      at.values[request.field] = request.choice;
      return [
        {
          name: `the ${labelOf(request.field)} of ${ownerWords(request.owner)} cannot be ${labelOf(request.choice)}`,
          steps: refusing(row),
        },
      ];
    }
    default:
      return undefined;
  }
}
function renamed(d: Drafting, request: RequestOf<'renameField'>): readonly Named[] {
  const { row, at } = place(d, request.owner);
  const field = fieldOfDraft(d, at, request.to);
  if (field === undefined || field.derived !== undefined) return [];
  giveSample(d, at, field, 2);
  const value = at.values[request.to];
  const old = place(d, request.owner);
  old.at.values[request.field] = value ?? 'x';
  return [
    ...(value === undefined
      ? []
      : [
          {
            name: `${article(ownerWords(request.owner))} keeps its ${labelOf(request.to)}`,
            steps: shown(row, at, request.owner, { [request.to]: value }),
          },
        ]),
    { name: `${article(ownerWords(request.owner))} has no ${labelOf(request.field)} any more`, steps: refusing(old.row) },
  ];
}
