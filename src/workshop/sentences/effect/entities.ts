/** What things and fields requests make of the entities. */
import type { EntityContract, Field, FieldType, Json, ValueType } from '#kernel';
import { entityNamed, fieldNamed, nextNumber, type SystemModel } from '#model';
import { articleFor } from '../inflection.ts';
import { nodesOf } from '#rules';
import { labelOf, listed } from '../names.ts';
import type { FieldSpec, Literal, Owner, RequestOf, TypeSpec } from '../request.ts';
import { discountParts, rowOf } from '../resolve.ts';
import type { Applied, Effects } from './applied.ts';
import { minter } from './identity.ts';
import { callerIr, conditionIr, formulaIr, rowInput, allOf } from './ir.ts';
import { sameExpression } from './same.ts';
import { operationsNaming, usersOf } from './uses.ts';

type Mint = ReturnType<typeof minter>;

export const withEntity = (model: SystemModel, entity: EntityContract): SystemModel => {
  const there = model.entities.some((each) => each.id === entity.id);
  return {
    ...model,
    entities: there ? model.entities.map((each) => (each.id === entity.id ? entity : each)) : [...model.entities, entity],
  };
};
const changed = (model: SystemModel): Applied => ({ model, same: false });

/** The literal in the form of a source: amounts as text, dates as text. */
export const literalJson = (literal: Literal, type: FieldType, currency: string): Json =>
  literal.is === 'yes'
    ? true
    : literal.is === 'no'
      ? false
      : literal.is === 'number' && type.kind === 'integer'
        ? Number(literal.value)
        : literal.is === 'money'
          ? { amount: padded(literal.value, 2), currency }
          : literal.is === 'number' && (type.kind === 'decimal' || type.kind === 'quantity')
            ? padded(literal.value, type.scale)
            : 'value' in literal
              ? literal.value
              : null;
/** A bare number for an amount is an amount. */
const fitted = (literal: Literal, type: FieldType): Literal =>
  literal.is === 'number' && type.kind === 'money' ? { is: 'money', value: literal.value } : literal;
const padded = (text: string, scale: number): string => {
  const [whole = '0', part = ''] = text.split('.');
  return scale === 0 ? whole : `${whole}.${part.padEnd(scale, '0')}`;
};

function typeOf(model: SystemModel, spec: TypeSpec, what: string, mint: Mint): FieldType {
  switch (spec.kind) {
    case 'integer':
      return {
        kind: 'integer',
        ...(spec.min === undefined ? {} : { min: Number(spec.min) }),
        ...(spec.max === undefined ? {} : { max: Number(spec.max) }),
      };
    case 'money':
      return {
        kind: 'money',
        ...(spec.min === undefined ? {} : { min: padded(spec.min, model.settings.currency.digits) }),
        ...(spec.max === undefined ? {} : { max: padded(spec.max, model.settings.currency.digits) }),
      };
    case 'decimal':
      return { kind: 'decimal', scale: 2 };
    case 'choice':
      return { kind: 'choice', choices: spec.choices.map((name) => ({ id: mint('c', `${what}.${name}`), name })) };
    case 'reference': {
      const to = entityNamed(model, spec.to);
      if (to === undefined) throw new TypeError(`no entity ${spec.to}`);
      return { kind: 'reference', to: to.id };
    }
    case 'list':
      return { kind: 'list', item: spec.item, itemId: mint('e', what), fields: fieldsOf(model, spec.fields, [], [], what, mint) };
    default:
      return { kind: spec.kind };
  }
}
export function fieldsOf(
  model: SystemModel,
  specs: readonly FieldSpec[],
  before: readonly Field[],
  retired: EntityContract['retired'],
  what: string,
  mint: Mint,
): readonly Field[] {
  const made: Field[] = [];
  for (const spec of specs) {
    const type = typeOf(model, spec.type, `${what}.${spec.name}`, mint);
    made.push({
      id: mint('f', `${what}.${spec.name}`),
      no: nextNumber([...before, ...made], retired),
      name: spec.name,
      type,
      required: spec.required === true,
      unique: spec.unique === true,
      sensitive: false,
      ...(spec.caller !== undefined ? { default: { formula: callerIr(spec.caller) } } : {}),
      ...(spec.default === undefined
        ? {}
        : spec.default.is === 'date' && spec.default.value === 'today'
          ? { default: { formula: { node: 'today' as const, type: { kind: 'date' as const, optional: false } } } }
          : { default: { literal: literalJson(fitted(spec.default, type), type, model.settings.currency.code) } }),
    });
  }
  return made;
}

