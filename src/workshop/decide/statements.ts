/**
 * What a system says of itself, statement by statement: what there is, what is bounded, required, unique, begun with or calculated, what is
 * refused, by whom a thing may be done, what a rule, a view, a job says, what the settings are. A request is held against each of them: what
 * one of them covers wholly, with the same figures, is likely so already. From the model and the heads of the components alone.
 */
import type { PermanentId } from '#kernel';
import type { KnownPoint } from '#settings';
import type { Reading } from './known-things.ts';
import { choiceNames, figuresIn, spoken, type Statement, stater } from './statement.ts';
import { ofEntity } from './statements-of-entity.ts';
import { ofSettings } from './statements-of-settings.ts';

export function statementsOf(reading: Reading, points: readonly KnownPoint[]): readonly Statement[] {
  const { model } = reading;
  const heads = new Map(reading.components.map((component) => [`${component.kind}/${component.name}`, component]));
  const head = (key: string): string => `${heads.get(key)?.head.what ?? ''} ${heads.get(key)?.head.why ?? ''}`;
  const make = stater(model);
  const name = (id: PermanentId | undefined): string => model.entities.find((entity) => entity.id === id)?.name ?? '';
  return [
    ...model.entities.flatMap((entity) => ofEntity(entity, head(`entity/${entity.name}`), make, model)),
    ...model.operations.flatMap((operation) => {
      const key = `operation/${operation.name}`;
      const touched = operation.capabilities.flatMap((each) => (each.kind === 'data' ? [name(each.entity)] : []));
      const input = operation.input.map((field) => spoken(field.name)).join(' ');
      const from = operation.transition?.from ?? [];
      const states = operation.transition === undefined ? [] : choiceNames(model, [...from, operation.transition.to]);
      return [
        make('operation', key, heads.get(key)?.head.what ?? operation.name, {
          text: `${head(key)} ${spoken(operation.name)} ${name(operation.on)} ${touched.join(' ')} ${input} ${states.join(' ')} ${operation.roles.join(' ')} ${spokenIn(heads.get(key)?.code)}`,
          named: [...states, ...operation.roles],
          denies: false,
        }),
        ...messagesIn(heads.get(key)?.code).map((message) =>
          make('operation', key, message, { text: `${spoken(operation.name)} ${name(operation.on)}`, named: states, denies: true }),
        ),
        ...(operation.transition === undefined
          ? []
          : [
              make('operation', key, `${spoken(operation.name)} only from ${choiceNames(model, from).join(' or ')}`, {
                text: name(operation.on),
                named: choiceNames(model, from),
                denies: true,
              }),
            ]),
        ...(operation.roles.length === 0
          ? []
          : [
              make('operation', key, `only ${operation.roles.join(' and ')} may ${spoken(operation.name)}`, {
                named: operation.roles,
                denies: true,
              }),
            ]),
      ];
    }),
    ...model.rules.map((rule) => {
      const key = `rule/${rule.name}`;
      const parts =
        rule.form === 'decision'
          ? [rule.decide, ...rule.ensures]
          : rule.form === 'approval'
            ? [rule.when, rule.amount]
            : [rule.rows, rule.write];
      const roles = rule.form === 'approval' ? [rule.role] : rule.form === 'access' ? rule.roles : [];
      return make('rule', key, heads.get(key)?.head.what ?? rule.name, {
        text: `${head(key)} ${spoken(rule.name)} ${name(rule.on)} ${roles.join(' ')} ${rule.form === 'approval' ? 'approve approval sign' : ''}`,
        parts,
        named: roles,
      });
    }),
    ...model.workflows.flatMap((workflow) => {
      const key = `workflow/${workflow.name}`;
      return [
        make('rule', key, heads.get(key)?.head.what ?? workflow.name, { text: `${head(key)} ${name(workflow.on)}` }),
        ...workflow.transitions.map((each) =>
          make(
            'rule',
            key,
            `${spoken(each.name)} from ${choiceNames(model, each.from).join(' or ')} to ${choiceNames(model, [each.to]).join()} ${each.roles.length > 0 ? `only by ${each.roles.join(' or ')}` : ''} ${each.after === undefined ? '' : `by itself after ${each.after.count} ${each.after.unit}`}`,
            {
              text: `${name(workflow.on)} ${each.message ?? ''}`,
              parts: [each.when],
              named: [...choiceNames(model, [...each.from, each.to]), ...each.roles],
              denies: each.message !== undefined,
            },
          ),
        ),
        ...workflow.never.map((each) => make('rule', key, each.statement, { text: name(workflow.on), denies: true })),
      ];
    }),
    ...model.views.map((view) => {
      const key = `view/${view.name}`;
      const columns = view.columns.map((column) => `${spoken(column.name)} ${column.label} ${column.aggregate ?? ''}`).join(' ');
      return make('view', key, heads.get(key)?.head.what ?? view.title, {
        text: `${head(key)} ${view.title} ${columns} ${name(view.from)} ${view.limit ?? ''}`,
        parts: [view.where],
        denies: false,
      });
    }),
    ...[...model.jobs, ...model.reactions].map((each) => {
      const key = `${each.kind}/${each.name}`;
      const touched = each.capabilities.flatMap((one) => (one.kind === 'data' ? [name(one.entity)] : []));
      const when = each.kind === 'job' ? whenOf(each.schedule.cron) : { text: '', figures: [] };
      return make('unasked', key, heads.get(key)?.head.what ?? each.name, {
        text: `${head(key)} ${spoken(each.name)} ${touched.join(' ')} ${when.text} automatic ${spokenIn(heads.get(key)?.code)}`,
        figures: [...figuresIn(head(key)), ...when.figures],
        denies: false,
      });
    }),
    ...ofSettings(reading, points, make),
  ];
}
/** The members and texts that a body names: `{ status: 'cancelled' }` is about a status, and about what is cancelled. */
const spokenIn = (code: string | undefined): string =>
  [...(code ?? '').matchAll(/[.{,]\s*([a-z][A-Za-z]+)\s*:|data\.([a-z][A-Za-z]+)|row\.([a-z][A-Za-z]+)|'([a-z][A-Za-z]+)'/g)]
    .map(([, one, two, three, four]) => spoken(one ?? two ?? three ?? four ?? ''))
    .filter(
      (word) =>
        !/^(?:field|op|value|filters|sort|limit|eq|conflict|id|items|name|run|on|http|method|path|status|output|input|capabilities|read|update|create|delete)$/.test(
          word,
        ),
    )
    .join(' ');

/** What a body tells its callers: the texts of its refusals. */
const messagesIn = (code: string | undefined): readonly string[] =>
  [...(code ?? '').matchAll(/refuse\(\s*['"][\w-]+['"],\s*(['"`])((?:(?!\1).)*)\1/g)].map((match) =>
    (match[2] ?? '').replace(/\$\{[^}]*\}/g, ' '),
  );

const DAYS = ['sunday', 'monday', 'tuesday', 'wednesday', 'thursday', 'friday', 'saturday'];
/** How people speak of a time of a schedule. */
function whenOf(cron: string): { readonly text: string; readonly figures: readonly string[] } {
  const [minute = '*', hour = '*', day = '*', month = '*', weekday = '*'] = cron.split(' ');
  const text: string[] = [];
  if (/^\d+$/.test(hour))
    text.push(
      Number(hour) < 6 || Number(hour) > 20
        ? 'night nightly'
        : Number(hour) < 12
          ? 'morning'
          : Number(hour) < 17
            ? 'noon afternoon'
            : 'evening',
    );
  if (weekday !== '*') text.push('week weekly', DAYS[Number(weekday)] ?? '');
  else if (day !== '*') text.push(month === '*' ? 'month monthly' : 'year yearly');
  else text.push('day daily');
  return { text: text.join(' '), figures: [minute, hour, day].filter((part) => /^\d+$/.test(part)) };
}
