/** Views: "Show unpaid invoices by customer with their total, largest first", "Stop showing unpaid invoices by customer". */
import type { Field } from '#kernel';
import { entityById, entityNamed, fieldNamed, type SystemModel } from '#model';
import { echoGroup } from '../echo/phrases.ts';
import { bindConditions, bindPath } from '../bind.ts';
import { postModifiers, preModifiers, relative } from '../grammar/conditions.ts';
import { path } from '../grammar/formulas.ts';
import type { RawCondition } from '../grammar/raw.ts';
import { newName } from '../grammar/new-field.ts';
import { barePlural, entry, fieldName } from '../grammar/nouns.ts';
import { wholeNumber } from '../grammar/values.ts';
import { camelOf, capitalised, labelOf, shortName } from '../names.ts';
import type { Column, Order, Request } from '../request.ts';
import { fieldAt, fieldList, fieldsOfKind, oneOf, type Row, rowOf, waysTo } from '../resolve.ts';
import { either, listOf, named, phrase, Problem, type Rule } from '../rule.ts';

const SHOW =
  '(show|list|display|show us|show me|give us|give me|see|view|show everyone|(make|create|add|build|provide) [a|an] [new] (view|list|table|overview|report|page) (of|with|showing|listing|that shows|that lists|for)|(we|i) (want|need|would like) [a|an] (view|list|table|overview|report|page) (of|with|showing|listing)|[a|an] (view|list|overview|report|page|table) (of|with|showing|listing)|(what|who|which) are|what is)';
const ALL = '[a list of|an overview of|a table of|a view of|a report of|a report on] [all|the|all the|all of the|our|all our|every]';

type Rank = 'largest' | 'smallest' | 'newest' | 'oldest' | 'most' | 'fewest';
const rank: Rule<Rank> = named('rank', () =>
  either(
    phrase('(largest|biggest|highest|most expensive|greatest)', {}, (): Rank => 'largest'),
    phrase('(smallest|lowest|cheapest|least expensive)', {}, (): Rank => 'smallest'),
    phrase('(newest|latest|most recent)', {}, (): Rank => 'newest'),
    phrase('(oldest|earliest)', {}, (): Rank => 'oldest'),
  ),
);
type RawOrder =
  | { readonly rank: Rank; readonly path?: readonly string[] }
  | { readonly alphabetical: true }
  | { readonly path: readonly string[]; readonly down: boolean };
const order: Rule<RawOrder> = named('order', () =>
  either(
    phrase('[with] [the] {rank} [ones|one] (first|at the top|on top)', { rank }, ({ rank: r }): RawOrder => ({ rank: r })),
    phrase('[the] {rank} {path} first', { rank, path }, ({ rank: r, path: steps }): RawOrder => ({ rank: r, path: steps })),
    phrase('(starting|beginning) with the {rank} [one|ones] [first]', { rank }, ({ rank: r }): RawOrder => ({ rank: r })),
    phrase('with the {rank} [one|ones]', { rank }, ({ rank: r }): RawOrder => ({ rank: r })),
    phrase('with the {rank} {path} first', { rank, path }, ({ rank: r, path: steps }): RawOrder => ({ rank: r, path: steps })),
    phrase('[sorted|ordered|in] (alphabetically|alphabetical order|by alphabet)', {}, (): RawOrder => ({ alphabetical: true })),
    phrase(
      '(sorted|ordered|in order of|sort|order) [by] [their|the|its] {path} [ascending|(in|with) ascending order|, ascending]',
      { path },
      ({ path: steps }): RawOrder => ({ path: steps, down: false }),
    ),
    phrase(
      '(sorted|ordered|sort|order) by [their|the|its] {path} [,] (descending|in descending order)',
      { path },
      ({ path: steps }): RawOrder => ({ path: steps, down: true }),
    ),
    phrase(
      '(sorted|ordered|sort|order) by [their|the|its] {path} [,] [the] {rank} first',
      { path, rank },
      ({ path: steps, rank: r }): RawOrder => ({ rank: r, path: steps }),
    ),
    phrase('the most first', {}, (): RawOrder => ({ rank: 'most' })),
    phrase('[the] (fewest|least) first', {}, (): RawOrder => ({ rank: 'fewest' })),
  ),
);
const column: Rule<readonly string[]> = named('column', () =>
  either(
    phrase('{path}', { path }, ({ path: steps }) => steps),
    phrase('[their|the] (count|number)', {}, (): readonly string[] => ['count']),
    phrase('the (sum|total) of [the|their] {field}', { field: fieldName }, ({ field }): readonly string[] => [field]),
  ),
);
const columnList: Rule<readonly (readonly string[])[]> = named('columns', () =>
  phrase(
    '(with|showing|and|along with|together with|including) [only] [the] [columns|fields] [their|its|the] {columns}',
    { columns: listOf('column list', column, '[,] and') },
    ({ columns }) => columns,
  ),
);
const group: Rule<readonly string[]> = named('grouping', () =>
  phrase(
    '(by|per|grouped by|for each|for every|summed by|summed up by|added up by|per each) [their|the] {path}',
    { path },
    ({ path: steps }) => steps,
  ),
);

