import assert from 'node:assert/strict';
import { readdirSync, readFileSync } from 'node:fs';
import { test } from 'node:test';
import fc from 'fast-check';
import { permanentId } from '#kernel';
import { editSource, fieldDoc, type SourceEdit, type SourceFiles } from './index.ts';
import { readSystem } from './read.ts';

const folder = new URL('../../../systems/shop/', import.meta.url);
const shop: SourceFiles = Object.fromEntries(
  readdirSync(folder, { recursive: true, encoding: 'utf8' })
    .filter((path) => path.endsWith('.ts') || path === 'theseus.json')
    .map((path) => [path, readFileSync(new URL(path, folder), 'utf8')]),
);
function good(files: SourceFiles) {
  const reading = readSystem(files);
  assert.ok(reading.ok, JSON.stringify(reading, null, 1));
  return reading;
}
const base = good(shop);
const head = { what: 'X.', why: 'because', change: 'ch_1', generator: 'sentences', date: '2026-12-01' };
function edited(
  path: string,
  edits: readonly SourceEdit[],
): { readonly text: string; readonly contract: ReturnType<typeof good>['components'][number]['contract'] } {
  const component = base.components.find((candidate) => candidate.path === path);
  assert.ok(component);
  const text = editSource(shop[path] ?? '', component.outline, edits);
  const contract = good({ ...shop, [path]: text }).components.find((candidate) => candidate.path === path)?.contract;
  assert.ok(contract);
  return { text, contract };
}
const phone = {
  id: permanentId('f_phone'),
  no: 5,
  name: 'phone',
  type: { kind: 'email' },
  required: true,
  unique: false,
  sensitive: false,
} as const;
const member = {
  kind: 'set',
  member: 'fields/phone',
  value: fieldDoc(phone, permanentId('e_cust'), { head, model: base.model }, 'fields/phone'),
} as const;

test('a field is added as the last, and nothing else changes', () => {
  const { text, contract } = edited('entities/customer.ts', [member]);
  assert.ok(contract.kind === 'entity');
  assert.deepEqual(contract.fields.at(-1), phone);
  assert.equal(text.replace("    phone: email({ id: 'f_phone', no: 5, required: true }),\n", ''), shop['entities/customer.ts']);
});

test('a kind that was not used is imported, one that is no longer used is not', () => {
  const { text } = edited('entities/customer.ts', [
    { kind: 'set', member: 'fields/since', value: "date({ id: 'f_since', no: 6 })" },
    { kind: 'remove', member: 'fields/creditLimit' },
    {
      kind: 'set',
      member: 'retired/creditLimit',
      value: {
        object: [
          ['id', "'f_climit'"],
          ['no', '4'],
        ],
      },
    },
  ]);
  assert.match(text, /import \{ choice, date, email, entity, text \} from 'theseus\/sdk';/);
  assert.match(text, /  retired: \{\n    creditLimit: \{ id: 'f_climit', no: 4 \},\n  \},\n\}\);\n$/);
  assert.doesNotMatch(text, /creditLimit: money/);
});

test('a field is renamed, a bound is set, a default is removed', () => {
  const { text, contract } = edited('entities/product.ts', [
    { kind: 'rename', member: 'fields/category', to: 'group' },
    { kind: 'set', member: 'fields/stock/min', value: '5' },
    { kind: 'set', member: 'fields/stock/max', value: '50' },
    { kind: 'remove', member: 'fields/stock/default' },
    { kind: 'set', member: 'fields/sku/min', value: '2' },
  ]);
  assert.ok(contract.kind === 'entity');
  assert.match(text, /group: text\(\{ id: 'f_pcat', no: 3 \}\)/);
  assert.match(text, /stock: integer\(\{ id: 'f_pstock', no: 5, min: 5, max: 50 \}\)/);
  assert.match(text, /sku: text\(\{ id: 'f_psku', no: 1, required: true, unique: true, min: 2 \}\)/);
});

test('the head is replaced, and what people ask for cannot break out of it', () => {
  const { text } = edited('entities/customer.ts', [
    { kind: 'head', head: { ...head, what: 'A */ throw 1 /* customer\nwhy: nothing', why: 'x'.repeat(300) } },
  ]);
  assert.match(text, /^\/\*\*\n \* A \* \/ throw 1 \/\* customer why: nothing\n/);
});

