/**
 * What the rules that stand already make of the rows of an example: defaults, calculated fields, limits. They held before
 * this change, so its examples may build on them. Never asked for what the request itself makes: that comes from
 * `expect.ts` alone.
 */
import type { EntityContract, Expression, Field } from '#kernel';
import { entityById, entityNamed, fieldNamed, type SystemModel } from '#model';
import { compileJavaScript, type RuleContext } from '#rules/javascript';
import { scaled } from '../effect/ir.ts';
import type { Draft } from '../expect.ts';
import { rounded, textOf } from './numbers.ts';

type RuleValue = string | number | boolean | null;
const daysOf = (date: string): number => Math.round(Date.parse(`${date}T00:00:00Z`) / 86_400_000);

/** The value of an expression for a draft, as a rule value. */
export function played(model: SystemModel, draft: Draft, expression: Expression, today: string): unknown {
  const byName = new Map<string, Draft>();
  const collect = (row: Draft): void => {
    if (row.name !== '') {
      if (byName.has(row.name)) return;
      byName.set(row.name, row);
    }
    for (const next of Object.values(row.refs)) collect(next);
    for (const item of Object.values(row.lists).flat()) collect(item);
    for (const { row: other } of row.related) collect(other);
  };
  collect(draft);
  const context: RuleContext = {
    today: daysOf(today),
    follow: (_, id) => {
      const row = byName.get(id);
      return row === undefined ? null : ruleRow(row);
    },
    related: (entity, via, id) => {
      const found = entityById(model, entity);
      const field = found?.fields.find((each) => each.id === via)?.name ?? '';
      return [...byName.values()].filter((row) => row.entity === found?.name && row.refs[field]?.name === id).map(ruleRow);
    },
  };
  const evaluate = (of: Expression, row: object): unknown => compileJavaScript(of)({ row }, context);
  const ruleRow = (row: Draft): object => {
    const made: { [field: string]: unknown } = { id: row.name };
    for (const field of fieldsOf(model, row.entity))
      Object.defineProperty(made, field.name, { enumerable: true, get: () => valueOf(row, field, made) });
    return made;
  };
  const valueOf = (row: Draft, field: Field, made: object): unknown => {
    const { derived } = field;
    if (derived?.mode === 'live') return evaluate(derived.formula, made);
    if (derived?.mode === 'fixed') return evaluate(evaluate(derived.while, made) === true ? derived.formula : derived.otherwise, made);
    if (field.type.kind === 'list') return (row.lists[field.name] ?? []).map(ruleRow);
    if (field.type.kind === 'reference') return row.refs[field.name]?.name ?? null;
    const own = row.values[field.name];
    if (own !== undefined) return ruleValue(field, own, model);
    if (field.default === undefined) return null;
    return 'formula' in field.default
      ? evaluate(field.default.formula, made)
      : ruleValue(field, plainDefault(field.default.literal), model);
  };
  return evaluate(expression, ruleRow(draft));
}
const plainDefault = (literal: unknown): RuleValue =>
  typeof literal === 'object' && literal !== null && 'amount' in literal ? String(literal.amount) : (literal as RuleValue);
function ruleValue(field: Field, value: RuleValue, model: SystemModel): RuleValue {
  if (value === null) return null;
  switch (field.type.kind) {
    case 'money':
      return scaled(String(value), model.settings.currency.digits);
    case 'decimal':
    case 'quantity':
      return scaled(String(value), field.type.scale);
    case 'integer':
      return Number(value);
    case 'date':
      return daysOf(String(value));
    case 'choice':
      return field.type.choices.find((choice) => choice.name === value)?.id ?? null;
    default:
      return value;
  }
}
function fieldsOf(model: SystemModel, entity: string): readonly Field[] {
  const [name = '', list] = entity.split('.');
  const fields = entityNamed(model, name)?.fields ?? [];
  const found = list === undefined ? undefined : fieldNamed(fields, list);
  return found?.type.kind === 'list' ? found.type.fields : fields;
}

/** A field that is not given in the draft, as a draft would hold it: calculated, or its default. `undefined`: nothing is known of it. */
export function playedField(model: SystemModel, draft: Draft, name: string, today: string): string | number | boolean | undefined {
  const field = fieldNamed(fieldsOf(model, draft.entity), name);
  if (field === undefined || field.type.kind === 'list' || field.type.kind === 'reference') return undefined;
  if (field.derived === undefined && field.default === undefined) return undefined;
  const owner: EntityContract | undefined = entityNamed(model, draft.entity);
  if (owner === undefined && field.derived !== undefined) return undefined;
  const id = entityNamed(model, draft.entity.split('.')[0] ?? '')?.id;
  if (id === undefined) return undefined;
  const read: Expression = {
    node: 'field',
    of: { node: 'input', name: 'row', type: { kind: 'row', of: id, optional: false } },
    field: name,
    id: field.id,
    type: { kind: 'text', optional: true },
  };
  const value = played(model, draft, read, today);
  return value === null || value === undefined ? undefined : draftValue(field, value as string | number | boolean, model);
}
function draftValue(field: Field, value: string | number | boolean, model: SystemModel): string | number | boolean {
  const digits = (scale: number): string => textOf(rounded({ units: BigInt(value), scale }, scale));
  switch (field.type.kind) {
    case 'money':
      return digits(model.settings.currency.digits);
    case 'decimal':
    case 'quantity':
      return digits(field.type.scale);
    case 'date':
      return new Date(Number(value) * 86_400_000).toISOString().slice(0, 10);
    case 'choice':
      return field.type.choices.find((choice) => choice.id === value)?.name ?? value;
    default:
      return value;
  }
}