interface Raw {
  readonly entity: string;
  readonly where: readonly RawCondition[];
  readonly by?: readonly string[];
  readonly columns?: readonly (readonly string[])[];
  readonly order?: RawOrder;
  readonly limit?: number;
  readonly called?: string;
  readonly figure?: 'count' | 'sum';
  /** Grouped on purpose. */
  readonly asked?: true;
}
type Part = Pick<Raw, 'by' | 'columns' | 'order' | 'called'>;
const part: Rule<Part> = named('part of a view', () =>
  either(
    phrase('[,] {by}', { by: group }, ({ by }): Part => ({ by })),
    phrase('[,] {columns}', { columns: columnList }, ({ columns }): Part => ({ columns })),
    phrase('[, and|,|and] {order}', { order }, ({ order: o }): Part => ({ order: o })),
    phrase('[,] (called|named|as) {name}', { name: newName }, ({ name }): Part => ({ called: camelOf(name.words) })),
  ),
);
const parts: Rule<Part> = named('parts of a view', () =>
  either(
    phrase('', {}, (): Part => ({})),
    phrase('{first} {rest}', { first: part, rest: parts }, ({ first, rest }) =>
      Object.keys(first).some((key) => key in rest) ? undefined : { ...first, ...rest },
    ),
  ),
);
const show: Rule<Request> = named('show', () =>
  either(
    phrase(
      `${SHOW} ${ALL} {before} {entity} {after} {parts}`,
      { before: preModifiers, entity: barePlural, after: postModifiers, parts },
      ({ before, entity, after, parts: rest }, { lookup }) => showing(lookup.model, { entity, where: [...before, ...after], ...rest }),
    ),
    phrase(
      `${SHOW} [the|our] [top] {n} {rank} {before} {entity} {after} {parts}`,
      { n: wholeNumber, rank, before: preModifiers, entity: barePlural, after: postModifiers, parts },
      ({ n, rank: r, before, entity, after, parts: rest }, { lookup }) =>
        rest.order !== undefined
          ? undefined
          : showing(lookup.model, { entity, where: [...before, ...after], ...rest, order: { rank: r }, limit: n }),
    ),
    phrase(
      `${SHOW} [the|our] top {n} {before} {entity} {after} by [their|the] {path} {parts}`,
      { n: wholeNumber, before: preModifiers, entity: barePlural, after: postModifiers, path, parts },
      ({ n, before, entity, after, path: steps, parts: rest }, { lookup }) =>
        rest.order !== undefined || rest.by !== undefined
          ? undefined
          : showing(lookup.model, { entity, where: [...before, ...after], ...rest, order: { rank: 'largest', path: steps }, limit: n }),
    ),
    phrase(
      `${SHOW} [the|our] {rank} {n} {before} {entity} {after} {parts}`,
      { n: wholeNumber, rank, before: preModifiers, entity: barePlural, after: postModifiers, parts },
      ({ n, rank: r, before, entity, after, parts: rest }, { lookup }) =>
        rest.order !== undefined
          ? undefined
          : showing(lookup.model, { entity, where: [...before, ...after], ...rest, order: { rank: r }, limit: n }),
    ),
    phrase(
      '[(show|list|display|show me|show us)] which {before} {entity} {relative} {after} {parts}',
      { before: preModifiers, entity: barePlural, relative, after: postModifiers, parts },
      ({ before, entity, relative: asked, after, parts: rest }, { lookup }) =>
        showing(lookup.model, { entity, where: [...before, ...asked, ...after], ...rest }),
    ),
    phrase(
      '(create|make|add|build|provide) [a|an] [new] (view|list|table|overview|report|page) (called|named) {name} (that shows|that lists|showing|listing|of|with|for) [all|the|all the|our] {before} {entity} {after} {parts}',
      { name: newName, before: preModifiers, entity: barePlural, after: postModifiers, parts },
      ({ name, before, entity, after, parts: rest }, { lookup }) =>
        rest.called === undefined
          ? showing(lookup.model, { entity, where: [...before, ...after], ...rest, called: camelOf(name.words) })
          : undefined,
    ),
    phrase(
      'how many {before} {entity} {after} (does|do) (each|every) {by} have',
      { before: preModifiers, entity: barePlural, after: postModifiers, by: path },
      ({ before, entity, after, by }, { lookup }) => showing(lookup.model, { entity, where: [...before, ...after], by }),
    ),
    phrase(
      'how many {before} {entity} {after} (are there|do we have|are there now) {parts}',
      { before: preModifiers, entity: barePlural, after: postModifiers, parts },
      ({ before, entity, after, parts: rest }, { lookup }) =>
        rest.columns !== undefined || rest.order !== undefined
          ? undefined
          : showing(lookup.model, { entity, where: [...before, ...after], ...rest, figure: 'count' }),
    ),
    phrase(
      `${SHOW} [the] (total|sum) of {before} {entity} {after} {by}`,
      { before: preModifiers, entity: barePlural, after: postModifiers, by: parts },
      ({ before, entity, after, by: rest }, { lookup }) => totals(lookup.model, { entity, where: [...before, ...after], ...rest }),
    ),
    phrase(
      `${SHOW} [the] (total|sum) of [the] {value} of {before} {entity} {after} {by}`,
      { value: column, before: preModifiers, entity: barePlural, after: postModifiers, by: group },
      ({ value, before, entity, after, by }, { lookup }) =>
        showing(lookup.model, { entity, where: [...before, ...after], by, columns: [value] }),
    ),
    phrase(
      `${SHOW} how many {before} {entity} (each|every) {by} has`,
      { before: preModifiers, entity: barePlural, by: path },
      ({ before, entity, by }, { lookup }) => showing(lookup.model, { entity, where: before, by }),
    ),
    phrase(
      `${SHOW} (the number of|how many) {before} {entity} {after} {parts}`,
      { before: preModifiers, entity: barePlural, after: postModifiers, parts },
      ({ before, entity, after, parts: rest }, { lookup }) =>
        rest.columns !== undefined || rest.order !== undefined
          ? undefined
          : showing(lookup.model, { entity, where: [...before, ...after], ...rest, figure: 'count' }),
    ),
    phrase(
      `${SHOW} [the] [total] {value} of {before} {entity} {after} {by}`,
      { value: column, before: preModifiers, entity: barePlural, after: postModifiers, by: group },
      ({ value, before, entity, after, by }, { lookup }) =>
        showing(lookup.model, { entity, where: [...before, ...after], by, columns: [value] }),
    ),
  ),
);
const totals = (model: SystemModel, raw: Raw): Request | Problem | undefined => {
  if (raw.by === undefined || raw.columns !== undefined) return undefined;
  const row = rowOf(model, { entity: raw.entity });
  const amounts = row === undefined ? [] : fieldsOfKind(model, row, 'money');
  const only = amounts[0];
  return only === undefined || amounts.length > 1
    ? new Problem('It is not clear which amount is added up.')
    : showing(model, { ...raw, columns: [[only.name]] });
};

