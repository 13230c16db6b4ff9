/**
 * The system that the labelled requests of this folder are about: 500 components in 25 trades that share no words of their own
 * making, but many of the same business. Made of the tables in `domains/`, always the same.
 */
import { readdirSync, readFileSync } from 'node:fs';
import { kebab, label, pathOf, plural, testPathOf } from '#model';
import { exampleSource } from './make-examples.ts';
import { type Domain, type EntityLine, type FieldCell, fieldCells, type OtherLine, readTable } from './table.ts';

export interface MadeSystem {
  readonly files: { readonly [path: string]: string };
  /** `entity/patient` and the like, in the order of the tables. */
  readonly components: readonly string[];
}

const settings = {
  name: 'trades',
  currency: 'EUR',
  timeZone: 'Europe/Berlin',
  locale: 'en',
  collation: 'und-x-icu',
  roles: {
    owner: { read: true, write: true, sensitive: true },
    manager: { read: true, write: true, sensitive: true },
    clerk: { read: true, write: true, sensitive: false },
  },
  policy: { ask: ['owner', 'manager'], approve: ['owner'], rollback: ['owner'], freeze: ['owner'] },
};
const kinds = { R: 'rule', A: 'rule', O: 'operation', V: 'view', N: 'reaction', J: 'job' } as const;
const sdk =
  'addDays addMonths approval average boolean choice count date daysBetween decimal divide duration email entity example integer job largest list max min money operation percentOf quantity reaction reference refuse round rule smallest sum text today url view';

export function makeSystem(): MadeSystem {
  const folder = new URL('domains/', import.meta.url);
  const names = readdirSync(folder).sort();
  const domains = names.map((name) => readTable(readFileSync(new URL(name, folder), 'utf8')));
  const files: { [path: string]: string } = { 'theseus.json': `${JSON.stringify(settings, null, 2)}\n` };
  const components: string[] = [];
  const nextId = counted();
  const put = (kind: 'entity' | (typeof kinds)[keyof typeof kinds], name: string, source: string): void => {
    const path = pathOf(kind, name);
    if (files[path] !== undefined) throw new Error(`${path} stands in two tables`);
    files[path] = source;
    components.push(`${kind}/${name}`);
  };
  for (const domain of domains) {
    for (const entity of domain.entities.values()) {
      put('entity', entity.name, entitySource(entity, nextId));
      files[testPathOf(pathOf('entity', entity.name))] = exampleSource(entity, domain.entities);
    }
    for (const line of domain.others) put(kinds[line.kind], line.name, sourceOf(line, domain, nextId));
  }
  return { files, components };
}

type NextId = (prefix: string) => string;
/** Ids in the order of the tables: whoever adds a line in the middle changes those behind it, which no label names. */
function counted(): NextId {
  let number = 46_656;
  return (prefix) => `${prefix}_${(number++).toString(36)}`;
}

function file(what: string, why: string, body: string, own: readonly string[] = []): string {
  const plain = body.replace(/'[^'\n]*'/g, "''");
  const used = sdk.split(' ').filter((name) => new RegExp(`(?<![\\w.])${name}\\(`).test(plain));
  if (/Row</.test(body)) used.push('type Row');
  return `/**\n * ${what}\n *\n * why: ${why}\n * change: start\n * generator: person\n * date: 2026-11-23\n */\nimport { ${used.join(', ')} } from 'theseus/sdk';\n${own.map((line) => `${line}\n`).join('')}\nexport default ${body};\n`;
}
/** Formulas of the tables call the row `it`. */
const formula = (text: string, row: string): string => text.replace(/\bit\b/g, row);
const typed = (text: string, row: string): string => `(${row}: Row<'${row}'>) => ${formula(text, row)}`;

