/**
 * Asks the running code about one row: whether the statement of a case fails there. It knows no proof; what it says of a row
 * is what the product computes for it. Rows are given as people write them, and read by the fields of their entity.
 */
import { Fault, type Contract, type EntityContract, type Expression, type Field, type PermanentId } from '#kernel';
import { compileJavaScript, type CompiledRule, type RuleContext } from '#rules/javascript';
import { readSystem } from '#model/read';
import type { SystemModel } from '#model';
import type { RuleCase, Sources, Values, Witness } from './rule-case.ts';

/** A row as formulas see it; computed fields are getters. */
export type RuleRow = { [field: string]: unknown };
export interface AskedCase {
  readonly model: SystemModel;
  readonly entity: EntityContract;
  /** Whether the statement fails for the row (and, of `monotone`, the second one); of `satisfiable`, whether the row fits all invariants. */
  readonly refutes: (row: Values, today: number, changed?: Values) => boolean;
  readonly rowOf: (values: Values, today: number) => RuleRow;
}
export class Unreadable extends Error {}

const days = (text: string): number => Date.parse(`${text}T00:00:00Z`) / 86_400_000;
export const todayOf = (witness: Witness | undefined): number => days(witness?.today ?? '2026-01-01');

function modelOf(files: Sources): SystemModel {
  const reading = readSystem(files);
  if (!reading.ok) throw new Unreadable(reading.problems.map((one) => `${one.path}:${one.line} ${one.message}`).join('\n'));
  return reading.model;
}

/** Formulas over a row that stand nowhere in the system are read as columns of a view. */
function askedOf(files: Sources, entity: string, texts: readonly string[]): readonly Expression[] {
  if (texts.length === 0) return [];
  const columns = texts.map((text, index) => `    asked${index}: { value: ${text} },`).join('\n');
  const names =
    'sum count average smallest largest min max percentOf divide round today addDays addMonths addYears daysBetween monthsBetween yearsBetween yearOf quarterOf monthOf dayOf weekdayOf startOfMonth endOfMonth startOfQuarter endOfQuarter startOfYear endOfYear money decimal date'
      .split(' ')
      .filter((name) => texts.some((text) => new RegExp(`(?<![.\\w])${name}\\(`).test(text)));
  const text = `/**\n * Asked.\n *\n * why: asked\n * change: start\n * generator: person\n * date: 2026-11-23\n */\nimport { ${['view', ...names].join(', ')} } from 'theseus/sdk';\nexport default view({\n  id: 'v_asked',\n  name: 'asked',\n  from: '${entity}',\n  columns: {\n${columns}\n  },\n});\n`;
  const view = modelOf({ ...files, 'views/asked.ts': text }).views.find((one) => one.name === 'asked');
  return (view?.columns ?? []).map((column) => column.value);
}

interface Formula {
  readonly entity: EntityContract;
  readonly expression: Expression;
}
function formulaOf(model: SystemModel, of: string): Formula {
  const [kind, name = ''] = of.split('/');
  if (kind === 'rule') {
    const rule = model.rules.find((one) => one.name === name);
    const entity = model.entities.find((one) => one.id === rule?.on);
    if (rule === undefined || entity === undefined || rule.form === 'access') throw new Unreadable(`there is no ${of}`);
    return { entity, expression: rule.form === 'decision' ? rule.decide : rule.when };
  }
  const [entityName, fieldName] = name.split('.');
  const entity = model.entities.find((one) => one.name === entityName);
  const derived = entity?.fields.find((one) => one.name === fieldName)?.derived;
  if (entity === undefined || derived === undefined) throw new Unreadable(`there is no ${of}`);
  return { entity, expression: derived.formula };
}

const compiled = new WeakMap<Expression, CompiledRule>();
function compute(expression: Expression, row: unknown, context: RuleContext): unknown {
  const rule = compiled.get(expression) ?? compileJavaScript(expression);
  compiled.set(expression, rule);
  return rule({ row }, context);
}

function scaled(text: string, scale: number): number {
  const [whole = '0', fraction = ''] = text.replace('-', '').split('.');
  const value = Number(`${whole}${fraction.padEnd(scale, '0')}`);
  if (fraction.length > scale || !Number.isSafeInteger(value)) throw new Unreadable(`${text} does not fit ${scale} digits`);
  return text.startsWith('-') ? 0 - value : value;
}

