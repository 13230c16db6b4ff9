/**
 * Formulas of a generation as SQL over the tables, for the definitions of views: derived fields are computed in place. All
 * constants stand as literals, so that a text follows from the generation alone.
 */
import type { Expression, Field, PermanentId, EntityContract, ValueType } from '#kernel';
import { Fault } from '#kernel';
import { entityById, rowShape, type RowShape, type SystemModel } from '#model';
import { partsOf, withParts } from '#rules';
import { sqlCompiler, type SqlNames, type SqlRelation } from '#rules/sql';
import { literal, quoted, storedColumn, tableOf } from './names.ts';

/** An expression that reads the one input `row`, whose rows stand in the statement under `alias`. */
export function formulaOnTables(model: SystemModel, expression: Expression, alias: string): string {
  const names: SqlNames = { inputs: { row: alias }, relation: (of) => tableRelation(model, of), today: { sql: todaySql(model) } };
  return sqlCompiler(names, { constants: 'literals', results: 'plain' }).value(expression);
}

function tableRelation(model: SystemModel, of: PermanentId): SqlRelation {
  const shape = rowShape(model, of);
  if (shape === undefined) throw new Fault('bug', `No rows of ${of} in this generation.`);
  return {
    from: tableOf(of),
    id: 'id',
    ...(shape.parent === undefined ? {} : { parent: 'parent' }),
    column: (field, alias) => `${alias}.${quoted(field.endsWith(KEPT) ? field.slice(0, -KEPT.length) : field)}`,
    formula: (id) => {
      const field = shape.fields.find((candidate) => candidate.id === id);
      return field === undefined ? undefined : computedOnce(model, shape, field);
    },
  };
}

/** What the name of a kept value ends with. */
export const KEPT: string = storedColumn('');

/** What a derived field is of its row: its formula; where it is fixed, while that holds, and then what was kept. */
export function derivedExpression(field: Field, row: PermanentId, digits: number): Expression | undefined {
  const { derived } = field;
  if (derived === undefined) return undefined;
  if (derived.mode === 'live') return derived.formula;
  const type: ValueType = { ...derived.formula.type, optional: true };
  const kept: Expression = {
    node: 'field',
    of: { node: 'input', name: 'row', type: { kind: 'row', of: row, optional: false } },
    field: storedColumn(field.name),
    id: `${field.id}${KEPT}` as PermanentId,
    type: type.kind === 'number' ? { ...type, scale: scaleOfField(field, digits) } : type,
  };
  const otherwise: Expression = { node: 'coalesce', of: kept, otherwise: derived.otherwise, type };
  return { node: 'condition', when: derived.while, then: derived.formula, otherwise, type };
}
function scaleOfField(field: Field, digits: number): number {
  switch (field.type.kind) {
    case 'money':
      return digits;
    case 'decimal':
    case 'quantity':
      return field.type.scale;
    default:
      return 0;
  }
}

/** The day of the call where the transaction says so, else the day now, in the system's time zone. */
export const todaySql = (model: SystemModel): string =>
  `coalesce(nullif(current_setting('theseus.today', true), '')::date, (now() at time zone ${literal(model.settings.timeZone)})::date)`;

/**
 * A derived field's expression in which every other derived field of the same row that it reads, however often and through
 * however many others, is computed once.
 */
export function computedOnce(model: SystemModel, { id, fields }: Pick<RowShape, 'id' | 'fields'>, field: Field): Expression | undefined {
  const digits = model.settings.currency.digits;
  const own = derivedExpression(field, id, digits);
  if (own === undefined) return undefined;
  const bound: { readonly name: string; readonly value: Expression }[] = [];
  const names = new Map<PermanentId, string>();
  const replaced = (at: Expression): Expression => {
    if (at.node === 'field' && at.of.node === 'input' && at.of.name === 'row' && at.of.type.kind === 'row' && at.of.type.of === id) {
      const other = fields.find((candidate) => candidate.id === at.id);
      const value = other === undefined ? undefined : derivedExpression(other, id, digits);
      if (value === undefined) return at;
      let name = names.get(at.id);
      if (name === undefined) {
        name = `$${at.id}`;
        names.set(at.id, name);
        bound.push({ name, value: replaced(value) });
      }
      return { node: 'input', name, type: at.type };
    }
    if ((at.node === 'let' && at.name === 'row') || (at.node === 'aggregate' && at.item === 'row')) return at;
    return withParts(at, replaced);
  };
  const body = replaced(own);
  return bound.reduceRight<Expression>((inner, { name, value }) => ({ node: 'let', name, value, body: inner, type: inner.type }), body);
}

/** Entities whose definitions bear on the derived fields of this one. */
export function dependenciesOf(model: SystemModel, entity: EntityContract): readonly EntityContract[] {
  const found = new Map<PermanentId, EntityContract>();
  const owner = (id: PermanentId): EntityContract | undefined => entityById(model, id) ?? rowShape(model, id)?.parent?.entity;
  const visit = (of: EntityContract): void => {
    const fields = of.fields.flatMap((field) => (field.type.kind === 'list' ? [field, ...field.type.fields] : [field]));
    for (const { derived } of fields) {
      if (derived === undefined) continue;
      for (const expression of derived.mode === 'live' ? [derived.formula] : [derived.while, derived.formula, derived.otherwise])
        walk(expression);
    }
  };
  const walk = (at: Expression): void => {
    const id = at.node === 'follow' ? at.to : at.node === 'related' ? at.entity : at.type.kind === 'list' ? at.type.of : undefined;
    const other = id === undefined ? undefined : owner(id);
    if (other !== undefined && other.id !== entity.id && !found.has(other.id)) {
      found.set(other.id, other);
      visit(other);
    }
    for (const part of partsOf(at)) walk(part);
  };
  visit(entity);
  return [...found.values()].sort((a, b) => (a.id < b.id ? -1 : 1));
}
