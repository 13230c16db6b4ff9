/**
 * The DDL that a generation needs and the database does not have. Additive alone: tables, columns, indexes, views, rights;
 * renaming and removing a field change views only. A constraint that this generation does not promise goes. Never: any other DROP, a change
 * of a type, a constraint that another generation does not promise: on a table that is there already, none is added here (`tidy-checks.ts`).
 */
import { type Expression, Fault, type Field, type PermanentId } from '#kernel';
import { digestOf, rowShape, sensitiveIn, type SystemModel } from '#model';
import { partsOf } from '#rules';
import { askedIndexes } from '../physical/asked-indexes.ts';
import { CHECK, type Check, checksOf } from '../physical/checks.ts';
import { quoted, viewColumn } from '../physical/names.ts';
import type { Column, RowPlan, ShownField } from '../physical/row-plan.ts';
import type { Prepared } from '../prepare/prepare-model.ts';
import { prepareModel } from '../prepare/prepare-model.ts';
import type { Catalog, readCatalog } from './catalog.ts';

export interface SchemaStep {
  /** One transaction; run as a whole. */
  readonly statements: readonly string[];
  /** Whether it takes a lock that readers of an existing table queue behind: short waits, then again. */
  readonly locks: boolean;
  /** CREATE INDEX CONCURRENTLY stands in no transaction. */
  readonly alone?: boolean;
}

export function plansOf(prepared: Prepared): readonly RowPlan[] {
  return prepared.model.entities.flatMap((entity) =>
    [entity.id, ...entity.fields.flatMap((field) => (field.type.kind === 'list' ? [field.type.itemId] : []))].map((id) => prepared.row(id)),
  );
}

/** Columns that are there with another type than this model has for the same permanent id. */
export function clashesOf(model: SystemModel, catalog: Catalog): readonly { readonly plan: RowPlan; readonly why: string }[] {
  return plansOf(prepareModel(model)).flatMap((plan) =>
    plan.tableColumns.flatMap(({ name, type }) => {
      const there = catalog.tables.get(plan.id)?.get(name);
      const wanted = longNames[type] ?? type.split(' ')[0];
      return there === undefined || there === wanted
        ? []
        : [{ plan, why: `${name} of ${plan.name} is kept as ${there}, and cannot be ${wanted}: a permanent id keeps its type for life` }];
    }),
  );
}
const longNames: { readonly [type: string]: string } = { timestamptz: 'timestamp with time zone' };

/**
 * Throws Fault('setup') where an id has changed its type: what is kept under it is never altered. `constraints`: whether what rows promise
 * stands in their tables; where candidates of all kinds share them, none does.
 */
export function deriveSchema(model: SystemModel, catalog: Catalog, constraints = true): readonly SchemaStep[] {
  const [clash] = clashesOf(model, catalog);
  if (clash !== undefined) throw new Fault('setup', `${clash.why}.`);
  const plans = plansOf(prepareModel(model));
  const fresh: string[] = [];
  const steps: SchemaStep[] = [];
  const views: string[] = [];
  for (const plan of plans) {
    const there = catalog.tables.get(plan.id);
    const indexes = indexesOf(plan, model);
    const checks = constraints ? checksOf(model, plan.id) : [];
    if (there === undefined)
      fresh.push(
        ...newTable(plan, checks, catalog.viewOwner),
        ...indexes.map(({ name, on }) => `create index ${quoted(name)} on ${plan.table} ${on}`),
      );
    else steps.push(...grownTable(plan, there, { indexes, checks }, catalog));
    if (!catalog.views.has(plan.viewName)) views.push(...newView(plan, sensitiveIn(model), catalog.viewOwner));
  }
  const revoked = [...catalog.exposed].map(
    ([view, columns]) => `revoke select (${columns.map(quoted).join(', ')}) on v.${quoted(view)} from theseus_workshop`,
  );
  return [...inSteps(fresh, false), ...steps, ...inSteps(views, false), ...inSteps(asViewOwner(revoked, catalog), false)];
}