/** Builds rows of one model; rows that references lead to stand inside the row, and are looked up by the ids given here. */
class Rows {
  readonly #model: SystemModel;
  readonly #byId = new Map<string, RuleRow>();
  readonly context: RuleContext;

  constructor(model: SystemModel, today: number) {
    this.#model = model;
    this.context = { today, follow: (_, id) => this.#byId.get(id) ?? null, related: () => [] };
  }
  row(fields: readonly Field[], values: Values): RuleRow {
    const row: RuleRow = {};
    for (const name of Object.keys(values))
      if (!fields.some((field) => field.name === name)) throw new Unreadable(`the row has ${name}, and its entity has no such field`);
    for (const field of fields) {
      const derived = field.derived;
      if (derived === undefined) row[field.name] = this.#value(field, values[field.name]);
      else Object.defineProperty(row, field.name, { enumerable: true, get: () => compute(derived.formula, row, this.context) });
    }
    return row;
  }
  #value(field: Field, value: unknown): unknown {
    const { type } = field;
    if (type.kind === 'list') return (Array.isArray(value) ? value : []).map((item: Values) => this.row(type.fields, item));
    if (value === undefined || value === null) {
      if (field.required) throw new Unreadable(`${field.name} is required`);
      return null;
    }
    switch (type.kind) {
      case 'choice': {
        const choice = type.choices.find((one) => one.name === value);
        if (choice === undefined) throw new Unreadable(`${field.name} has no choice ${String(value)}`);
        return choice.id;
      }
      case 'date':
        return typeof value === 'number' ? value : inBounds(field, days(String(value)), type.min, type.max, days);
      case 'money':
        return inBounds(field, wholeOf(value, 2), type.min, type.max, (text) => scaled(text, 2));
      case 'decimal':
      case 'quantity':
        return inBounds(field, wholeOf(value, type.scale), type.min, type.max, (text) => scaled(text, type.scale));
      case 'integer':
      case 'duration':
        return inBounds(field, value as number, type.min, type.max, (bound) => bound);
      case 'reference':
        return this.#reference(type.to, value as Values);
      default:
        return value;
    }
  }
  #reference(to: PermanentId, values: Values): string {
    const entity = this.#model.entities.find((one) => one.id === to);
    const id = `row${this.#byId.size}`;
    this.#byId.set(id, {});
    this.#byId.set(id, this.row(entity?.fields ?? [], values));
    return id;
  }
}
/** Text is as people write it; a number is whole minor units already. */
const wholeOf = (value: unknown, scale: number): number => (typeof value === 'number' ? value : scaled(String(value), scale));
function inBounds<Bound>(
  field: Field,
  value: number,
  min: Bound | undefined,
  max: Bound | undefined,
  read: (bound: Bound) => number,
): number {
  if ((min !== undefined && value < read(min)) || (max !== undefined && value > read(max)) || !Number.isSafeInteger(value))
    throw new Unreadable(`${value} is outside the bounds of ${field.name}`);
  return value;
}

const boundsOf = (field: Field): readonly [number, number] => {
  const { type } = field;
  const read = (bound: unknown): number | undefined => {
    if (bound === undefined) return undefined;
    if (type.kind === 'money') return scaled(String(bound), 2);
    if (type.kind === 'decimal' || type.kind === 'quantity') return scaled(String(bound), type.scale);
    return type.kind === 'date' ? days(String(bound)) : (bound as number);
  };
  const { min, max } = type as { readonly min?: unknown; readonly max?: unknown };
  return [read(min) ?? Number.NEGATIVE_INFINITY, read(max) ?? Number.POSITIVE_INFINITY];
};

type Judge = (row: RuleRow, rows: Rows, changed: RuleRow | undefined) => boolean;