/** A path, or a thing that the row leads to in exactly one way: "customer" of an invoice. */
function way(model: SystemModel, row: Row, steps: readonly string[]): readonly string[] | Problem {
  const bound = bindPath(model, row, steps);
  if (!(bound instanceof Problem)) return bound;
  const first = steps[0] ?? '';
  const ways = entityNamed(model, first) === undefined ? [] : waysTo(model, row.entity, first);
  if (ways.length > 1) return new Problem(`${oneOf(model, row.owner)} leads to ${oneOf(model, { entity: first })} in more than one way.`);
  const only = ways[0];
  if (only === undefined) return bound;
  const whole = [...only, ...steps.slice(1)];
  return fieldAt(model, row, whole) === undefined ? bound : whole;
}
const columnName = (said: readonly string[]): string => said.map((step, index) => (index === 0 ? step : capitalised(step))).join('');

function showing(model: SystemModel, raw: Raw): Request | Problem | undefined {
  const row = rowOf(model, { entity: raw.entity });
  if (row === undefined) return undefined;
  const where = bindConditions(model, row, raw.where);
  if (where instanceof Problem) return where;
  const by = raw.by === undefined ? undefined : way(model, row, raw.by);
  if (by instanceof Problem) return by;
  const byField = by === undefined ? undefined : fieldAt(model, row, by)?.field;
  if (
    by !== undefined &&
    (byField === undefined || byField.type.kind === 'list' || byField.type.kind === 'money' || byField.type.kind === 'json')
  ) {
    return new Problem(`${capitalised(labelOf(row.entity.plural))} cannot be grouped by that.`);
  }
  if (
    byField !== undefined &&
    by?.length === 1 &&
    raw.asked !== true &&
    (byField.type.kind === 'text' || byField.type.kind === 'email') &&
    (byField.name === row.entity.title || byField.unique || byField.type.kind === 'email')
  ) {
    const { by: _, ...listed } = raw;
    const requests = [showing(model, { ...listed, order: { path: by, down: false } }), showing(model, { ...raw, asked: true })].flatMap(
      (each): readonly Request[] => (each === undefined || each instanceof Problem ? [] : [each]),
    );
    return new Problem(`"By ${labelOf(byField.name)}" can sort or group.`, {
      why: `Shall they be sorted by ${labelOf(byField.name)}, or shall there be one row for each ${labelOf(byField.name)}?`,
      requests: requests.slice(0, 1),
    });
  }
  const columns: Column[] = [];
  for (const said of raw.columns ??
    (by === undefined && raw.figure === undefined
      ? row.fields.filter((field) => field.type.kind !== 'list' && field.type.kind !== 'json').map((field) => [field.name])
      : [])) {
    if (by !== undefined && said.join() === 'count' && fieldAt(model, row, said) === undefined) continue;
    const bound = way(model, row, said);
    if (bound instanceof Problem) return bound;
    const field = fieldAt(model, row, bound)?.field;
    if (field === undefined || field.type.kind === 'list') return new Problem('A list cannot stand in one column.');
    if (by !== undefined && !['money', 'integer', 'decimal', 'quantity'].includes(field.type.kind)) {
      return new Problem(
        `There is one row for each ${labelOf(byField?.name ?? '')}; the ${labelOf(field.name)} of several ${labelOf(row.entity.plural)} cannot be added up.`,
      );
    }
    columns.push({ name: columnName(said.length > bound.length ? bound : said), path: bound });
  }
  if (new Set(columns.map((each) => each.name)).size !== columns.length) return new Problem('A column stands twice.');
  const settled = raw.order === undefined ? undefined : ordering(model, row, raw, columns, by);
  if (settled instanceof Problem) return orderQuestion(model, row, raw) ?? settled;
  const noun = echoGroup(model, row, where, labelOf(row.entity.plural));
  const limit = raw.limit === undefined ? '' : `${raw.limit} ${raw.order !== undefined && 'rank' in raw.order ? raw.order.rank : ''} `;
  const name =
    raw.called ??
    viewName(
      `${raw.figure === 'count' && by === undefined ? 'number of ' : ''}${limit}${noun}${raw.by === undefined ? '' : ` by ${raw.by.map(labelOf).join(' ')}`}`,
      model.settings.currency.code,
    );
  const all = settled?.add === undefined ? columns : [...columns, settled.add];
  if (raw.limit !== undefined && by === undefined && !all.some((column) => column.name === settled?.order.by))
    return new Problem('The first few are told by an amount, a number or a date.');
  return {
    act: 'show',
    view: name,
    entity: raw.entity,
    where,
    ...(by === undefined || raw.by === undefined ? {} : { by: { name: columnName(raw.by.length > by.length ? by : raw.by), path: by } }),
    columns: all,
    ...(settled === undefined ? {} : { order: settled.order }),
    ...(raw.limit === undefined ? {} : { limit: raw.limit }),
    ...(raw.figure === undefined || by !== undefined ? {} : { figure: raw.figure }),
  };
}
/** Several fields by which "largest" or "newest" could be measured: which? */
function orderQuestion(model: SystemModel, row: Row, raw: Raw): Problem | undefined {
  const { order: wanted } = raw;
  if (wanted === undefined || !('rank' in wanted) || wanted.path !== undefined || raw.by !== undefined) return undefined;
  const own = fieldsOfKind(model, row, wanted.rank === 'newest' || wanted.rank === 'oldest' ? 'date' : 'money');
  if (own.length < 2) return undefined;
  const requests = own.flatMap((field): readonly Request[] => {
    const made = showing(model, { ...raw, order: { rank: wanted.rank, path: [field.name] } });
    return made === undefined || made instanceof Problem ? [] : [made];
  });
  return new Problem(`"${wanted.rank}" could be measured by ${fieldList(own)}.`, {
    why: `By what is "${wanted.rank}" measured?`,
    requests,
  });
}
/** "Unpaid invoices of gold customers over 1,000 EUR" becomes a short name. */
const viewName = (words: string, currency: string): string =>
  shortName(
    words
      .replaceAll(',', '')
      .replaceAll(` ${currency}`, '')
      .replaceAll(/\b(whose|that are|is|the|its|a|an)\b/g, ' ')
      .replaceAll("'s", ' ')
      .replaceAll('"', '')
      .replaceAll(/\s+/g, ' ')
      .trim()
      .replace(/^(\d)/, 'top $1'),
  );