export function track(model: SystemModel, request: RequestOf<'track'>, effects: Effects): Applied {
  const mint = minter(model, effects.change);
  const id = mint('e', request.name);
  const fields = fieldsOf(model, request.fields, [], [], request.name, mint);
  const title =
    ['name', 'title', 'number', 'code'].find((name) => fieldNamed(fields, name) !== undefined) ??
    (
      fields.find((field) => field.type.kind === 'text') ??
      fields.find((field) => field.type.kind === 'date') ??
      fields.find((field) => field.type.kind !== 'list')
    )?.name;
  if (title === undefined)
    return {
      why: `${labelOf(request.plural)} need a field of their own beside their lines, such as a name or a number, so that one can be told from another.`,
    };
  return changed(
    withEntity(model, { kind: 'entity', id, name: request.name, plural: request.plural, fields, retired: [], title, invariants: [] }),
  );
}
export function stopTracking(model: SystemModel, request: RequestOf<'stopTracking'>): Applied {
  const entity = entityNamed(model, request.entity);
  if (entity === undefined) return { why: 'There is no such thing.' };
  const own = new Set(entity.fields.map((field) => `the ${labelOf(field.name)} of ${labelOf(entity.plural)}`));
  const users = usersOf(model, entity.id).filter((user) => !own.has(user));
  if (users.length > 0) return { why: `${labelOf(entity.plural)} are used by ${listed(users)}. Remove these first.` };
  return changed({ ...model, entities: model.entities.filter((each) => each.id !== entity.id) });
}

/** The fields of the owner, changed. */
export function withFields(model: SystemModel, owner: Owner, change: (fields: readonly Field[]) => readonly Field[]): SystemModel {
  const entity = entityNamed(model, owner.entity);
  if (entity === undefined) return model;
  const fields =
    owner.list === undefined
      ? change(entity.fields)
      : entity.fields.map((field) =>
          field.name === owner.list && field.type.kind === 'list'
            ? { ...field, type: { ...field.type, fields: change(field.type.fields) } }
            : field,
        );
  return withEntity(model, { ...entity, fields });
}
const onField = (model: SystemModel, owner: Owner, name: string, change: (field: Field) => Field): SystemModel =>
  withFields(model, owner, (fields) => fields.map((field) => (field.name === name ? change(field) : field)));

