/**
 * Systems of a given number of components, drawn by seed: modules around a main entity with entities that refer to it, a
 * decision rule, an approval rule, operations and views, and at least ten examples that lean on each of them. Modules refer
 * to earlier ones, so the whole hangs together.
 */
import type { ComponentKind } from '#kernel';

export interface MadeModule {
  readonly number: number;
  readonly main: string;
  readonly examples: string;
}
export interface MadeSystem {
  readonly files: { readonly [path: string]: string };
  readonly modules: readonly MadeModule[];
  readonly components: number;
}

const SATELLITES = 4;
const OPERATIONS = 3;
const VIEWS = 4;
/** Main entity, satellites, two rules, operations, views. */
const IN_MODULE = 1 + SATELLITES + 2 + OPERATIONS + VIEWS;

const settings = JSON.stringify(
  {
    name: 'made',
    currency: 'EUR',
    timeZone: 'Europe/Berlin',
    locale: 'en',
    collation: 'und-x-icu',
    roles: { owner: { read: true, write: true, sensitive: true }, manager: { read: true, write: true, sensitive: true } },
    policy: {
      ask: ['owner'],
      approve: ['owner'],
      rollback: ['owner'],
      freeze: ['owner'],
      autonomy: { low: 'act', medium: 'act', high: 'act' },
      approvals: { low: 0, medium: 0, high: 0 },
      isolation: 'preferred',
    },
  },
  null,
  2,
);

export function makeSystem(size: number, random: () => number): MadeSystem {
  const files: { [path: string]: string } = { 'theseus.json': settings };
  const modules: MadeModule[] = [];
  const count = Math.floor(size / IN_MODULE);
  for (let number = 1; number <= count; number++) modules.push(addModule(files, number, random));
  for (let number = count * IN_MODULE + 1; number <= size; number++) {
    const name = `lone${number}`;
    files[`entities/${name}.ts`] = component(
      'A lone thing.',
      `import { entity, text } from 'theseus/sdk';`,
      `entity({ id: 'e_lone${number}', name: '${name}', plural: '${name}s', title: 'name', fields: { name: text({ id: 'f_lone${number}', no: 1 }) } })`,
    );
  }
  return { files, modules, components: size };
}

export const head = (what: string): string =>
  `/**\n * ${what}\n *\n * why: a system to measure with\n * change: start\n * generator: person\n * date: 2026-11-23\n */\n`;
const component = (what: string, imports: string, definition: string): string =>
  `${head(what)}${imports}\n\nexport default ${definition};\n`;

/** Text of the main entity's file; `more` is put among its fields. */
export function mainEntity(number: number, refersTo: number | undefined, more = ''): string {
  const main = `thing${number}`;
  const fields = [
    `name: text({ id: 'f_n${number}name', no: 1, required: true }),`,
    `state: choice({ id: 'f_n${number}state', no: 2, choices: { open: 'c_n${number}open', done: 'c_n${number}done', held: 'c_n${number}held' }, default: 'open' }),`,
    `amount: money({ id: 'f_n${number}amt', no: 3, required: true }),`,
    `count: integer({ id: 'f_n${number}cnt', no: 4, min: 0, default: 0 }),`,
    `due: date({ id: 'f_n${number}due', no: 5 }),`,
    ...(refersTo === undefined ? [] : [`before: reference({ id: 'f_n${number}bef', no: 6, to: 'thing${refersTo}' }),`]),
    `lines: list({ id: 'f_n${number}lines', no: 7, item: 'line', itemId: 'e_n${number}line', fields: { label: text({ id: 'f_n${number}llab', no: 1 }), quantity: integer({ id: 'f_n${number}lqty', no: 2, required: true, min: 1 }), price: money({ id: 'f_n${number}lpri', no: 3, required: true }) } }),`,
    `subtotal: money({ id: 'f_n${number}sub', no: 8, live: (thing: Row<'${main}'>) => sum(thing.lines, (line) => line.quantity * line.price) }),`,
    `rebate: money({ id: 'f_n${number}reb', no: 9, fixed: { while: (thing: Row<'${main}'>) => thing.state === 'open', formula: rebate, otherwise: money('0.00') } }),`,
  ];
  return component(
    `Thing ${number} is what module ${number} is about.`,
    `import { choice, date, entity, integer, list, money, ${refersTo === undefined ? '' : 'reference, '}type Row, sum, text } from 'theseus/sdk';\nimport rebate from '../rules/rebate${number}.ts';`,
    `entity({\n  id: 'e_thing${number}',\n  name: '${main}',\n  plural: '${main}s',\n  title: 'name',\n  fields: {\n    ${[...fields, more].filter((field) => field !== '').join('\n    ')}\n  },\n})`,
  );
}
export const rebateRule = (number: number, first = ''): string =>
  component(
    `Rebate of thing ${number}.`,
    `import { money, percentOf, type Row, rule } from 'theseus/sdk';`,
    `rule({\n  id: 'r_n${number}reb',\n  name: 'rebate${number}',\n  on: 'thing${number}',\n  governs: 'rebate',\n  decide: (thing: Row<'thing${number}'>) => {\n${first}    if (thing.subtotal > money('100.00')) return percentOf(thing.subtotal, 10);\n    return money('0.00');\n  },\n})`,
  );
