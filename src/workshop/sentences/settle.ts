/**
 * What a request means for the system as it is: new, already so, impossible, or a question. Pure: the model in, the
 * verdict out. What needs the rows (duplicates, rows in a state) is looked at by `notes.ts`.
 */
import { entityNamed, type SystemModel, workflowOf } from '#model';
import type { Field } from '#kernel';
import { askedOfCaller } from '#rules';
import { capitalised, labelOf, listed } from './names.ts';
import type { Deed, FieldSpec, Literal, Request, RequestOf, TypeSpec } from './request.ts';
import { fieldOf, oneOf, ownerWords, rowOf } from './resolve.ts';

export type Settled =
  | { readonly kind: 'new' }
  | { readonly kind: 'already'; readonly why: string }
  | { readonly kind: 'impossible'; readonly why: string }
  | { readonly kind: 'ask'; readonly why: string; readonly requests: readonly Request[] };

const fresh: Settled = { kind: 'new' };
const already = (why: string): Settled => ({ kind: 'already', why });
const impossible = (why: string): Settled => ({ kind: 'impossible', why });

export function settle(model: SystemModel, request: Request): Settled {
  switch (request.act) {
    case 'track': {
      const entity = entityNamed(model, request.name);
      if (entity === undefined) {
        const clash = model.entities.find(
          (each) => each.plural === request.plural || each.plural === request.name || each.name === request.plural,
        );
        return clash === undefined ? fresh : impossible(`The name "${labelOf(request.plural)}" is taken by ${labelOf(clash.plural)}.`);
      }
      const missing = request.fields.filter((field) => !entity.fields.some((each) => each.name === field.name));
      const different = request.fields.filter((field) =>
        entity.fields.some((each) => each.name === field.name && !sameType(model, each, field.type)),
      );
      if (different[0] !== undefined)
        return impossible(`There are ${labelOf(entity.plural)} already, and their ${labelOf(different[0].name)} is of another kind.`);
      if (missing.length === 0) return already(`${labelOf(entity.plural)} with these fields are tracked already.`);
      return {
        kind: 'ask',
        why: `There are ${labelOf(entity.plural)} already. Shall they also have ${listed(missing.map((field) => labelOf(field.name)))}?`,
        requests: [{ act: 'addFields', owner: { entity: entity.name }, fields: missing }],
      };
    }
    case 'stopTracking': {
      return fresh;
    }
    case 'addFields': {
      const row = rowOf(model, request.owner);
      if (row === undefined) return impossible('There is no such thing.');
      const existing = request.fields.flatMap((field) => {
        const found = row.fields.find((each) => each.name === field.name);
        return found === undefined ? [] : [{ field, found }];
      });
      const different = existing.find(({ field, found }) => !sameType(model, found, field.type) || !sameRest(found, field));
      if (different !== undefined)
        return impossible(
          `${oneOf(model, request.owner)} has a ${labelOf(different.found.name)} already, and it is different (${describe(model, different.found)}).`,
        );
      if (existing.length === request.fields.length)
        return already(`${oneOf(model, request.owner)} has ${listed(request.fields.map((field) => labelOf(field.name)))} already.`);
      if (existing.length > 0) {
        const rest = request.fields.filter((field) => !existing.some((each) => each.field === field));
        return {
          kind: 'ask',
          why: `${oneOf(model, request.owner)} has ${listed(existing.map(({ field }) => labelOf(field.name)))} already. Shall only the rest be added?`,
          requests: [{ ...request, fields: rest }],
        };
      }
      return fresh;
    }
    case 'renameField': {
      const row = rowOf(model, request.owner);
      if (request.field === request.to) return already('That is its name already.');
      if (row?.fields.some((field) => field.name === request.to))
        return impossible(`${oneOf(model, request.owner)} has another field called ${labelOf(request.to)}.`);
      return fresh;
    }
    case 'removeField':
      return fresh;
    case 'setRequired': {
      const field = fieldOf(model, request.owner, request.field);
      if (field?.derived !== undefined)
        return impossible(`The ${labelOf(request.field)} is calculated, so it cannot be required or optional.`);
      return field?.required === request.required
        ? already(
            `The ${labelOf(request.field)} of ${oneOf(model, request.owner)} is ${request.required ? 'required' : 'optional'} already.`,
          )
        : fresh;
    }
    case 'setUnique': {
      const field = fieldOf(model, request.owner, request.field);
      if (request.owner.list !== undefined) return impossible('A field of an item cannot be unique.');
      if (field?.derived !== undefined) return impossible(`The ${labelOf(request.field)} is calculated, so it cannot be made unique.`);
      if (field?.type.kind === 'list' || field?.type.kind === 'boolean' || field?.type.kind === 'choice')
        return impossible(`A ${labelOf(request.field)} cannot be unique.`);
      return field?.unique === request.unique
        ? already(`The ${labelOf(request.field)} of ${oneOf(model, request.owner)} is ${request.unique ? 'unique' : 'not unique'} already.`)
        : fresh;
    }
    case 'setDefault': {
      const field = fieldOf(model, request.owner, request.field);
      if (field === undefined) return fresh;
      const literal = field.default !== undefined && 'literal' in field.default ? field.default.literal : undefined;
      return literal !== undefined && plainLiteral(request.value) === normalLiteral(literal)
        ? already('That is its default already.')
        : (checkDefault(field, request.value) ?? fresh);
    }
    case 'setBounds': {
      const field = fieldOf(model, request.owner, request.field);
      const type = field?.type;
      if (
        field === undefined ||
        type === undefined ||
        !(
          'min' in type ||
          'max' in type ||
          type.kind === 'integer' ||
          type.kind === 'money' ||
          type.kind === 'decimal' ||
          type.kind === 'quantity'
        )
      )
        return impossible('That field has no bounds.');
      const now = type as { readonly min?: number | string; readonly max?: number | string };
      const same = (wanted: string | undefined, has: number | string | undefined): boolean =>
        wanted === undefined || (has !== undefined && Number(has) === Number(wanted));
      if (same(request.min, now.min) && same(request.max, now.max)) return already('It has these bounds already.');
      const min = request.min ?? now.min;
      const max = request.max ?? now.max;
      if (min !== undefined && max !== undefined && Number(min) > Number(max))
        return impossible(`It would have to be at least ${min} and at most ${max}: no value is.`);
      const value = field.default !== undefined && 'literal' in field.default ? Number(normalLiteral(field.default.literal)) : NaN;
      if ((min !== undefined && value < Number(min)) || (max !== undefined && value > Number(max)))
        return impossible(`Its default is ${value}, which would be out of bounds. Change the default first.`);
      return fresh;
    }
    case 'addChoices': {
      const field = fieldOf(model, request.owner, request.field);
      const names = field?.type.kind === 'choice' ? field.type.choices.map((choice) => choice.name) : [];
      const added = request.choices.filter((choice) => !names.includes(choice));
      const entity = request.owner.list === undefined ? entityNamed(model, request.owner.entity) : undefined;
      if (added[0] !== undefined && entity !== undefined && field !== undefined && workflowOf(model, entity.id, field.id) !== undefined)
        return impossible(
          `${capitalised(oneOf(model, request.owner))} goes by a workflow: say from where it becomes ${labelOf(added[0])} ("${capitalised(oneOf(model, request.owner))} can also go from ... to ${labelOf(added[0])}").`,
        );
      if (added.length === 0)
        return already(
          `The ${labelOf(request.field)} of ${oneOf(model, request.owner)} can be ${listed(request.choices.map(labelOf), 'or')} already.`,
        );
      return added.length < request.choices.length
        ? {
            kind: 'ask',
            why: 'Some of these values are there already. Shall the others be added?',
            requests: [{ ...request, choices: added }],
          }
        : fresh;
    }
    case 'removeChoice': {
      const field = fieldOf(model, request.owner, request.field);
      if (field?.type.kind !== 'choice') return impossible('That is no choice.');
      if (!field.type.choices.some((choice) => choice.name === request.choice))
        return already(`The ${labelOf(request.field)} of ${oneOf(model, request.owner)} cannot be ${labelOf(request.choice)}.`);
      if (field.type.choices.length < 3) return impossible('A choice needs at least two values.');
      if (field.default !== undefined && 'literal' in field.default && field.default.literal === request.choice)
        return impossible(`${labelOf(request.choice)} is the default. Change the default first.`);
      return fresh;
    }
    case 'derive': {
      const field = fieldOf(model, request.owner, request.field);
      if (field === undefined || field.derived !== undefined) return fresh;
      return impossible(
        `${oneOf(model, request.owner)} has a ${labelOf(request.field)} that people fill in; a calculated one would replace what they wrote. Give the calculated field another name, or remove the old one first.`,
      );
    }
    case 'deriveFlag': {
      const field = fieldOf(model, request.owner, request.field);
      return field === undefined || field.derived !== undefined
        ? fresh
        : impossible(`${oneOf(model, request.owner)} has a field ${labelOf(request.field)} that people fill in.`);
    }
    case 'defaultFormula': {
      const field = fieldOf(model, request.owner, request.field);
      return field?.derived === undefined
        ? fresh
        : impossible(`The ${labelOf(request.field)} is calculated; a calculated field has no default.`);
    }
    case 'access': {
      const role = model.settings.roles.find(
        (each) => request.roles.includes(each.name) && !(request.changes === undefined ? each.read : each.write),
      );
      return role === undefined || request.roles.length === model.settings.roles.length
        ? fresh
        : impossible(`A ${labelOf(role.name)} may not ${request.changes === undefined ? 'read' : 'write'} at all; theseus.json says so.`);
    }
    case 'react':
    case 'schedule': {
      const undone = request.deeds.some((deed) => deed.is === 'set' && deed.on.length === 0 && isSoAlready(request, deed));
      return undone ? impossible('What is to be done is so already when it is to be done.') : fresh;
    }
    case 'reschedule':
    case 'stopUnasked':
    case 'limit':
    case 'discount':
    case 'approval':
    case 'allow':
    case 'restrict':
    case 'show':
    case 'stopShowing':
    case 'flow':
    case 'addWay':
    case 'removeWay':
    case 'wayBy':
    case 'wayWhen':
    case 'wayAfter':
    case 'neverWay':
    case 'stopFlow':
      return fresh;
  }
}
const plainLiteral = (value: Literal): string =>
  value.is === 'yes'
    ? 'true'
    : value.is === 'no'
      ? 'false'
      : !('value' in value)
        ? value.is
        : value.is === 'money' || value.is === 'number'
          ? String(Number(value.value))
          : value.value;
