/**
 * Rows that are at hand as the rules see them: derived fields computed when they are read, references followed, related rows
 * found. Only what is asked for is computed; what was computed holds until something is written.
 */
import type { Expression, Field, PermanentId } from '#kernel';
import { rowShape } from '#model';
import { type CompiledRule, compileJavaScript, type RuleContext } from '#rules/javascript';
import { daysOf, fromRuleValue, toRuleValue, type Plain } from '#schema';
import { derivedExpression } from '../physical/formula.ts';
import { storedColumn } from '../physical/names.ts';
import type { Prepared } from '../prepare/prepare-model.ts';
import type { PlainRow } from '../row.ts';
import type { StoredItem, StoredRow, Tables } from './stored-row.ts';

export interface World {
  readonly tables: Tables;
  ruleRow(entity: PermanentId, row: StoredRow, together?: ReadonlySet<PermanentId>): object;
  /** `inputs`: what else the expression reads. `sees`: which other rows it may read. */
  evaluate(
    expression: Expression,
    row: object,
    inputs?: { readonly [name: string]: unknown },
    sees?: (entity: PermanentId, row: StoredRow) => boolean,
  ): unknown;
  plain(entity: PermanentId, row: StoredRow): PlainRow;
}

/** `elsewhere` answers for rows that are not in `tables`. */
export function worldOf(prepared: Prepared, tables: Tables, today: string, elsewhere?: Pick<RuleContext, 'follow' | 'related'>): World {
  const { model } = prepared;
  const digits = model.settings.currency.digits;
  const compiled = (expression: Expression): CompiledRule => {
    const rules = prepared.once('compiled rules', () => new WeakMap<Expression, CompiledRule>());
    let rule = rules.get(expression);
    if (rule === undefined) {
      rule = compileJavaScript(expression);
      rules.set(expression, rule);
    }
    return rule;
  };
  const context: RuleContext = {
    today: daysOf(today) ?? 0,
    follow:
      elsewhere?.follow ??
      ((entity, id) => {
        const row = tables.get(entity, id);
        return row === undefined ? null : ruleRow(entity, row);
      }),
    related:
      elsewhere?.related ??
      ((entity, via, id) => {
        const rows: object[] = [];
        for (const row of tables.all(entity)) if (row.values[via] === id) rows.push(ruleRow(entity, row));
        return rows;
      }),
  };
  const seenBy = (sees: (entity: PermanentId, row: StoredRow) => boolean): RuleContext => ({
    ...context,
    follow: (entity, id) => {
      const row = tables.get(entity, id);
      return row === undefined || !sees(entity, row) ? null : ruleRow(entity, row);
    },
    related: (entity, via, id) => {
      const rows: object[] = [];
      for (const row of tables.all(entity)) if (row.values[via] === id && sees(entity, row)) rows.push(ruleRow(entity, row));
      return rows;
    },
  });
  const evaluate: World['evaluate'] = (expression, row, inputs, sees) =>
    compiled(expression)(inputs === undefined ? { row } : { ...inputs, row }, sees === undefined ? context : seenBy(sees));

  let known = new WeakMap<StoredItem, object>();
  let knownAt = tables.writes;
  const ruleRow = (entity: PermanentId, row: StoredItem, together?: ReadonlySet<PermanentId>): object => {
    if (tables.writes !== knownAt) {
      known = new WeakMap();
      knownAt = tables.writes;
    }
    const before = together === undefined ? known.get(row) : undefined;
    if (before !== undefined) return before;
    const made = make(entity, row, together);
    if (together === undefined) known.set(row, made);
    return made;
  };
  const make = (entity: PermanentId, row: StoredItem, together: ReadonlySet<PermanentId> | undefined): object => {
    const target: { [name: string]: unknown } = { id: row.id };
    for (const field of fieldsOf(prepared, entity)) {
      if (field.type.kind === 'list') {
        const { itemId } = field.type;
        lazily(target, field.name, () =>
          (('lists' in row ? (row as StoredRow).lists[field.id] : undefined) ?? []).map((item) => ruleRow(itemId, item)),
        );
      } else if (field.derived === undefined) set(target, field.name, ruleOf(field, row.values[field.id]));
      else {
        if (field.derived.mode === 'fixed') set(target, storedColumn(field.name), ruleOf(field, row.kept[field.id]));
        const formula =
          field.derived.mode === 'fixed' && together?.has(field.id) === true
            ? field.derived.formula
            : prepared.once(`derived ${entity} ${field.id}`, () => derivedExpression(field, entity, digits));
        if (formula !== undefined) lazily(target, field.name, () => evaluate(formula, target));
      }
    }
    return target;
  };
  return {
    tables,
    ruleRow,
    evaluate,
    plain: (entity, row) =>
      ({
        id: row.id,
        version: row.version,
        ...plainMembers(prepared, entity, row, ruleRow(entity, row) as { readonly [name: string]: unknown }),
      }) as PlainRow,
  };
}

function plainMembers(
  prepared: Prepared,
  entity: PermanentId,
  row: StoredItem,
  rule: { readonly [name: string]: unknown },
): { readonly [name: string]: unknown } {
  const made: { [name: string]: unknown } = {};
  for (const field of fieldsOf(prepared, entity)) {
    const { type } = field;
    if (type.kind === 'list') {
      const rules = rule[field.name] as readonly { readonly [name: string]: unknown }[];
      const items = ('lists' in row ? (row as StoredRow).lists[field.id] : undefined) ?? [];
      set(
        made,
        field.name,
        items.map((item, index) => ({ id: item.id, ...plainMembers(prepared, type.itemId, item, rules[index] ?? {}) })),
      );
    } else if (field.derived === undefined) set(made, field.name, plainOf(field, row.values[field.id]));
    else set(made, field.name, fromRuleValue(field, rule[field.name]));
  }
  return made;
}

const fieldsOf = (prepared: Prepared, of: PermanentId): readonly Field[] =>
  prepared.once(`fields ${of}`, () => rowShape(prepared.model, of)?.fields ?? []);

/** Choices are kept as ids. */
const plainOf = (field: Field, kept: unknown): unknown => (field.type.kind === 'choice' ? fromRuleValue(field, kept) : (kept ?? null));
const ruleOf = (field: Field, kept: unknown): unknown =>
  field.type.kind === 'choice' ? (kept ?? null) : toRuleValue(field, (kept ?? null) as Plain);
export const keptOf = (field: Field, plain: unknown): unknown =>
  field.type.kind === 'choice' ? toRuleValue(field, (plain ?? null) as Plain) : (plain ?? null);

function set(target: { [name: string]: unknown }, name: string, value: unknown): void {
  Object.defineProperty(target, name, { value, enumerable: true, configurable: true, writable: true });
}
function lazily(target: object, name: string, compute: () => unknown): void {
  Object.defineProperty(target, name, {
    enumerable: true,
    configurable: true,
    get: () => {
      const value = compute();
      Object.defineProperty(target, name, { value, enumerable: true, configurable: true });
      return value;
    },
  });
}