export const raiseOperation = (number: number, kind: number, first = ''): string =>
  component(
    `Raises the count of thing ${number} (${kind}).`,
    `import { integer, operation, refuse } from 'theseus/sdk';`,
    `operation({\n  id: 'o_n${number}r${kind}',\n  name: 'raise${number}x${kind}',\n  on: 'thing${number}',\n  http: { method: 'POST', path: '/api/thing${number}s/{id}/raise${kind}', status: 200 },\n  input: { by: integer({ id: 'f_n${number}rby${kind}', no: 1, required: true, min: 1 }) },\n  output: { row: 'thing${number}' },\n  capabilities: { thing${number}: ['update'] },\n  async run({ data, input, row }) {\n${first}    if (row.state === 'held') refuse('conflict', 'A thing that is held cannot be raised.');\n    return data.thing${number}.update(row.id, { count: (row.count ?? 0) + input.by * ${kind} });\n  },\n})`,
  );
export const openView = (number: number, kind: number, more = ''): string =>
  component(
    `Things ${number} that are open (${kind}).`,
    `import { view } from 'theseus/sdk';`,
    `view({\n  id: 'v_n${number}o${kind}',\n  name: 'open${number}x${kind}',\n  title: 'Open things ${number}',\n  from: 'thing${number}',\n  where: (thing) => thing.state === 'open',\n  columns: {\n    name: { label: 'Name', value: (thing) => thing.name },\n    amount: { label: 'Amount', value: (thing) => thing.amount },\n${more}  },\n  order: ['-amount'],\n})`,
  );

function addModule(files: { [path: string]: string }, number: number, random: () => number): MadeModule {
  const main = `thing${number}`;
  const refersTo = number > 1 ? 1 + Math.floor(random() * (number - 1)) : undefined;
  files[pathFor('entity', main)] = mainEntity(number, refersTo);
  files[pathFor('rule', `rebate${number}`)] = rebateRule(number);
  files[pathFor('rule', `large${number}`)] = component(
    `Large things ${number} need an approval.`,
    `import { approval, money, type Row } from 'theseus/sdk';`,
    `approval({ id: 'r_n${number}lrg', name: 'large${number}', on: '${main}', by: 'manager', when: (thing: Row<'${main}'>) => thing.amount > money('10000.00'), amount: (thing) => thing.amount, before: 'state' })`,
  );
  for (let at = 1; at <= SATELLITES; at++) {
    const name = `part${number}x${at}`;
    files[pathFor('entity', name)] = component(
      `Part ${at} of things ${number}.`,
      `import { entity, integer, money, reference, type Row, text } from 'theseus/sdk';`,
      `entity({\n  id: 'e_n${number}p${at}',\n  name: '${name}',\n  plural: '${name}s',\n  title: 'name',\n  fields: {\n    name: text({ id: 'f_n${number}p${at}n', no: 1 }),\n    ${main}: reference({ id: 'f_n${number}p${at}t', no: 2, to: '${main}', required: true }),\n    weight: integer({ id: 'f_n${number}p${at}w', no: 3, min: 0, default: 1 }),\n    share: money({ id: 'f_n${number}p${at}s', no: 4, live: (part: Row<'${name}'>) => part.${main}.amount * (part.weight ?? 0) }),\n  },\n})`,
    );
  }
  for (let at = 1; at <= OPERATIONS; at++) files[pathFor('operation', `raise${number}x${at}`)] = raiseOperation(number, at);
  for (let at = 1; at <= VIEWS; at++) files[pathFor('view', `open${number}x${at}`)] = openView(number, at);
  const examples = Array.from({ length: 12 }, (_, at) => exampleOf(number, at, 1 + Math.floor(random() * 9))).join('\n');
  files[`entities/thing${number}.test.ts`] = testsOf(examples);
  return { number, main, examples };
}

/** One life of a thing: made, raised by each operation, shown in each view, with a part of it. */
function exampleOf(number: number, at: number, quantity: number): string {
  const main = `thing${number}`;
  const subtotal = quantity * 20;
  const rebate = subtotal > 100 ? subtotal / 10 : 0;
  return `  example('a life of thing ${number}, ${at}', [
    { create: '${main}', as: 'it', with: { name: 'It ${at}', amount: '5.00', lines: [{ label: 'x', quantity: ${quantity}, price: '20.00' }] }, then: { subtotal: '${subtotal}.00', rebate: '${rebate}.00', state: 'open', count: 0 } },
    { create: 'part${number}x${1 + (at % SATELLITES)}', as: 'part', with: { name: 'P', ${main}: 'it', weight: 3 }, then: { share: '15.00' } },
    { call: 'raise${number}x${1 + (at % OPERATIONS)}', on: 'it', with: { by: 2 }, then: { count: ${2 * (1 + (at % OPERATIONS))} } },
    { show: 'open${number}x${1 + (at % VIEWS)}', then: [{ name: 'It ${at}', amount: '5.00' }] },
    { update: 'it', with: { state: 'held' }, then: { state: 'held' } },
    { call: 'raise${number}x${1 + ((at + 1) % OPERATIONS)}', on: 'it', with: { by: 2 }, then: { refused: 'conflict' } },
  ]),`;
}

export const testsOf = (examples: string): string =>
  `import { example, examples } from 'theseus/sdk';\n\nexport default examples([\n${examples}\n]);\n`;

/** The kinds that the made systems hold. */
export type MadeKind = Extract<ComponentKind, 'entity' | 'rule' | 'operation' | 'view'>;
const folders: { readonly [Kind in MadeKind]: string } = { entity: 'entities', rule: 'rules', operation: 'operations', view: 'views' };
export const pathFor = (kind: MadeKind, name: string): string => `${folders[kind]}/${name}.ts`;
