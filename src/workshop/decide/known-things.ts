/** What there is in a system, each thing with the words that speak of it and the place where it is found. From the model and the heads of the components. */
import type { EntityContract, Field } from '#kernel';
import { kebab, type SystemReading, words as wordsOf } from '#model';
import { rootOf } from '#settings';
import { isPlain } from './thesaurus.ts';

export type Reading = Extract<SystemReading, { ok: true }>;
export interface Thing {
  readonly kind: 'entity' | 'field' | 'choice' | 'view' | 'operation' | 'rule' | 'workflow' | 'job' | 'reaction';
  readonly name: string;
  /** Roots of its name. */
  readonly words: ReadonlySet<string>;
  /** Roots of all that its component says of itself. */
  readonly text: ReadonlySet<string>;
  readonly says: string;
  readonly entity?: EntityContract;
  readonly field?: Field;
  readonly where: string;
}

const wordsIn = (text: string, between: RegExp): readonly string[] =>
  text
    .replace(/([a-z0-9])([A-Z])/g, '$1 $2')
    .toLowerCase()
    .split(between)
    .filter((word) => word !== '');
const roots = (text: string): ReadonlySet<string> => new Set(wordsIn(text, /[^\p{L}\p{N}]+/u).map(rootOf));
const tellingRoots = (text: string): ReadonlySet<string> =>
  new Set(
    wordsIn(text, /[^\p{L}\p{N}']+/u)
      .filter((word) => !isPlain(word))
      .map(rootOf),
  );
const spoken = (name: string): string => wordsOf(name).join(' ');

const known = new WeakMap<Reading, readonly Thing[]>();
/** Worked out once of a reading. */
export function thingsOf(reading: Reading): readonly Thing[] {
  const things = known.get(reading) ?? thingsIn(reading);
  known.set(reading, things);
  return things;
}

function thingsIn(reading: Reading): readonly Thing[] {
  const { model } = reading;
  const heads = new Map(reading.components.map((component) => [`${component.kind}/${component.name}`, component]));
  const says = (key: string): string => heads.get(key)?.head.what ?? '';
  const text = (key: string, more = ''): ReadonlySet<string> =>
    tellingRoots(`${says(key)} ${heads.get(key)?.head.why ?? ''} ${messagesIn(heads.get(key)?.code)} ${more}`);
  return [
    ...model.entities.flatMap((entity) =>
      ofEntity(entity, says(`entity/${entity.name}`), text(`entity/${entity.name}`, entity.fields.map(({ name }) => name).join(' '))),
    ),
    ...model.views.map((view): Thing => {
      const key = `view/${view.name}`;
      const entity = model.entities.find(({ id }) => id === view.from);
      const columns = view.columns.map((column) => `${column.name} ${column.label}`).join(' ');
      return {
        kind: 'view',
        name: view.name,
        words: roots(`${view.name} ${view.title}`),
        text: text(key, `${view.title} ${view.name} ${columns} ${entity?.plural ?? ''} ${entity?.name ?? ''}`),
        says: says(key),
        where: `GET /api/views/${kebab(view.name)}`,
        ...(entity === undefined ? {} : { entity }),
      };
    }),
    ...model.operations.map((operation): Thing => {
      const key = `operation/${operation.name}`;
      const entity = model.entities.find(({ id }) => id === operation.on);
      return {
        kind: 'operation',
        name: operation.name,
        words: roots(operation.name),
        text: text(key, `${operation.name} ${entity?.name ?? ''}`),
        says: says(key),
        where: `${operation.http.method} ${operation.http.path}`,
        ...(entity === undefined ? {} : { entity }),
      };
    }),
    ...[...model.rules, ...model.workflows, ...model.jobs, ...model.reactions].map((contract): Thing => {
      const key = `${contract.kind}/${contract.name}`;
      const on = 'form' in contract || contract.kind === 'workflow' ? model.entities.find(({ id }) => id === contract.on) : undefined;
      return {
        kind: contract.kind,
        name: contract.name,
        words: roots(contract.name),
        text: text(key, contract.name),
        says: says(key),
        where: key,
        ...(on === undefined ? {} : { entity: on }),
      };
    }),
  ];
}

/** What a body tells its callers: the texts of its refusals. */
const messagesIn = (code: string | undefined): string =>
  [...(code ?? '').matchAll(/refuse\(\s*['"][\w-]+['"],\s*(['"`])((?:(?!\1).)*)\1/g)]
    .map((match) => (match[2] ?? '').replace(/\$\{[^}]*\}/g, ' '))
    .join(' ');

function ofEntity(entity: EntityContract, says: string, text: ReadonlySet<string>): readonly Thing[] {
  const where = `GET /api/${kebab(entity.plural)}`;
  const field = (owner: string, each: Field): readonly Thing[] => [
    {
      kind: 'field',
      name: each.name,
      words: roots(each.name),
      text: roots(`${each.name} ${owner}`),
      says: `the ${spoken(each.name)} of a ${owner}`,
      entity,
      field: each,
      where,
    },
    ...(each.type.kind === 'choice'
      ? each.type.choices.map((choice): Thing => ({
          kind: 'choice',
          name: choice.name,
          words: roots(choice.name),
          text: roots(choice.name),
          says: `${spoken(choice.name)} as ${spoken(each.name)} of a ${owner}`,
          entity,
          field: each,
          where,
        }))
      : []),
    ...(each.type.kind === 'list' ? each.type.fields.flatMap((inner) => field(`${owner}.${each.name}`, inner)) : []),
  ];
  return [
    {
      kind: 'entity',
      name: entity.name,
      words: roots(`${entity.name} ${entity.plural}`),
      text,
      says,
      entity,
      where,
    },
    ...entity.fields.flatMap((each) => field(entity.name, each)),
  ];
}
