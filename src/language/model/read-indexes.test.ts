/** Indexes stand in the definition, by name in the source and by permanent id in the contract; what cannot be kept in one is refused where it is read. */
import assert from 'node:assert/strict';
import { test } from 'node:test';
import { compareContracts } from './compare-contracts.ts';
import { printEntity } from './print/index.ts';
import { readSystem } from './read.ts';
import type { SystemReading } from './reading.ts';

const settings = JSON.stringify({ name: 'club', currency: 'EUR', roles: { owner: { read: true, write: true, sensitive: true } } });
const head = '/**\n * It.\n *\n * why: it\n * change: start\n * generator: person\n * date: 2026-11-23\n */\n';
const invoice = (indexes: string): string => `${head}import { choice, date, entity, type Row, text } from 'theseus/sdk';

export default entity({
  id: 'e_invo',
  name: 'invoice',
  plural: 'invoices',
  title: 'number',
  fields: {
    number: text({ id: 'f_numb', no: 1, required: true, max: 20 }),
    issueDate: date({ id: 'f_issu', no: 2 }),
    status: choice({ id: 'f_stat', no: 3, choices: { open: 'c_open', paid: 'c_paid' } }),
    note: text({ id: 'f_note', no: 4 }),
    late: date({ id: 'f_late', no: 5, live: (invoice: Row<'invoice'>) => invoice.issueDate }),
  },
${indexes === '' ? '' : `  indexes: ${indexes},\n`}});
`;
type Read = Extract<SystemReading, { ok: true }>;
function read(indexes: string): Read {
  const reading = readSystem({ 'theseus.json': settings, 'entities/invoice.ts': invoice(indexes) });
  assert.ok(reading.ok, reading.ok ? '' : reading.problems.map(({ message }) => message).join('; '));
  return reading;
}
const problems = (indexes: string): string => {
  const reading = readSystem({ 'theseus.json': settings, 'entities/invoice.ts': invoice(indexes) });
  return reading.ok ? '' : reading.problems.map(({ message }) => message).join('; ');
};
const all = "[{ sort: ['-issueDate', 'number'] }, { filter: ['status'], sort: ['issueDate'] }, { search: true }]";

test('indexes are read by the ids of their fields, and printed as they were written', () => {
  const { model, components } = read(all);
  const [entity] = model.entities;
  assert.deepEqual(entity?.indexes, [
    {
      filter: [],
      sort: [
        { field: 'f_issu', descending: true },
        { field: 'f_numb', descending: false },
      ],
    },
    { filter: ['f_stat'], sort: [{ field: 'f_issu', descending: false }] },
    { search: true },
  ]);
  const [component] = components;
  assert.ok(entity !== undefined && component !== undefined);
  const printed = printEntity(entity, { model, head: component.head });
  assert.match(
    printed,
    /indexes: \[\{ sort: \['-issueDate', 'number'\] \}, \{ filter: \['status'\], sort: \['issueDate'\] \}, \{ search: true \}\],/,
  );
  const again = readSystem({ 'theseus.json': settings, 'entities/invoice.ts': printed });
  assert.ok(again.ok);
  assert.deepEqual(again.model.entities, model.entities);
});

test('an entity without indexes has the contract that it had before there were any', () => {
  assert.equal('indexes' in (read('').model.entities[0] ?? {}), false);
  assert.equal('indexes' in (read('[]').model.entities[0] ?? {}), false);
});

test('no caller sees an index: it is a difference of the contract that every caller goes on with', () => {
  const [before, after] = [read(''), read(all)].map(({ model }) => model.entities);
  const differences = compareContracts(before ?? [], after ?? []);
  assert.deepEqual(
    differences.map(({ member, change, compatible }) => [member, change, compatible]),
    [
      ['entity/invoice#indexes', 'keeps an index for sort=-issueDate,number', true],
      ['entity/invoice#indexes', 'keeps an index for filter=status sort=issueDate', true],
      ['entity/invoice#indexes', 'keeps an index for q', true],
    ],
  );
  assert.match(compareContracts(after ?? [], before ?? [])[0]?.change ?? '', /^no longer keeps an index for /);
});

test('what cannot be kept in an index is refused in words', () => {
  assert.match(problems("[{ sort: ['due'] }]"), /due is no field of invoice/);
  assert.match(problems("[{ sort: ['note'] }]"), /note may be longer than an index holds: a text of at most 600 characters \(max\)/);
  assert.match(problems("[{ sort: ['late'] }]"), /late is computed when it is read/);
  assert.match(problems("[{ filter: ['status'], sort: ['-status'] }]"), /status stands there twice/);
  assert.match(problems("[{ sort: ['issueDate'] }, { sort: ['issueDate'] }]"), /this index stands there twice/);
  assert.match(problems('[{}]'), /an index is \{ sort:/);
  assert.match(problems("[{ search: true, sort: ['number'] }]"), /an index is \{ sort:/);
  assert.match(problems("{ sort: ['number'] }"), /indexes must be a list/);
  assert.match(problems("[{ order: ['number'] }]"), /order is not known here/);
});

test('the time in which an entity is to answer stands in its definition, and no caller depends on it', () => {
  const timed = (text: string): string => invoice('').replace('  },\n});', `  },\n  answersWithin: ${text},\n});`);
  const reading = readSystem({ 'theseus.json': settings, 'entities/invoice.ts': timed('50') });
  assert.ok(reading.ok);
  const [entity] = reading.model.entities;
  assert.equal(entity?.answersWithin, 50);
  const [component] = reading.components;
  assert.ok(entity !== undefined && component !== undefined);
  assert.match(printEntity(entity, { model: reading.model, head: component.head }), /\n {2}answersWithin: 50,\n/);
  assert.deepEqual(
    compareContracts(read('').model.entities, [entity]).map(({ member, change, compatible }) => [member, change, compatible]),
    [['entity/invoice#answersWithin', 'is to answer within 50 ms', true]],
  );
  const refused = readSystem({ 'theseus.json': settings, 'entities/invoice.ts': timed('0') });
  assert.match(refused.ok ? '' : (refused.problems[0]?.message ?? ''), /answersWithin must be a whole number from 1 to 60000/);
});
