import assert from 'node:assert/strict';
import { readFileSync } from 'node:fs';
import { describe, it } from 'node:test';
import { idsIn } from '../ids-in.ts';
import { readSystem } from '../read.ts';
import { assignIds } from './assign-ids.ts';

const shop = (path: string): string => readFileSync(new URL(`../../../../systems/shop/${path}`, import.meta.url), 'utf8');
const paths = [
  'theseus.json',
  'entities/customer.ts',
  'entities/invoice.ts',
  'entities/order.ts',
  'entities/product.ts',
  'entities/order.test.ts',
  'operations/place-order.ts',
  'operations/place-order.test.ts',
];
const base: { readonly [path: string]: string } = Object.fromEntries(paths.map((path) => [path, shop(path)]));
const head = { change: 'ch_1', generator: 'agent', date: '2026-11-23', request: 'Ship orders with */ a carrier' };
const complete = (files: { readonly [path: string]: string | null }): ReturnType<typeof assignIds> =>
  assignIds({
    files,
    base: Object.fromEntries(Object.keys(files).flatMap((path) => (base[path] === undefined ? [] : [[path, base[path]]]))),
    taken: idsIn(base),
    head,
  });
const order = base['entities/order.ts'] ?? '';
const edited = (from: string | RegExp, to: string): string => {
  const made = order.replace(from, to);
  assert.notEqual(made, order);
  return made;
};
const reads = (files: { readonly [path: string]: string | null }): void => {
  const whole = { ...base };
  for (const [path, text] of Object.entries(files)) if (text !== null) whole[path] = text;
  const reading = readSystem(whole);
  assert.deepEqual(reading.ok ? [] : reading.problems, []);
};