function entitySource(entity: EntityLine, nextId: NextId): string {
  const title = entity.fields.find((field) => field.type === 't')?.name ?? entity.fields[0]?.name ?? '';
  const id = nextId('e');
  const fields = fieldsSource(entity.fields, nextId, '    ', entity.name);
  const invariants = entity.invariants.map(
    ({ name, message, holds }) => `    ${name}: {\n      holds: ${typed(holds, entity.name)},\n      message: '${message}',\n    },\n`,
  );
  const rules = entity.fields.flatMap(({ live }) =>
    live !== undefined && 'rule' in live ? [`import ${live.rule} from '../rules/${kebab(live.rule)}.ts';`] : [],
  );
  const body = `entity({\n  id: '${id}',\n  name: '${entity.name}',\n  plural: '${entity.plural}',\n  title: '${title}',\n  fields: {\n${fields}  },\n${invariants.length > 0 ? `  invariants: {\n${invariants.join('')}  },\n` : ''}})`;
  return file(entity.what, entity.why, body, rules);
}
function fieldsSource(fields: readonly FieldCell[], nextId: NextId, indent: string, row: string): string {
  return fields.map((field, at) => `${indent}${field.name}: ${fieldSource(field, at + 1, nextId, indent, row)},\n`).join('');
}
const types: { readonly [short: string]: string } = {
  t: 'text',
  tm: 'text',
  $: 'money',
  d: 'date',
  i: 'integer',
  b: 'boolean',
  e: 'email',
  u: 'url',
  dec: 'decimal',
  m: 'duration',
  c: 'choice',
};
function fieldSource(field: FieldCell, no: number, nextId: NextId, indent: string, row: string): string {
  const options = [`id: '${nextId('f')}'`, `no: ${no}`];
  const [type = '', inside = ''] = field.type.split(' ');
  if (field.required) options.push('required: true');
  if (field.unique) options.push('unique: true');
  if (field.sensitive) options.push('sensitive: true');
  if (type === 'tm') options.push('multiline: true');
  if (type === 'q') options.push('scale: 2', `unit: '${inside}'`);
  if (type === 'dec') options.push('scale: 2');
  if (type === 'b' && field.live === undefined) options.push('default: false');
  if ((type === 'i' || type === '$') && field.live === undefined) options.push(type === 'i' ? 'min: 0' : `min: '0.00'`);
  if (field.live !== undefined) options.push(`live: ${'rule' in field.live ? field.live.rule : typed(field.live.formula, row)}`);
  if (type.startsWith('>')) return `reference({ ${options.join(', ')}, to: '${type.slice(1)}' })`;
  if (type === 'c') {
    const choices = field.choices.map((choice) => `${choice}: '${nextId('c')}'`).join(', ');
    return `choice({\n${indent}  ${options.join(`, `)},\n${indent}  choices: { ${choices} },\n${indent}  default: '${field.choices[0] ?? ''}',\n${indent}})`;
  }
  if (type === 'list') {
    const itemId = nextId('e');
    return `list({\n${indent}  ${options.join(', ')},\n${indent}  item: '${inside}',\n${indent}  itemId: '${itemId}',\n${indent}  fields: {\n${fieldsSource(field.items, nextId, `${indent}    `, row)}${indent}  },\n${indent}})`;
  }
  const name = type === 'q' ? 'quantity' : types[type];
  if (name === undefined) throw new Error(`no type: ${field.type}`);
  return `${name}({ ${options.join(', ')} })`;
}

function sourceOf(line: OtherLine, domain: Domain, nextId: NextId): string {
  const { kind, name, on } = line;
  const [cell = '', second = '', third = ''] = line.cells;
  const entity = on.split('.')[0] ?? '';
  const named = (prefix: string): string => `  id: '${nextId(prefix)}',\n  name: '${name}',\n`;
  if (kind === 'R')
    return file(
      line.what,
      line.why,
      `rule({\n${named('r')}  on: '${entity}',\n  governs: '${on.split('.')[1] ?? ''}',\n  decide: ${typed(cell, entity)},\n})`,
    );
  if (kind === 'A')
    return file(
      line.what,
      line.why,
      `approval({\n${named('r')}  on: '${entity}',\n  by: 'manager',\n  when: ${typed(cell, entity)},\n  before: '${line.more}',\n})`,
    );
  if (kind === 'V') return file(line.what, line.why, `view({\n${named('v')}${viewParts(name, entity, cell, second, third)}})`);
  if (kind === 'N')
    return file(line.what, line.why, `reaction({\n${named('n')}  on: { event: '${on}' },\n${bodyParts(cell, 'event', [])}})`);
  if (kind === 'J')
    return file(
      line.what,
      line.why,
      `job({\n${named('j')}  schedule: { cron: '${`${on} ${line.more}`}', catchUp: 'last' },\n${bodyParts(cell, 'dueDay', [])}})`,
    );
  return file(line.what, line.why, `operation({\n${named('o')}${operationParts(line, domain, nextId)}})`);
}

