/** Which calls a host need not wait for, told by what stands around them. */
import assert from 'node:assert/strict';
import { test } from 'node:test';
import { parseSync } from 'oxc-parser';
import { notLookedAt } from './not-looked-at.ts';
import type { SyntaxNode } from './syntax-walk.ts';

function marked(body: string, parts = '{ data, input, emit, call, fetch, log }', before = ''): readonly string[] {
  const text = `${before}export default operation({ async run(${parts}) { ${body} } });`;
  const { program } = parseSync('operation.ts', text);
  return notLookedAt(program as unknown as SyntaxNode).map(
    ({ at, name }) => `${name} ${text.slice(at, at + 4)} ${/^data\.(\w+\.\w+)/.exec(text.slice(at))?.[1] ?? ''}`,
  );
}

test('a write that is only waited for is sent on, and a call that is returned ends the body', () => {
  assert.deepEqual(marked('const a = await data.thing.get(1); await data.thing.update(a.id, {}); return data.order.create({});'), [
    'soon data thing.update',
    'ends data order.create',
  ]);
  assert.deepEqual(
    marked('for (const one of input.all) { if (one.gone) await data.thing.delete(one.id); } return await data.thing.get(1);'),
    ['soon data thing.delete', 'ends data thing.get'],
  );
  assert.deepEqual(marked("await emit('done', {}); log('so far'); await data.thing.create(await data.thing.get(1));"), [
    'soon data thing.create',
  ]);
});

test('a call whose answer is looked at is waited for', () => {
  assert.deepEqual(marked('const a = await data.thing.update(1, {}); return { id: a.id };'), []);
  assert.deepEqual(marked('return (await data.thing.update(1, {})).id;'), []);
  assert.deepEqual(marked('await data.thing.get(1); await data.thing.list({});'), []);
});

test('where a refusal could be caught, or calls run side by side, or the names are others, nothing is marked', () => {
  for (const body of [
    'try { await data.thing.update(1, {}); } catch { log(1); }',
    'try { return data.thing.get(1); } finally { log(1); }',
    'const soon = 1; await data.thing.update(1, {});',
    'for (const ends of input.all) await data.thing.update(ends, {});',
    'const other = data.thing.get(1); await data.thing.update(1, {}); return other;',
    'data.thing.create({}); await data.thing.update(1, {});',
    'await Promise.all(input.all.map((id) => data.thing.delete(id))); await data.thing.update(1, {});',
    'const go = async () => { await data.thing.update(1, {}); }; await go();',
    'await helper(data); await data.thing.update(1, {});',
    'await helper(emit); await data.thing.update(1, {});',
    'return [data.thing.update(1, {})];',
    'class A { one = data.thing.create({}); } await data.thing.update(1, {});',
    'const rows = data; await data.thing.update(1, {});',
    'await data[input.name].update(1, {}); await data.thing.update(1, {});',
  ])
    assert.deepEqual(marked(body), [], body);
  const plain = 'await data.thing.update(1, {});';
  for (const parts of [
    'given',
    '{ input: data }',
    '{ data: input, emit }',
    '{ data, ...rest }',
    '{ data = {} }',
    '{ data }, more',
    '{ data, input: { a } }',
  ])
    assert.deepEqual(marked(plain, parts), [], parts);
  assert.deepEqual(marked(plain, '{ data }', 'const soon = 1; '), []);
});