test('an invariant and a rule are added where there was none, in an operation before its body', () => {
  const order = base.components.find((candidate) => candidate.path === 'entities/order.ts');
  assert.ok(order);
  const text = editSource(shop['entities/order.ts'] ?? '', order.outline, [
    {
      kind: 'set',
      member: 'fields/total/live',
      value: "(order: Row<'order'>) => sum(order.lines, (line) => line.unitPrice) - flat(order)",
    },
    {
      kind: 'set',
      member: 'invariants/some',
      value: {
        object: [
          ['holds', "(order: Row<'order'>) => order.lines.every((line) => line.quantity > 0)"],
          ['message', "'x'"],
        ],
      },
    },
    { kind: 'import', name: 'flat', from: '../rules/flat.ts' },
  ]);
  assert.match(text, /from 'theseus\/sdk';\nimport flat from '..\/rules\/flat.ts';\n\nexport default/);
  const { text: operation } = edited('operations/place-order.ts', [{ kind: 'set', member: 'roles', value: { list: ["'clerk'"] } }]);
  assert.match(operation, /  roles: \['clerk'\],\n  async run\(/);
});

test('an edit of what is not there, and edits that meet, are faults', () => {
  const outline = base.components[0]?.outline ?? {};
  const text = shop[base.components[0]?.path ?? ''] ?? '';
  assert.throws(() => editSource(text, outline, [{ kind: 'remove', member: 'fields/nothing' }]), { code: 'bug' });
  assert.throws(
    () =>
      editSource(text, outline, [
        { kind: 'remove', member: 'fields/name' },
        { kind: 'set', member: 'fields/name/min', value: '1' },
      ]),
    { code: 'bug' },
  );
});

test('whatever members are removed and added, the text reads as the same definition without and with them', () => {
  const options = ['required: true', 'unique: true', 'min: 1', 'max: 9'];
  const names = ['required', 'unique', 'min', 'max'];
  const pick = fc.uniqueArray(fc.nat(3), { maxLength: 4 });
  const read = (text: string) => {
    const reading = readSystem({ 'theseus.json': shop['theseus.json'] ?? '', 'entities/note.ts': text });
    assert.ok(reading.ok, JSON.stringify(reading) + text);
    const component = reading.components[0];
    assert.ok(component?.contract.kind === 'entity');
    return { outline: component.outline, fields: component.contract.fields };
  };
  const source = (body: string): string =>
    `/**\n * N.\n *\n * why: x\n * change: start\n * generator: person\n * date: 2026-12-01\n */\nimport { entity, text } from 'theseus/sdk';\n\nexport default entity({ id: 'e_note', name: 'note', plural: 'notes', title: 'name', fields: {\n  name: text({ id: 'f_note', no: 1 }),\n  body: text({${body}}),\n} });\n`;
  fc.assert(
    fc.property(pick, pick, pick, fc.boolean(), fc.boolean(), (there, gone, added, lines, comma) => {
      const members = ["id: 'f_body'", 'no: 2', ...there.map((at) => options[at] ?? '')];
      const body = lines
        ? `\n${members.map((each, at) => `    ${each}${at < members.length - 1 || comma ? ',' : ''}\n`).join('')}  `
        : ` ${members.join(', ')}${comma ? ',' : ''} `;
      const before = source(body);
      const { outline } = read(before);
      const remove = gone.filter((at) => there.includes(at));
      const set = added.filter((at) => !there.includes(at));
      const text = editSource(before, outline, [
        ...remove.map((at): SourceEdit => ({ kind: 'remove', member: `fields/body/${names[at] ?? ''}` })),
        ...set.map((at): SourceEdit => ({
          kind: 'set',
          member: `fields/body/${names[at] ?? ''}`,
          value: options[at]?.split(': ')[1] ?? '',
        })),
      ]);
      const wanted = source(
        ` id: 'f_body', no: 2, ${[...there.filter((at) => !remove.includes(at)), ...set].map((at) => `${options[at] ?? ''}, `).join('')}`,
      );
      assert.deepEqual(read(text).fields, read(wanted).fields, text);
    }),
    { numRuns: 300 },
  );
});