/** Columns: `guest.name`, `sum:total`, `count`, or any of them with a name before it: `who=guest.name`. */
function viewParts(name: string, entity: string, where: string, columns: string, order: string): string {
  const shown = columns.split(',').map((column) => {
    const [alias, path = alias] = column.trim().split('=');
    const [aggregate, value = aggregate] = (path ?? '').split(':');
    const given = column.includes('=') ? (alias ?? '') : camelPath(value ?? '');
    const parts = [`label: '${label(given)}'`];
    if (path !== 'count') parts.push(`value: (${entity}) => ${entity}.${value ?? ''}`);
    if (path === 'count' || path?.includes(':') === true) parts.push(`aggregate: '${aggregate ?? ''}'`);
    return `    ${given}: { ${parts.join(', ')} },\n`;
  });
  const ordered =
    order === '' || order === '-'
      ? ''
      : `  order: [${order
          .split(',')
          .map((each) => `'${each}'`)
          .join(', ')}],\n`;
  const chosen = where === '-' ? '' : `  where: (${entity}) => ${formula(where, entity)},\n`;
  return `  title: '${label(name)}',\n  from: '${entity}',\n${chosen}  columns: {\n${shown.join('')}  },\n${ordered}`;
}
const camelPath = (path: string): string => path.replace(/\.(\w)/g, (_, letter: string) => letter.toUpperCase());

/** `more` is `-` or `state:from,from>to`; the cells are input and body, in which `set a: b` ends in writing the row. */
function operationParts(line: OtherLine, domain: Domain, nextId: NextId): string {
  const [input = '', body = ''] = line.cells;
  const moved = /^(\w+):([\w,]+)>(\w+)$/.exec(line.more);
  const own = line.on !== '-';
  const parts: string[] = [];
  if (own) parts.push(`  on: '${line.on}',\n`);
  const many = domain.entities.get(line.on)?.plural ?? plural(line.on);
  parts.push(
    `  http: { method: 'POST', path: '/api/${own ? `${kebab(many)}/{id}/` : ''}${kebab(line.name)}', status: ${own ? 200 : 201} },\n`,
  );
  const fields = fieldCells(input, ' ');
  if (fields.length > 0) parts.push(`  input: {\n${fieldsSource(fields, nextId, '    ', line.on)}  },\n`);
  const made = /return data\.(\w+)\.create/.exec(body)?.[1] ?? line.on;
  parts.push(`  output: { row: '${made}' },\n`);
  if (moved !== null)
    parts.push(
      `  transition: { field: '${moved[1] ?? ''}', from: [${(moved[2] ?? '')
        .split(',')
        .map((state) => `'${state}'`)
        .join(', ')}], to: '${moved[3] ?? ''}' },\n`,
    );
  const statements = body.split(' ;; ').filter((each) => each !== '');
  const last = statements.at(-1) ?? '';
  const set = [...(moved === null ? [] : [`${moved[1] ?? ''}: '${moved[3] ?? ''}'`]), ...(last.startsWith('set ') ? [last.slice(4)] : [])];
  const written = [...(last.startsWith('set ') ? statements.slice(0, -1) : statements)];
  if (!/return data/.test(body)) written.push(`return data.${line.on}.update(row.id, { ${set.join(', ')} })`);
  return parts.join('') + bodyParts(written.join(' ;; '), own ? 'row' : '', fields.length > 0 ? ['input'] : []);
}

const accesses: { readonly [verb: string]: string } = { get: 'read', list: 'read', create: 'create', update: 'update', delete: 'delete' };
function bodyParts(text: string, given: string, more: readonly string[]): string {
  const held = new Map<string, Set<string>>();
  for (const [, entity = '', verb = ''] of text.matchAll(/data\.(\w+)\.(get|list|create|update|delete)\(/g))
    held.set(entity, (held.get(entity) ?? new Set()).add(accesses[verb] ?? ''));
  const capabilities = [...held].map(([entity, verbs]) => `    ${entity}: [${[...verbs].map((verb) => `'${verb}'`).join(', ')}],\n`);
  const emitted = [...new Set([...text.matchAll(/emit\('(\w+)'/g)].map(([, name = '']) => name))];
  const plain = text.replace(/'[^']*'/g, '');
  const powers = ['today', 'now', 'log', 'emit'].filter((power) => new RegExp(`\\b${power}\\b`).test(plain));
  const names = [held.size > 0 ? 'data' : '', given !== '' && new RegExp(`\\b${given}\\b`).test(text) ? given : '', ...more, ...powers];
  const lines = text.split(' ;; ').map((line) => `    ${line}${/[{}]$/.test(line) ? '' : ';'}\n`);
  const emits = emitted.length > 0 ? `  emits: [${emitted.map((name) => `'${name}'`).join(', ')}],\n` : '';
  return `  capabilities: {\n${capabilities.join('')}  },\n${emits}  async run({ ${names.filter((name) => name !== '').join(', ')} }) {\n${lines.join('')}  },\n`;
}