const normalLiteral = (value: unknown): string =>
  typeof value === 'object' && value !== null && 'amount' in value
    ? String(Number(value.amount))
    : typeof value === 'string' && /^-?\d+(\.\d+)?$/.test(value)
      ? String(Number(value))
      : String(value);
function checkDefault(field: Field, value: Literal): Settled | undefined {
  const bounds = field.type as { readonly min?: number | string; readonly max?: number | string };
  if (value.is !== 'number' && value.is !== 'money') return undefined;
  if (bounds.min !== undefined && Number(value.value) < Number(bounds.min))
    return impossible(`The ${labelOf(field.name)} is at least ${bounds.min}.`);
  if (bounds.max !== undefined && Number(value.value) > Number(bounds.max))
    return impossible(`The ${labelOf(field.name)} is at most ${bounds.max}.`);
  return undefined;
}
export function sameType(model: SystemModel, field: Field, type: TypeSpec): boolean {
  const has = field.type;
  if (has.kind !== type.kind) return false;
  if (type.kind === 'reference' && has.kind === 'reference')
    return model.entities.some((entity) => entity.id === has.to && entity.name === type.to);
  if (type.kind === 'choice' && has.kind === 'choice')
    return type.choices.every((choice) => has.choices.some((each) => each.name === choice)) && has.choices.length === type.choices.length;
  if (type.kind === 'list' && has.kind === 'list')
    return type.fields.every((each) => has.fields.some((other) => other.name === each.name && sameType(model, other, each.type)));
  if ((type.kind === 'integer' || type.kind === 'money') && (has.kind === 'integer' || has.kind === 'money')) {
    return (
      (type.min === undefined || Number(type.min) === Number(has.min)) && (type.max === undefined || Number(type.max) === Number(has.max))
    );
  }
  return true;
}
const sameRest = (field: Field, spec: FieldSpec): boolean =>
  (spec.required !== true || field.required || field.derived !== undefined) &&
  (spec.unique !== true || field.unique) &&
  (spec.caller === undefined ||
    (field.default !== undefined && 'formula' in field.default && askedOfCaller(field.default.formula) === spec.caller));