function ordering(
  model: SystemModel,
  row: Row,
  raw: Raw,
  columns: readonly Column[],
  by: readonly string[] | undefined,
): { readonly order: Order; readonly add?: Column } | Problem {
  const wanted = raw.order;
  if (wanted === undefined) return new Problem('No order.');
  const known = (steps: readonly string[]): Column | undefined => columns.find((each) => each.path.join() === steps.join());
  const direct = (steps: readonly string[], direction: Order['direction']): { readonly order: Order; readonly add?: Column } | Problem => {
    if (by !== undefined && (steps.join() === 'count' || steps.join() === 'number') && fieldAt(model, row, steps) === undefined)
      return { order: { by: 'count', direction } };
    const bound = way(model, row, steps);
    if (bound instanceof Problem) return bound;
    const column_ = known(bound);
    if (column_ !== undefined) return { order: { by: sortColumn(model, row, column_), direction } };
    if (by !== undefined && bound.join() === by.join()) return { order: { by: groupSort(model, row, by, raw.by ?? by), direction } };
    if (by !== undefined) return new Problem('A view with groups can be sorted by what it shows only.');
    const add = { name: columnName(steps), path: bound };
    return { order: { by: sortColumn(model, row, add), direction }, add };
  };
  if ('alphabetical' in wanted) {
    if (by !== undefined) return { order: { by: groupSort(model, row, by, raw.by ?? by), direction: 'ascending' } };
    const title = fieldNamed(row.fields, row.entity.title);
    if (title === undefined || title.type.kind !== 'text')
      return new Problem(`${capitalised(labelOf(row.entity.plural))} have no name to sort by; say by what.`);
    return direct([title.name], 'ascending');
  }
  if (!('rank' in wanted)) return direct(wanted.path, wanted.down ? 'descending' : 'ascending');
  const descending = wanted.rank === 'largest' || wanted.rank === 'newest' || wanted.rank === 'most';
  const direction = descending ? 'descending' : 'ascending';
  if (wanted.path !== undefined) {
    const made = direct(wanted.path, direction);
    if (made instanceof Problem) return made;
    const bound = way(model, row, wanted.path);
    const kind = bound instanceof Problem ? 'integer' : fieldAt(model, row, bound)?.field.type.kind;
    const isDate = wanted.rank === 'newest' || wanted.rank === 'oldest';
    return isDate === (kind === 'date') ? made : new Problem(`"${wanted.rank}" does not fit ${labelOf(wanted.path.at(-1) ?? '')}.`);
  }
  if (wanted.rank === 'most' || wanted.rank === 'fewest')
    return by === undefined ? new Problem('"Most first" needs groups.') : { order: { by: 'count', direction } };
  const kinds = wanted.rank === 'newest' || wanted.rank === 'oldest' ? ['date'] : ['money', 'integer', 'decimal', 'quantity'];
  const fits = (field: Field | undefined): boolean => field !== undefined && kinds.includes(field.type.kind);
  const shown = raw.columns === undefined ? [] : columns.filter((each) => fits(fieldAt(model, row, each.path)?.field));
  const money = shown.filter((each) => fieldAt(model, row, each.path)?.field.type.kind === 'money');
  const only = shown.length === 1 ? shown[0] : money.length === 1 ? money[0] : undefined;
  if (only !== undefined) return { order: { by: only.name, direction } };
  if (by !== undefined) return new Problem(`By what is "${wanted.rank} first" measured? Name it: "with their total, largest first".`);
  const own = kinds[0] === 'date' ? fieldsOfKind(model, row, 'date') : fieldsOfKind(model, row, 'money');
  const field = own[0];
  if (field !== undefined && own.length === 1) return direct([field.name], direction);
  return new Problem(
    own.length === 0
      ? `${oneOf(model, row.owner)} has nothing by which "${wanted.rank}" could be measured.`
      : `"${wanted.rank}" could be measured by ${fieldList(own)}; say which.`,
  );
}
/** A reference is sorted by what names the row. */
function sortColumn(model: SystemModel, row: Row, column_: Column): string {
  const field = fieldAt(model, row, column_.path)?.field;
  if (field?.type.kind !== 'reference') return column_.name;
  const target = entityById(model, field.type.to);
  return target === undefined ? column_.name : `${column_.name}${capitalised(target.title)}`;
}
const groupSort = (model: SystemModel, row: Row, by: readonly string[], said: readonly string[]): string =>
  sortColumn(model, row, { name: columnName(said), path: by });