/** Rights on a view are given and taken by its owner. */
const asViewOwner = (statements: readonly string[], { viewOwner }: Catalog): readonly string[] =>
  statements.length === 0 || !viewOwner ? statements : ['set local role theseus_view', ...statements, 'reset role'];

/** New tables and views lock nothing that anyone reads; many a transaction, so that a thousand entities are soon there. */
const inSteps = (statements: readonly string[], locks: boolean): readonly SchemaStep[] =>
  statements.length === 0 ? [] : [{ statements, locks }];

/** Pages keep room, so that an update leaves the indexes as they are: readers of those would conflict with it. */
function newTable(plan: RowPlan, checks: readonly Check[], viewOwner: boolean): readonly string[] {
  const promised = new Map(checks.map(({ name, text }) => [name, `constraint ${quoted(name)} check (${text})`]));
  return [
    `create table ${plan.table} (${[...plan.tableColumns.map(columnText), ...promised.values()].join(', ')}) with (fillfactor = 85)`,
    `alter table ${plan.table} enable row level security`,
    viewOwner
      ? `grant select, insert, update, delete on ${plan.table} to theseus_view`
      : `alter table ${plan.table} force row level security`,
    `create policy called on ${plan.table} using ((select current_setting('theseus.caller', true)) <> '') with check ((select current_setting('theseus.caller', true)) <> '')`,
  ];
}

function grownTable(
  plan: RowPlan,
  there: ReadonlyMap<string, string>,
  { indexes, checks }: { readonly indexes: readonly Index[]; readonly checks: readonly Check[] },
  catalog: Catalog,
): readonly SchemaStep[] {
  const altered = [
    ...plan.tableColumns.filter(({ name }) => !there.has(name)).map((column) => `add column if not exists ${columnText(column)}`),
    ...unpromised(catalog, plan.id, checks).map((name) => `drop constraint if exists ${quoted(name)}`),
  ];
  const statements = altered.length === 0 ? [] : [`alter table ${plan.table} ${altered.join(', ')}`];
  const steps: SchemaStep[] = statements.length === 0 ? [] : [{ statements, locks: true }];
  for (const { name, on, asked } of indexes) {
    if (catalog.indexes.has(name)) continue;
    if (asked === true) {
      // What a build that was given up left behind is in the way of the next try.
      const build = `create index concurrently ${quoted(name)} on ${plan.table} ${on}`;
      // Of what an index computes nothing is known before the next look at the rows, and it would be used for nothing.
      const look = `analyze ${plan.table}`;
      steps.push({ statements: [`drop index concurrently if exists e.${quoted(name)}`, build, look], locks: false, alone: true });
      continue;
    }
    if (catalog.brokenIndexes.has(name))
      steps.push({ statements: [`drop index concurrently if exists e.${quoted(name)}`], locks: false, alone: true });
    if (catalog.large.has(plan.id))
      steps.push({
        statements: [`create index concurrently if not exists ${quoted(name)} on ${plan.table} ${on}`],
        locks: false,
        alone: true,
      });
    else steps.push({ statements: [`create index if not exists ${quoted(name)} on ${plan.table} ${on}`], locks: true });
  }
  return steps;
}

/** Constraints that are there and that a generation does not promise. */
export const unpromised = (catalog: Catalog, table: PermanentId, checks: readonly Check[]): readonly string[] =>
  [...(catalog.checks.get(table)?.keys() ?? [])].filter((name) => name.includes(CHECK) && !checks.some((check) => check.name === name));

const columnText = ({ name, type }: Column): string => `${quoted(name)} ${type}`;