const describe = (model: SystemModel, field: Field): string =>
  field.derived !== undefined
    ? 'calculated'
    : field.type.kind === 'reference'
      ? `a ${ownerWords(model, { entity: model.entities.find((entity) => field.type.kind === 'reference' && entity.id === field.type.to)?.name ?? '' })}`
      : field.type.kind;

/** Whether the rows that a reaction or job works on have that value by what is asked of them. */
function isSoAlready(request: RequestOf<'react' | 'schedule'>, { field, value }: Extract<Deed, { is: 'set' }>): boolean {
  if (typeof value !== 'object' || !('literal' in value)) return false;
  const { literal } = value;
  const conditions = [
    ...request.where,
    ...(request.act === 'react' && request.trigger.is === 'becomes' ? [request.trigger.condition] : []),
  ];
  return conditions.some((condition) => {
    if (condition.is === 'compare' || condition.path.join() !== field) return false;
    if (condition.is === 'flag') return (literal.is === 'yes' || literal.is === 'no') && condition.value === (literal.is === 'yes');
    if (condition.is === 'choice')
      return literal.is === 'choice' && condition.not !== true && condition.among.length === 1 && condition.among[0] === literal.value;
    return condition.is === 'equals' && literal.is === 'text' && condition.not !== true && condition.text === literal.value;
  });
}