describe('what is handed in without ids', () => {
  const carrier = `/** A carrier brings what was ordered. */
import { boolean, choice, entity, list, text } from 'theseus/sdk';

export default entity({
  name: 'carrier',
  plural: 'carriers',
  fields: {
    name: text({ required: true }),
    notes: text(),
    active: boolean({
      default: true,
    }),
    speed: choice({ choices: ['slow', 'fast'], default: 'slow' }),
    state: choice({ choices: { fresh: '', worn: '' } }),
    depots: list({ item: 'depot', fields: { town: text({}) } }),
  },
});
`;

  it('gets permanent ids, numbers and the lines of its head, and reads', () => {
    const { files, problems, given } = complete({ 'entities/carrier.ts': carrier });
    assert.deepEqual(problems, []);
    assert.equal(given.length, 13);
    const text = files['entities/carrier.ts'] ?? '';
    assert.match(text, /why: Ship orders with \* \/ a carrier\n \* change: ch_1\n \* generator: agent\n \* date: 2026-11-23\n \*\//);
    assert.match(text, /notes: text\(\{ id: 'f_[a-z0-9]{6}', no: 2 \}\)/);
    assert.match(text, /active: boolean\(\{\n {6}id: 'f_[a-z0-9]{6}',\n {6}no: 3,\n {6}default: true,/);
    reads(files);
  });

  it('is completed to the same text again: a run that resumes writes what it wrote', () => {
    const once = complete({ 'entities/carrier.ts': carrier });
    assert.deepEqual(complete({ 'entities/carrier.ts': carrier }).files, once.files);
    assert.deepEqual(complete(once.files).files, once.files);
  });

  it('keeps the ids that the base has for the same names', () => {
    const { files, problems, given } = complete({ 'entities/order.ts': order.replaceAll(/ id: '[^']*', no: \d,/g, '') });
    assert.deepEqual([problems, given.filter((line) => !/f_l|f_o|c_o|e_o/.test(line))], [[], []]);
    assert.match(files['entities/order.ts'] ?? '', /customer: reference\(\{ id: 'f_ocust', no: 1, to: 'customer'/);
    reads(files);
  });

  it('gives a new field the number after the highest there ever was, a retired one among them', () => {
    const bigger = order.replace("title: 'placedOn',", "title: 'placedOn',\n  retired: { gift: { id: 'f_ogift', no: 9 } },");
    const made = assignIds({
      files: { 'entities/order.ts': bigger.replace('fields: {\n', 'fields: {\n    note: text(),\n').replace(', sum }', ', sum, text }') },
      base: { 'entities/order.ts': bigger },
      taken: idsIn(base),
      head,
    });
    assert.match(made.files['entities/order.ts'] ?? '', /note: text\(\{ id: 'f_\w+', no: 10 \}\)/);
  });

  it('keeps id and number of a field that went as retired', () => {
    const { files, retired, problems } = complete({
      'entities/order.ts': edited(/ {4}placedOn: date.*\n/, '').replace("title: 'placedOn'", "title: 'status'"),
    });
    assert.deepEqual([problems, retired], [[], ['entities/order.ts placedOn f_oplaced']]);
    assert.match(files['entities/order.ts'] ?? '', /retired: \{ placedOn: \{ id: 'f_oplaced', no: 2 \} \}/);
  });

  it('gives ids to the fields of an operation, the one that is its whole answer among them', () => {
    const echo = `/** Says again what it was told. */
import { json, operation } from 'theseus/sdk';

export default operation({
  name: 'echo',
  http: { method: 'POST', path: '/v1/echo', body: 'said' },
  input: { said: json({ required: true }) },
  output: { body: json({ required: true }) },
  async run({ input }) {
    return input.said;
  },
});
`;
    const { files, given } = complete({ 'operations/echo.ts': echo });
    assert.equal(given.length, 3);
    reads(files);
  });

  it('takes what cannot be parsed as it is: the gates say what is wrong with it', () => {
    const broken = 'export default entity({';
    const nested = `export default ${'('.repeat(9_000)}`;
    assert.deepEqual(complete({ 'entities/a.ts': broken, 'entities/b.ts': nested }).files, {
      'entities/a.ts': broken,
      'entities/b.ts': nested,
    });
  });
});

describe('identity is for life', () => {
  const refused = (files: { readonly [path: string]: string | null }, why: RegExp): void => {
    const { problems } = complete(files);
    assert.match(problems.map((problem) => problem.message).join('\n'), why);
  };
  it('so a name that gets another id is refused', () =>
    refused(
      { 'entities/order.ts': edited('f_oplaced', 'f_fresh1') },
      /fields\/placedOn has the permanent id f_oplaced, and this says f_fresh1/,
    ));
  it('and so are an id and a number of another field', () => {
    refused(
      {
        'entities/order.ts': edited(
          "total: money({\n      id: 'f_ototal',\n      no: 5,",
          "sum: money({\n      id: 'f_oplaced',\n      no: 5,",
        ),
      },
      /./,
    );
    refused({ 'entities/order.ts': edited('no: 2 }', 'no: 7 }') }, /fields\/placedOn has the number 2/);
    refused(
      { 'entities/order.ts': edited(/placedOn: date\(\{.*\n/, 'gift: text({ no: 2 }),\n').replace("title: 'placedOn'", "title: 'gift'") },
      /the number 2 is that of fields\/placedOn/,
    );
  });
  it('and an id of another component, also of one that goes', () => {
    const thief = `/** Steals. */\nimport { entity, text } from 'theseus/sdk';\n\nexport default entity({ name: 'thief', plural: 'thieves', fields: { name: text({ id: 'f_oplaced' }) } });\n`;
    refused({ 'entities/thief.ts': thief }, /f_oplaced belongs to entities\/order\.ts/);
    refused({ 'entities/thief.ts': thief, 'entities/order.ts': null }, /f_oplaced belongs to entities\/order\.ts/);
  });
  it('while a name that moves with its id is a rename, of a field and of a component', () => {
    assert.deepEqual(
      complete({ 'entities/order.ts': edited('placedOn: date', 'orderedOn: date').replace("title: 'placedOn'", "title: 'orderedOn'") })
        .problems,
      [],
    );
    const renamed = complete({ 'entities/order.ts': null, 'entities/purchase.ts': order.replace("name: 'order',", "name: 'purchase',") });
    assert.deepEqual([renamed.problems, renamed.given, renamed.retired], [[], [], []]);
  });
});
