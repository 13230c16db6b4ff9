/** A shape that an entity names is one shape for every operation that uses it: read, printed, typed, and compared where it changes. */
import assert from 'node:assert/strict';
import { test } from 'node:test';
import { compareContracts, printDeclarations, printEntity, printOperation, type SourceFiles } from './index.ts';
import { openReader, readSystem } from './read.ts';

const head = '/**\n * It.\n *\n * why: it\n * change: start\n * generator: person\n * date: 2026-11-24\n */\n';
const CARD =
  "card: { type: 'object', required: ['title'], properties: { title: { type: 'string' }, by: { $ref: 'person.card', nullable: true } } }";
const files = (card = CARD, used = "{ type: 'array', items: { $ref: 'article.card' } }"): SourceFiles => ({
  'theseus.json': JSON.stringify({ name: 'it', currency: 'EUR', roles: { owner: { read: true, write: true } } }),
  'entities/person.ts': `${head}import { entity, text } from 'theseus/sdk';
export default entity({ id: 'e_pers', name: 'person', plural: 'people', title: 'name', fields: { name: text({ id: 'f_pnam', no: 1 }) },
  shapes: { card: { type: 'object', properties: { name: { type: 'string' } } } } });\n`,
  'entities/article.ts': `${head}import { entity, text } from 'theseus/sdk';
export default entity({ id: 'e_arti', name: 'article', plural: 'articles', title: 'title', fields: { title: text({ id: 'f_atit', no: 1 }) }, shapes: { ${card} } });\n`,
  'operations/list-articles.ts': `${head}import { json, operation } from 'theseus/sdk';
export default operation({ id: 'o_list', name: 'listArticles', http: { method: 'GET', path: '/v1/articles' },
  output: { body: json({ id: 'f_lout', no: 1, shape: ${used} }) }, capabilities: {},
  async run() {
    return [];
  },
});\n`,
});
const good = (given: SourceFiles): Extract<ReturnType<typeof readSystem>, { ok: true }> => {
  const reading = readSystem(given);
  assert.ok(reading.ok, JSON.stringify(reading, null, 1));
  return reading;
};
const problemsOf = (given: SourceFiles): string => {
  const reading = readSystem(given);
  return reading.ok ? '' : reading.problems.map(({ path, message }) => `${path} ${message}`).join('\n');
};
const about = { what: 'It.', why: 'it', change: 'start', generator: 'person', date: '2026-11-24' };

test('an operation holds what the name stands for, and prints the name alone; entity and operation read back the same', () => {
  const { model } = good(files());
  const [operation] = model.operations;
  const [article] = model.entities.filter(({ name }) => name === 'article');
  assert.ok(operation && article);
  const held = JSON.stringify(operation.output);
  assert.match(held, /"title":\{"type":"string"\}/);
  assert.match(held, /"name":\{"type":"string"\}/);
  const printed = {
    ...files(),
    'operations/list-articles.ts': printOperation(operation, { takes: [], statements: 'return [];' }, { model, head: about }),
    'entities/article.ts': printEntity(article, { model, head: about }),
  };
  assert.match(printed['operations/list-articles.ts'], /items: \{ \$ref: 'article\.card' \}/);
  assert.doesNotMatch(printed['operations/list-articles.ts'], /title/);
  assert.match(printed['entities/article.ts'], /by: \{ \$ref: 'person\.card', nullable: true \}/);
  const again = good(printed).model;
  assert.deepEqual(again.operations[0]?.output, operation.output);
  assert.deepEqual(again.entities, model.entities);
  const declared = printDeclarations({ ...model, entities: [] });
  assert.match(declared, /interface Shapes \{\n {4}'article\.card': ValueOfShape<\{.*"type":\["object","null"\]/);
});

test('a shape that is altered alters every contract that uses it, whoever is read again', () => {
  const reader = openReader();
  const was = reader.read(files());
  assert.ok(was.ok);
  const wider = files(CARD.replace("required: ['title'], ", '')) as { readonly [path: string]: string };
  const now = reader.change({ 'entities/article.ts': wider['entities/article.ts'] ?? '' });
  assert.ok(now.ok, JSON.stringify(now));
  const told = compareContracts(
    was.components.map(({ contract }) => contract),
    now.components.map(({ contract }) => contract),
  ).map(({ member, compatible }) => [member, compatible]);
  assert.deepEqual(told, [
    ['entity/article#shape/card', true],
    ['operation/listArticles#output/body', false],
  ]);
  assert.deepEqual(
    reader.change({
      'entities/person.ts': (wider['entities/person.ts'] ?? '').replace(
        "name: { type: 'string' }",
        "name: { type: 'string', maxLength: 9 }",
      ),
    }).ok,
    true,
  );
  const same = good(files(CARD.replace('card:', 'row:'), "{ type: 'array', items: { $ref: 'article.row' } }"));
  const renamed = compareContracts(
    was.components.map(({ contract }) => contract),
    same.components.map(({ contract }) => contract),
  );
  assert.ok(
    renamed.every(({ compatible }) => compatible),
    'another name of the same shape is nothing to callers',
  );
});

test('a name that is nothing, a circle and a shape that cannot be held are refused where they stand', () => {
  for (const [given, problem] of [
    [files(CARD, "{ $ref: 'article.row' }"), /^operations\/list-articles\.ts article has no shape row; card/],
    [files(CARD, "{ $ref: 'nobody.row' }"), /there is no entity nobody/],
    [files(CARD, "{ $ref: '#/components/schemas/Article' }"), /\$ref names a shape of an entity/],
    [files(CARD, "{ $ref: 'article.card', type: 'object' }"), /\$ref stands alone/],
    [files("card: { type: 'array', items: { $ref: 'article.card' } }"), /^entities\/article\.ts the shape article\.card would hold itself/],
    [files('card: { anyOf: [] }'), /anyOf cannot be held in a shape/],
    [files("Card: { type: 'object' }"), /Card/],
  ] as const)
    assert.match(problemsOf(given), problem);
});