export function addFields(model: SystemModel, request: RequestOf<'addFields'>, effects: Effects): Applied {
  const row = rowOf(model, request.owner);
  if (row === undefined) return { why: 'There is no such thing.' };
  const needed = request.fields.filter((field) => field.required === true && field.default === undefined).map((field) => field.name);
  const maker = makerWithout(model, request.owner, needed, effects);
  if (maker !== undefined) return maker;
  const retired = request.owner.list === undefined ? row.entity.retired : [];
  const mint = minter(model, effects.change);
  const made = fieldsOf(
    model,
    request.fields,
    row.fields,
    retired,
    [request.owner.entity, request.owner.list].filter(Boolean).join('.'),
    mint,
  );
  return changed(withFields(model, request.owner, (fields) => [...fields, ...made]));
}
export function renameField(model: SystemModel, request: RequestOf<'renameField'>): Applied {
  const renamed = onField(model, request.owner, request.field, (field) => ({ ...field, name: request.to }));
  const entity = entityNamed(renamed, request.owner.entity);
  if (entity === undefined) return { why: 'There is no such thing.' };
  const titled =
    request.owner.list === undefined && entity.title === request.field ? withEntity(renamed, { ...entity, title: request.to }) : renamed;
  const id = fieldNamed(rowOf(model, request.owner)?.fields ?? [], request.field)?.id;
  return changed(id === undefined ? titled : renamedInFormulas(titled, id, request.to));
}
/** The name stands in expressions beside the id. */
function renamedInFormulas(model: SystemModel, id: Field['id'], to: string): SystemModel {
  const walk = (value: unknown): unknown => {
    if (Array.isArray(value)) return value.map(walk);
    if (typeof value !== 'object' || value === null) return value;
    const entries = Object.entries(value).map(([key, member]) => [key, walk(member)] as const);
    const made = Object.fromEntries(entries);
    return made['node'] === 'field' && made['id'] === id ? { ...made, field: to } : made;
  };
  return {
    ...model,
    entities: walk(model.entities) as SystemModel['entities'],
    rules: walk(model.rules) as SystemModel['rules'],
    workflows: walk(model.workflows) as SystemModel['workflows'],
    views: walk(model.views) as SystemModel['views'],
  };
}
export function removeField(model: SystemModel, request: RequestOf<'removeField'>, effects: Effects): Applied {
  const row = rowOf(model, request.owner);
  const field = fieldNamed(row?.fields ?? [], request.field);
  if (row === undefined || field === undefined) return { why: 'There is no such field.' };
  const users = [...usersOf(model, field.id), ...operationsNaming(model, row.entity.id, field.name, effects.bodies)];
  if (users.length > 0)
    return {
      why: `The ${labelOf(field.name)} of ${labelOf(row.entity.plural)} is used by ${listed([...new Set(users)])}. Change these first.`,
    };
  if (request.owner.list !== undefined) {
    return row.fields.length < 2
      ? { why: 'An item needs at least one field.' }
      : changed(withFields(model, request.owner, (fields) => fields.filter((each) => each.id !== field.id)));
  }
  const rest = row.fields.filter((each) => each.id !== field.id);
  const title =
    row.entity.title === field.name
      ? (rest.find((each) => each.type.kind === 'text') ?? rest.find((each) => each.type.kind !== 'list'))?.name
      : row.entity.title;
  if (title === undefined) return { why: `The ${labelOf(field.name)} is the only field that names ${labelOf(row.entity.plural)}.` };
  return changed(
    withEntity(model, {
      ...withoutIndexesOf(row.entity, field.id),
      title,
      fields: rest,
      retired: [...row.entity.retired, { id: field.id, no: field.no, name: field.name }],
    }),
  );
}
/** An index goes with the field that it holds. */
function withoutIndexesOf({ indexes = [], ...entity }: EntityContract, field: Field['id']): EntityContract {
  const kept = indexes.filter(
    (index) => 'search' in index || (!index.filter.includes(field) && index.sort.every((part) => part.field !== field)),
  );
  return kept.length === 0 ? entity : { ...entity, indexes: kept };
}
export function setRequired(model: SystemModel, request: RequestOf<'setRequired'>, effects: Effects): Applied {
  const field = fieldNamed(rowOf(model, request.owner)?.fields ?? [], request.field);
  if (field === undefined) return { why: 'There is no such field.' };
  if (request.required) {
    const maker = field.default === undefined ? makerWithout(model, request.owner, [request.field], effects) : undefined;
    if (maker !== undefined) return maker;
  } else if (['integer', 'money', 'decimal', 'quantity', 'date'].includes(field.type.kind)) {
    const users = usersOf(model, field.id);
    if (users.length > 0)
      return {
        why: `The ${labelOf(field.name)} must be given: ${listed(users)} ${users.length === 1 ? 'counts' : 'count'} on it. Change these first.`,
      };
  }
  return changed(onField(model, request.owner, request.field, (each) => ({ ...each, required: request.required })));
}
/** An operation that makes such rows and does not give these fields would be refused from then on. */
function makerWithout(model: SystemModel, owner: Owner, fields: readonly string[], effects: Effects): { readonly why: string } | undefined {
  const entity = entityNamed(model, owner.entity);
  for (const operation of model.operations) {
    const body = effects.bodies[operation.name];
    const makes = operation.capabilities.some(
      (each) => each.kind === 'data' && each.entity === entity?.id && each.access.includes('create'),
    );
    const left = fields.find((field) => makes && body !== undefined && !new RegExp(`\\b${field}\\b`).test(body));
    if (left !== undefined)
      return {
        why: `The operation ${labelOf(operation.name)} makes ${labelOf(entity?.plural ?? owner.entity)} without ${articleFor(labelOf(left))} ${labelOf(left)}, so it cannot be required. Make it optional, or give it a default.`,
      };
  }
  return undefined;
}
export const setUnique = (model: SystemModel, request: RequestOf<'setUnique'>): Applied =>
  changed(onField(model, request.owner, request.field, (field) => ({ ...field, unique: request.unique })));
