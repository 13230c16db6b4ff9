import assert from 'node:assert/strict';
import { after, test } from 'node:test';
import { parserProcess } from '#adapters/parser-process';
import type { Example, SystemReading } from '#model';
import { shopFiles } from '../../../test/gates/engines.ts';
import { exampleOfFields, type Looks } from './bare-example.ts';

const visit = `/**
 * A visit of a customer.
 *
 * why: who was here is called back
 * change: start
 * generator: person
 * date: 2026-11-23
 */
import { entity, text } from 'theseus/sdk';

export default entity({
  id: 'e_visit',
  name: 'visit',
  plural: 'visits',
  fields: {
    note: text({ id: 'f_vnote', no: 1 }),
    place: text({ id: 'f_vplace', no: 2 }),
    illness: text({ id: 'f_villness', no: 3, sensitive: true }),
  },
});
`;
const reader = parserProcess();
after(() => reader.close());
const reading = (await reader.read({ ...shopFiles, 'entities/visit.ts': visit })) as unknown as SystemReading;
assert.ok(reading.ok, JSON.stringify(reading));
const { model } = reading;
const entity = model.entities.find(({ name }) => name === 'visit');

function made(names: readonly string[], looks: Looks): Example {
  assert.ok(entity !== undefined);
  const example = exampleOfFields(model, entity, names, looks);
  assert.ok(example !== undefined);
  return example;
}

test('the name of an example says that rows keep a field only where a step reads it back', () => {
  for (const looks of ['at-all', 'at-what-is-given'] as const) {
    assert.equal(made(['note', 'place'], looks).name, 'a row of visit keeps note, place');
    assert.equal(made(['note', 'illness'], looks).name, 'a row of visit keeps note and takes illness');
    assert.equal(made(['illness'], looks).name, 'a row of visit takes illness');
  }
  const unread = made(['note', 'place'], 'at-nothing');
  assert.equal(unread.name, 'a row of visit takes note, place');
  assert.ok(unread.steps.every((step) => !('then' in step)));
});