const stopShowing: Rule<Request> = named('stop showing', () =>
  either(
    phrase(
      '(stop showing|stop listing|stop displaying|hide|remove|delete|drop|no longer show|get rid of) [the] (view|list|report|view of|list of|view called) {view}',
      { view: entry('view') },
      ({ view }): Request => ({ act: 'stopShowing', view: view.view }),
    ),
    phrase(
      '(stop showing|stop listing|stop displaying|no longer show|we no longer need|do not show) [the] {view} [any more|anymore]',
      { view: entry('view') },
      ({ view }): Request => ({ act: 'stopShowing', view: view.view }),
    ),
    phrase('(hide|remove|delete|drop) [the] {view} view', { view: entry('view') }, ({ view }): Request => ({
      act: 'stopShowing',
      view: view.view,
    })),
    phrase('(stop showing|stop listing|stop displaying|no longer show) [the] {shown}', { shown: shownBefore }, ({ shown }, { lookup }) =>
      shown.act === 'show' && lookup.model.views.some((view) => view.name === shown.view)
        ? ({ act: 'stopShowing', view: shown.view } as Request)
        : new Problem('There is no such view.'),
    ),
  ),
);
const shownBefore: Rule<Request> = named('view described', () =>
  phrase(
    '{before} {entity} {after} {parts}',
    { before: preModifiers, entity: barePlural, after: postModifiers, parts },
    ({ before, entity, after, parts: rest }, { lookup }) => showing(lookup.model, { entity, where: [...before, ...after], ...rest }),
  ),
);
export const views: Rule<Request> = either(show, stopShowing);