export function setDefault(model: SystemModel, request: RequestOf<'setDefault'>): Applied {
  const field = fieldNamed(rowOf(model, request.owner)?.fields ?? [], request.field);
  const reader =
    field === undefined || request.value.is !== 'date' || request.value.value !== 'today'
      ? undefined
      : defaultReading(model, request.owner, field.id);
  if (reader !== undefined)
    return {
      why: `The default of the ${labelOf(reader)} is counted from the ${labelOf(request.field)}, which must then be given and not filled in itself. Make the ${labelOf(reader)} a calculated field, or leave one of the defaults out.`,
    };
  return changed(
    onField(model, request.owner, request.field, (field) => ({
      ...field,
      default:
        request.value.is === 'date' && request.value.value === 'today'
          ? { formula: { node: 'today', type: { kind: 'date', optional: false } } }
          : { literal: literalJson(request.value, field.type, model.settings.currency.code) },
    })),
  );
}
/** A field whose default is calculated from this one. */
const defaultReading = (model: SystemModel, owner: Owner, id: Field['id']): string | undefined =>
  rowOf(model, owner)?.fields.find(
    (field) =>
      field.default !== undefined &&
      'formula' in field.default &&
      [...nodesOf(field.default.formula)].some((node) => node.node === 'field' && node.id === id),
  )?.name;
export function setBounds(model: SystemModel, request: RequestOf<'setBounds'>): Applied {
  const digits = model.settings.currency.digits;
  return changed(
    onField(model, request.owner, request.field, (field) => {
      const type = field.type;
      if (type.kind === 'integer')
        return {
          ...field,
          type: {
            ...type,
            ...(request.min === undefined ? {} : { min: Number(request.min) }),
            ...(request.max === undefined ? {} : { max: Number(request.max) }),
          },
        };
      if (type.kind !== 'money' && type.kind !== 'decimal' && type.kind !== 'quantity') return field;
      const scale = type.kind === 'money' ? digits : type.scale;
      return {
        ...field,
        type: {
          ...type,
          ...(request.min === undefined ? {} : { min: padded(request.min, scale) }),
          ...(request.max === undefined ? {} : { max: padded(request.max, scale) }),
        },
      };
    }),
  );
}
export function addChoices(model: SystemModel, request: RequestOf<'addChoices'>, effects: Effects): Applied {
  const mint = minter(model, effects.change);
  return changed(
    onField(model, request.owner, request.field, (field) =>
      field.type.kind !== 'choice'
        ? field
        : {
            ...field,
            type: {
              ...field.type,
              choices: [
                ...field.type.choices,
                ...request.choices.map((name) => ({ id: mint('c', `${request.owner.entity}.${field.name}.${name}`), name })),
              ],
            },
          },
    ),
  );
}
export function removeChoice(model: SystemModel, request: RequestOf<'removeChoice'>, effects: Effects): Applied {
  const row = rowOf(model, request.owner);
  const field = fieldNamed(row?.fields ?? [], request.field);
  const choice = field?.type.kind === 'choice' ? field.type.choices.find((each) => each.name === request.choice) : undefined;
  if (row === undefined || field === undefined || choice === undefined) return { why: 'There is no such value.' };
  const users = [...usersOf(model, choice.id), ...operationsNaming(model, row.entity.id, choice.name, effects.bodies)];
  if (users.length > 0)
    return { why: `The value "${labelOf(choice.name)}" is used by ${listed([...new Set(users)])}. Change these first.` };
  return changed(
    onField(model, request.owner, request.field, (each) =>
      each.type.kind !== 'choice'
        ? each
        : { ...each, type: { ...each.type, choices: each.type.choices.filter((other) => other.id !== choice.id) } },
    ),
  );
}

