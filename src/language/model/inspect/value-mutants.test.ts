import assert from 'node:assert/strict';
import { test } from 'node:test';
import { valueMutantsOf } from './value-mutants.ts';

interface Component {
  run(parts: { readonly input: { readonly [name: string]: unknown } }): Promise<unknown>;
}
const body = (statements: string): string => `globalThis.component = ({ async run({ data, input, row }) {\n${statements}\n} });`;
const mutants = (statements: string): readonly string[] => {
  const code = body(statements);
  return valueMutantsOf(code).mutants.map(({ start, end, replacement }) => `${code.slice(start, end)} -> ${replacement}`);
};
/** What the body answers with the mutant that is on. */
async function answer(code: string, id: string | undefined, input: { readonly [name: string]: unknown } = {}): Promise<unknown> {
  const host: { component?: Component } = {};
  new Function('globalThis', code)(host);
  return host.component?.run({ input: { ...input, ...(id === undefined ? {} : { $mutant: id }) } });
}

test('a number is one more and one less, and signs belong to it; a bound that is compared with has mutants already', () => {
  assert.deepEqual(mutants('return input.n * 3 - -1;'), ['3 -> 4', '3 -> 2', '-1 -> 0', '-1 -> -2']);
  assert.deepEqual(mutants('return [input.n >= 2, input.n > 2, 2 < input.n];'), []);
});

test('an event is not emitted or tells nothing; a request is not sent, says nothing, or goes elsewhere; what is read has none', () => {
  assert.deepEqual(mutants("await emit('sold', { n: row.n });"), ["emit('sold', { n: row.n }) -> undefined", '{ n: row.n } -> ({})']);
  assert.deepEqual(mutants("await fetch('https://a.test/x', { method: 'POST', body: row });"), [
    "fetch('https://a.test/x', { method: 'POST', body: row }) -> ({ status: 202, headers: {}, body: null, queued: true })",
    "'https://a.test/x' -> ('https://a.test/x') + '/elsewhere'",
    'row -> null',
  ]);
  assert.deepEqual(
    mutants("await fetch('https://a.test/x'); await fetch('https://a.test/x', { method: 'GET' }); await fetch(row.a, row.b);"),
    [],
  );
  const code = body("await emit('sold', { n: row.n }); await fetch(`http://b.test:8080/${row.n}/y`, { method: 'PUT' });");
  assert.deepEqual(
    new Set(valueMutantsOf(code).mutants.map(({ effect }) => `${effect?.kind} ${effect?.name}`)),
    new Set(['emit sold', 'send b.test:8080/']),
  );
});

test('what is said to people, keys, and how long a page is have none', () => {
  assert.deepEqual(mutants("if (input.n) refuse('conflict', `At most ${3}.`); log(`${4}`);"), []);
  assert.deepEqual(mutants('return data.order.list({ limit: 100, 7: true });'), []);
});

test('what does something on its way to being said has them, and so has what is called by a name that was given to something else', () => {
  for (const deed of [
    'log(await data.order.update(input.id, { n: 3 }));',
    'log(data.order.update(input.id, { n: 3 }));',
    "refuse('conflict', `${(input.n = 3)}`);",
    'log(rows.push(3));',
    "log(input.rows['push'](3));",
    'log(((n) => { sum += n; })(3));',
    'let sum = input.n; const add = (n) => { sum += n; }; log(add(3));',
    'const log = (n) => n; return log(3);',
    'const { log } = input; log(3);',
    'let refuse; refuse(3);',
    'const f = ({ log }) => log(3); f({ log: data });',
    'log.push(3);',
  ])
    assert.deepEqual(mutants(deed), ['3 -> 4', '3 -> 2'], deed);
  const code = 'globalThis.component = ({ async run({ emit: log }) { log(3); } });';
  assert.equal(valueMutantsOf(code).mutants.length, 2);
  for (const said of [
    "const short = (n) => n.toFixed(2 - 1); refuse('invalid', `Not ${short(3)}, ${input.n.toFixed(3)}, ${String(4)}.`, { fields: { a: 'b' } });",
    "log(input.rows.map(({ n }) => n + 3).join(', '));",
  ])
    assert.deepEqual(
      mutants(said).filter((one) => /^[34]/.test(one)),
      [],
      said,
    );
  assert.equal(valueMutantsOf('globalThis.component = ({ async run({ data, log }) { log(3); } });').mutants.length, 0);
});

test('what stands in for an absent value tells whose that is, also of a row that was got', () => {
  const of = (statements: string): unknown =>
    valueMutantsOf(body(statements)).mutants.map(({ mutator, instead }) => ({ mutator, ...instead }));
  assert.deepEqual(of('return row.stock ?? 0;'), [{ mutator: 'number', of: 'row', field: 'stock', given: 0 }]);
  assert.deepEqual(of('const tea = await data.product.get(input.id); return tea.stock ?? -1;'), [
    { mutator: 'number', of: 'data.product', field: 'stock', given: -1 },
  ]);
  assert.deepEqual(of('return row.dueOn ?? input.today;'), [{ mutator: 'absent', of: 'row', field: 'dueOn' }]);
  assert.deepEqual(of("return (await input.row).state ?? 'open';"), [{ mutator: 'absent', of: '', field: 'state', given: 'open' }]);
});

test('the bound of a filter is in it or out of it; the row to go on from is none', () => {
  const filter = (field: string, op: string): string =>
    `return data.order.list({ filters: [{ field: '${field}', op: '${op}', value: input.day }] });`;
  assert.deepEqual(mutants(filter('day', 'lt')), ["'lt' -> 'le'"]);
  assert.deepEqual(mutants(filter('day', 'ge')), ["'ge' -> 'gt'"]);
  assert.deepEqual(mutants(filter('day', 'eq')), []);
  assert.deepEqual(mutants(filter('id', 'gt')), []);
});

test('comparisons that decide whether something is refused are told, others are not', () => {
  const guards = (statements: string): readonly string[] => {
    const code = body(statements);
    return valueMutantsOf(code).guards.map(({ start, end }) => code.slice(start, end));
  };
  assert.deepEqual(
    guards("if (row.open && input.n > row.stock) refuse('conflict', 'no'); if (input.n < 1) { refuse('conflict', 'no'); }"),
    ['input.n > row.stock', 'input.n < 1'],
  );
  assert.deepEqual(guards("if (input.lines.length > 50) refuse('conflict', 'no');"), [], 'nobody writes out fifty lines');
  assert.deepEqual(guards('let most = 0; if (input.n > most) most = input.n; return most;'), []);
});

test('one text holds them all: each as it is switched on, and as it was without; places lie in one another', async () => {
  const code = body('let sum = row?.start ?? input.step ?? 1 + 2;\nfor (let at = 0; at < 3; at += 1) sum += 10;\nreturn sum;');
  const { code: text, mutants: found } = valueMutantsOf(code);
  assert.equal(await answer(text, undefined), 33);
  const told = new Map<string, unknown>();
  for (const { id, start, end, replacement } of found)
    told.set(`${code.slice(start, end)} -> ${replacement}`, await answer(text, id).catch(({ message }: Error) => message));
  assert.equal(told.get('10 -> 11'), 36);
  assert.equal(told.get('1 -> 0'), 'a loop of the mutant does not end');
  assert.equal(told.get('2 -> 3'), 34);
  assert.equal(told.get('1 + 2 -> undefined'), NaN);
});