function newView(plan: RowPlan, sensitive: ReadonlySet<PermanentId>, viewOwner: boolean): readonly string[] {
  const shown = [
    'id',
    ...(plan.list ? ['parent', 'position'] : ['version']),
    ...plan.shown.filter(({ field }) => !sensitive.has(field.id)).flatMap(columnsShown),
  ];
  return [
    `create view ${plan.view} as ${plan.viewText}`,
    `grant select, insert, update, delete on ${plan.view} to theseus_data`,
    `grant select (${shown.join(', ')}) on ${plan.view} to theseus_workshop`,
    ...(viewOwner ? [`alter view ${plan.view} owner to theseus_view`] : []),
  ];
}
const columnsShown = ({ column }: ShownField): readonly string[] => [column];

/** A text may be longer than a btree can hold. */
const isText = (field: Field): boolean => ['text', 'email', 'url'].includes(field.type.kind);

export interface Index {
  readonly name: string;
  readonly on: string;
  /** By the entity's definition, and not by what its fields are. */
  readonly asked?: true;
}
/** What lists are sorted by beside the title. Whole numbers are left out: they count things, and each index is paid for at every change. */
const SORTED = ['money', 'date', 'instant'];
/** For lookups by reference, by parent, by what must be unique; for the order of lists by the title, by amounts and by dates. */
export function indexesOf(plan: RowPlan, model: SystemModel): readonly Index[] {
  const title = model.entities.find((entity) => entity.id === plan.id)?.title;
  const fields = plan.stored.flatMap(({ field }) => {
    const name = `${plan.id}_${field.id}`;
    if (field.type.kind === 'reference' || field.unique)
      return [{ name, on: `${isText(field) ? 'using hash ' : ''}(${quoted(field.id)})` }];
    const sorted = !plan.list && SORTED.includes(field.type.kind);
    if ((field.name !== title && !sorted) || field.type.kind === 'json') return [];
    // the newest first, as lists are mostly asked for; absent values last, as lists have them
    return [
      isText(field)
        ? { name, on: `using hash (${quoted(field.id)})` }
        : { name: `${name}_d`, on: `(${quoted(field.id)} desc nulls last, id desc)` },
    ];
  });
  return [...(plan.list ? [parentIndex(plan, model)] : []), ...fields, ...askedIndexes(plan, model)];
}

/** What the sums over a list read stands in the index of its parents, so that they need not fetch the items. */
function parentIndex(plan: RowPlan, model: SystemModel): Index {
  const read = new Set<string>();
  const visit = (at: Expression): void => {
    if (at.node === 'field' && at.of.type.kind === 'row' && at.of.type.of === plan.id) read.add(at.id);
    for (const part of partsOf(at)) visit(part);
  };
  for (const field of rowShape(model, plan.id)?.parent?.entity.fields ?? []) {
    if (field.derived === undefined) continue;
    for (const expression of field.derived.mode === 'live'
      ? [field.derived.formula]
      : [field.derived.while, field.derived.formula, field.derived.otherwise])
      visit(expression);
  }
  const columns = plan.stored
    .filter(({ field, types }) => read.has(field.id) && types[0] !== 'text' && types[0] !== 'jsonb')
    .map(({ field }) => field.id)
    .sort();
  if (columns.length === 0 || columns.length > MOST_INCLUDED) return { name: `${plan.id}_parent`, on: '(parent)' };
  return { name: `${plan.id}_parent_${digestOf(columns.join()).slice(7, 15)}`, on: `(parent) include (${columns.map(quoted).join(', ')})` };
}
const MOST_INCLUDED = 4;

/** Every name that a generation needs, for the catalog to look up. */
export function namesOf(model: SystemModel): Parameters<typeof readCatalog>[1] {
  const plans = plansOf(prepareModel(model));
  const tables = plans.map((plan) => plan.id);
  const sensitive = sensitiveIn(model);
  return {
    tables,
    secret: plans.flatMap((plan) =>
      plan.shown.filter(({ field }) => sensitive.has(field.id)).map(({ field }) => ({ view: plan.viewName, column: viewColumn(field) })),
    ),
    names: [...tables, ...plans.map((plan) => plan.viewName), ...plans.flatMap((plan) => indexesOf(plan, model).map(({ name }) => name))],
  };
}