const typeOfValue = (type: ValueType): FieldType =>
  type.kind === 'number'
    ? type.money
      ? { kind: 'money' }
      : type.scale === 0
        ? { kind: 'integer' }
        : { kind: 'decimal', scale: type.scale }
    : type.kind === 'boolean'
      ? { kind: 'boolean' }
      : { kind: 'date' };

export function derive(model: SystemModel, request: RequestOf<'derive'> | RequestOf<'deriveFlag'>, effects: Effects): Applied {
  const row = rowOf(model, request.owner);
  if (row === undefined) return { why: 'There is no such thing.' };
  const of = rowInput(row);
  const formula =
    request.act === 'derive'
      ? formulaIr(model, row, of, request.formula)
      : allOf(request.when.map((condition) => conditionIr(model, row, of, condition)));
  if (formula === undefined) return { why: 'There is no condition.' };
  const parts = discountParts(model, row);
  const target = parts !== undefined && parts.total === request.field ? parts.subtotal : request.field;
  const existing = fieldNamed(row.fields, target);
  if (existing !== undefined) {
    if (existing.derived?.mode === 'live' && sameExpression(model, existing.derived.formula, formula)) return { model, same: true };
    return changed(onField(model, request.owner, target, (field) => ({ ...field, derived: { mode: 'live', formula } })));
  }
  const id = minter(model, effects.change)('f', `${request.owner.entity}.${target}`);
  const field: Field = {
    id,
    no: nextNumber(row.fields, request.owner.list === undefined ? row.entity.retired : []),
    name: target,
    type: typeOfValue(formula.type),
    required: false,
    unique: false,
    sensitive: false,
    derived: { mode: 'live', formula },
  };
  return changed(withFields(model, request.owner, (fields) => [...fields, field]));
}
export function defaultFormula(model: SystemModel, request: RequestOf<'defaultFormula'>, effects: Effects): Applied {
  const row = rowOf(model, request.owner);
  if (row === undefined) return { why: 'There is no such thing.' };
  const formula = formulaIr(model, row, rowInput(row), request.formula);
  const filled = row.fields.find(
    (field) =>
      (field.derived !== undefined || (field.default !== undefined && 'formula' in field.default)) &&
      [...nodesOf(formula)].some((node) => node.node === 'field' && node.id === field.id),
  );
  if (filled !== undefined)
    return {
      why: `A default is counted from what is given; the ${labelOf(filled.name)} is itself ${filled.derived === undefined ? 'filled in' : 'calculated'}. Say it without "by default" for a calculated field.`,
    };
  const existing = fieldNamed(row.fields, request.field);
  if (existing !== undefined) {
    if (existing.default !== undefined && 'formula' in existing.default && sameExpression(model, existing.default.formula, formula))
      return { model, same: true };
    return changed(onField(model, request.owner, request.field, (field) => ({ ...field, default: { formula } })));
  }
  const id = minter(model, effects.change)('f', `${request.owner.entity}.${request.field}`);
  const field: Field = {
    id,
    no: nextNumber(row.fields, request.owner.list === undefined ? row.entity.retired : []),
    name: request.field,
    type: typeOfValue(formula.type),
    required: false,
    unique: false,
    sensitive: false,
    default: { formula },
  };
  return changed(withFields(model, request.owner, (fields) => [...fields, field]));
}
