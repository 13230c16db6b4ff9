/** Declared fields to fields of a contract: references resolved, bounds and defaults held against the settings. */
import { permanentId, type Derivation, type Expression, type Field, type FieldType, type Json, type PermanentId } from '#kernel';
import { askedOfCaller, nodesOf, valueTypeOf } from '#rules';
import { fromJson, isFieldError, largestWhole, scaled, unscaled } from '#schema';
import type { DeclaredField } from './declared.ts';
import { shapeWritten } from './link-shapes.ts';
import type { FieldSet, LinkedFile, Links, Shell } from './linked-file.ts';

export function shellOf(file: LinkedFile, declared: readonly DeclaredField[], linker: Links): Shell {
  const declaration = file.declared.declaration;
  const set = fieldSet(file, declared, linker);
  const lists = new Map<string, FieldSet>();
  for (const field of set.fields)
    if (field.type.kind === 'list')
      lists.set(field.name, { fields: field.type.fields, byName: new Map(field.type.fields.map((inner) => [inner.name, inner])) });
  return {
    ...set,
    lists,
    id: declaration?.kind === 'entity' ? declaration.id : permanentId('e_none'),
    name: declaration?.kind === 'entity' ? declaration.name : '',
  };
}

/** Fields with references resolved and literal defaults, in order; what cannot be resolved is reported and left out. */
export function fieldSet(file: LinkedFile, declared: readonly DeclaredField[], linker: Links): FieldSet {
  const fields: Field[] = [];
  for (const field of declared) {
    const type = typeOf(file, field, linker);
    if (type === undefined) continue;
    const made: Field = {
      id: field.id,
      no: field.no,
      name: field.name,
      type,
      required: field.required,
      unique: field.unique,
      sensitive: field.sensitive,
    };
    if (field.defaultLiteral === undefined) fields.push(made);
    else {
      const literal = type.kind === 'money' ? moneyJson(field.defaultLiteral.json, linker) : field.defaultLiteral.json;
      const checked = fromJson({ ...made, required: true }, literal, linker.settings);
      if (isFieldError(checked))
        file.report(
          field.defaultLiteral.start,
          `the default of ${field.name} ${Object.values(checked.messages)[0] ?? 'does not fit'}${type.kind === 'money' ? "; write it as '0.00'" : ''}`,
        );
      fields.push({ ...made, default: { literal } });
    }
  }
  return { fields, byName: new Map(fields.map((field) => [field.name, field])) };
}

function typeOf(file: LinkedFile, field: DeclaredField, linker: Links): FieldType | undefined {
  const type = field.type;
  if (type.kind === 'reference' && field.to !== undefined) {
    const target = linker.entity(file, field.to);
    return target === undefined ? undefined : { kind: 'reference', to: target.declaration.id };
  }
  if (type.kind === 'list') return { ...type, fields: fieldSet(file, field.fields ?? [], linker).fields };
  if (type.kind === 'json' && type.shape !== undefined) {
    const shape = shapeWritten(file, type.shape, field.start, linker);
    return shape === undefined ? undefined : { kind: 'json', shape };
  }
  if (type.kind === 'money') {
    const { digits, code } = linker.settings.currency;
    for (const bound of [type.min, type.max]) {
      if (bound === undefined || scaled(bound, digits) !== undefined) continue;
      file.report(
        field.start,
        (bound.split('.')[1]?.length ?? 0) > digits
          ? `the bound ${bound} of ${field.name} has more digits after the point than ${code} has (${digits})`
          : `the bound ${bound} of ${field.name} is too large: amounts go up to ${unscaled(largestWhole, digits)}`,
      );
    }
    const min = type.min === undefined ? undefined : scaled(type.min, digits);
    const max = type.max === undefined ? undefined : scaled(type.max, digits);
    if (min !== undefined && max !== undefined && min > max)
      file.report(field.start, `min ${type.min} is above max ${type.max}: no amount could be given`);
  }
  return type;
}

/** '4.50' in a source is {"amount":"4.50","currency":"EUR"} in a contract. */
function moneyJson(json: Json, linker: Links): Json {
  const { digits, code } = linker.settings.currency;
  const value = typeof json === 'string' ? scaled(json, digits) : undefined;
  return value === undefined ? json : { amount: unscaled(value, digits), currency: code };
}

/** The shell's fields with what is computed. `row` is the row that they belong to. */
export function wholeFields(
  file: LinkedFile,
  declared: readonly DeclaredField[],
  set: FieldSet,
  row: PermanentId,
  list: string | undefined,
  linker: Links,
): readonly Field[] {
  return set.fields.map((field) => {
    const source = declared.find((candidate) => candidate.name === field.name);
    if (source === undefined) return field;
    let whole: Field = field;
    if (field.type.kind === 'list') {
      const inner = wholeFields(
        file,
        source.fields ?? [],
        { fields: field.type.fields, byName: new Map() },
        field.type.itemId,
        field.name,
        linker,
      );
      whole = { ...whole, type: { ...field.type, fields: inner } };
    }
    const derived = derivationOf(file, source, row, list, linker);
    if (derived !== undefined) whole = { ...whole, derived };
    if (source.defaultFormula !== undefined) {
      const type = valueTypeOf(field, linker.settings.currency.digits);
      const formula = linker.formula(
        file,
        `${list === undefined ? '' : `${list}.`}${field.name} default`,
        source.defaultFormula,
        row,
        type === undefined ? undefined : { ...type, optional: true },
        'caller',
      );
      if (formula !== undefined) {
        checkDefault(file, source, declared, formula);
        whole = { ...whole, default: { formula } };
      }
    }
    return whole;
  });
}

function derivationOf(
  file: LinkedFile,
  source: DeclaredField,
  row: PermanentId,
  list: string | undefined,
  linker: Links,
): Derivation | undefined {
  const [formula, otherwise] = linker.computed(file, list, source.name);
  if (source.live !== undefined) return formula === undefined ? undefined : { mode: 'live', formula };
  if (source.fixed === undefined) return undefined;
  const condition = linker.formula(file, `${list === undefined ? '' : `${list}.`}${source.name} while`, source.fixed.while, row, {
    kind: 'boolean',
    optional: false,
  });
  return formula === undefined || otherwise === undefined || condition === undefined
    ? undefined
    : { mode: 'fixed', while: condition, formula, otherwise };
}

/** A default is computed before the row is there: it may read neither what is computed nor what another formula presets. */
function checkDefault(file: LinkedFile, source: DeclaredField, siblings: readonly DeclaredField[], formula: Expression): void {
  if (askedOfCaller(formula) === undefined && [...nodesOf(formula)].some((node) => node.node === 'input' && node.name === 'caller'))
    file.report(
      source.defaultFormula?.start ?? source.start,
      `a default that asks who calls is caller.id or caller.name and nothing else; ${source.name} could hold that, and another field what follows from it`,
    );
  for (const node of nodesOf(formula)) {
    if (node.node !== 'field' || node.of.node !== 'input' || node.of.name !== 'row') continue;
    const read = siblings.find((field) => field.name === node.field);
    if (read === undefined) continue;
    if (read.name === source.name || read.live !== undefined || read.fixed !== undefined || read.defaultFormula !== undefined) {
      file.report(
        source.defaultFormula?.start ?? source.start,
        `the default of ${source.name} reads ${read.name}, which is itself computed for a new row; read stored fields only`,
      );
    }
  }
}