export function askCase(asked: Pick<RuleCase, 'files' | 'statement'>): AskedCase {
  const { files, statement } = asked;
  const model = modelOf(files);
  const named = (name: string): EntityContract => {
    const found = model.entities.find((one) => one.name === name);
    if (found === undefined) throw new Unreadable(`there is no entity ${name}`);
    return found;
  };
  const made = (entity: EntityContract, judge: Judge): AskedCase => ({
    model,
    entity,
    rowOf: (values, today) => new Rows(model, today).row(entity.fields, values),
    refutes: (values, today, changed) => {
      const rows = new Rows(model, today);
      const row = rows.row(entity.fields, values);
      return judge(row, rows, changed === undefined ? undefined : rows.row(entity.fields, { ...values, ...changed }));
    },
  });
  switch (statement.kind) {
    case 'ensures': {
      const rule = model.rules.find((one: Contract) => one.name === statement.rule);
      const ensured =
        rule?.kind === 'rule' && rule.form === 'decision' ? rule.ensures.find((one) => one.name === statement.ensures) : undefined;
      if (ensured === undefined) throw new Unreadable(`rule ${statement.rule} ensures no ${statement.ensures}`);
      const { entity } = formulaOf(model, `rule/${statement.rule}`);
      return made(entity, (row, rows) => compute(ensured.holds, row, rows.context) !== true);
    }
    case 'bounds': {
      const entity = named(statement.entity);
      const field = entity.fields.find((one) => one.name === statement.field);
      if (field?.derived === undefined) throw new Unreadable(`${statement.field} is not computed`);
      const [least, most] = boundsOf(field);
      return made(entity, (row) => {
        const value = row[statement.field];
        return typeof value === 'number' && (value < least || value > most);
      });
    }
    case 'present': {
      const { entity, expression } = formulaOf(model, statement.of);
      return made(entity, (row, rows) => compute(expression, row, rows.context) === null);
    }
    case 'noOverflow': {
      const { entity, expression } = formulaOf(model, statement.of);
      return made(entity, (row, rows) => overflows(() => compute(expression, row, rows.context)));
    }
    case 'complete': {
      if ('of' in statement) {
        const { entity, expression } = formulaOf(model, statement.of);
        return made(entity, (row, rows) => compute(expression, row, rows.context) === null);
      }
      const conditions = askedOf(files, statement.entity, Object.values(statement.conditions));
      return made(named(statement.entity), (row, rows) => !conditions.some((one) => compute(one, row, rows.context) === true));
    }
    case 'disjoint': {
      const conditions = askedOf(files, statement.entity, Object.values(statement.conditions));
      return made(named(statement.entity), (row, rows) => conditions.filter((one) => compute(one, row, rows.context) === true).length > 1);
    }
    case 'preserved': {
      const before = formulaOf(model, statement.of);
      const after = modelOf({ ...files, ...statement.after });
      const changed = formulaOf(after, statement.of);
      const [region] = askedOf(files, before.entity.name, statement.except === undefined ? [] : [statement.except]);
      return {
        ...made(before.entity, () => false),
        refutes: (values, today) => {
          const [old, now] = [new Rows(model, today), new Rows(after, today)];
          const row = old.row(before.entity.fields, values);
          if (region !== undefined && compute(region, row, old.context) === true) return false;
          return (
            compute(before.expression, row, old.context) !==
            compute(changed.expression, now.row(changed.entity.fields, values), now.context)
          );
        },
      };
    }
    case 'monotone': {
      const { entity, expression } = formulaOf(model, statement.of);
      return made(entity, (row, rows, other) => {
        if (other === undefined) throw new Unreadable('a statement about two rows needs a second one');
        const [less, more] = [row, other].map((one) => compute(expression, one, rows.context) as number);
        return statement.direction === 'up' ? (more ?? 0) < (less ?? 0) : (more ?? 0) > (less ?? 0);
      });
    }
    case 'idempotent': {
      const { entity, expression } = formulaOf(model, statement.of);
      return made(entity, (row, rows) => {
        const once = compute(expression, row, rows.context);
        const copied = Object.defineProperties({}, Object.getOwnPropertyDescriptors(row)) as RuleRow;
        copied[statement.into] = once;
        return compute(expression, copied, rows.context) !== once;
      });
    }
    case 'satisfiable': {
      const entity = named(statement.entity);
      return made(entity, (row, rows) => entity.invariants.every((one) => compute(one.holds, row, rows.context) === true));
    }
  }
}

function overflows(run: () => unknown): boolean {
  try {
    run();
    return false;
  } catch (problem) {
    if (problem instanceof Fault && problem.code === 'overflow') return true;
    throw problem;
  }
}
