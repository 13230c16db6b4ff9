/** What nobody reads, no formula reads: a view, an invariant or a computed field would tell of it. */
import assert from 'node:assert/strict';
import { test } from 'node:test';
import { openReader } from './read/open-reader.ts';
import { readSystem } from './read.ts';

const settings = JSON.stringify({ name: 'club', currency: 'EUR', roles: { owner: { read: true, write: true, sensitive: true } } });
const head = '/**\n * It.\n *\n * why: it\n * change: start\n * generator: person\n * date: 2026-11-23\n */\n';
const person = ({ title = 'email', field = '', more = '' }): string => `${head}import { email, entity, type Row, text } from 'theseus/sdk';

export default entity({
  id: 'e_pers', name: 'person', plural: 'people', title: '${title}',
  fields: {
    email: email({ id: 'f_mail', no: 1, required: true, unique: true }),
    password: text({ id: 'f_pass', no: 2, required: true, secret: true, min: 8 }),
    ${field}
  },
  ${more}
  identity: { login: 'email', roles: ['owner'] },
});
`;
const problems = (source: string, more: { readonly [path: string]: string } = {}): string => {
  const reading = readSystem({ 'theseus.json': settings, 'entities/person.ts': source, ...more });
  return reading.ok ? '' : reading.problems.map(({ message }) => message).join('; ');
};

test('no formula reads a secret: computed fields, invariants, views', () => {
  assert.equal(problems(person({})), '');
  const copy = `copy: text({ id: 'f_copy', no: 3, live: (person: Row<'person'>) => person.password }),`;
  assert.match(problems(person({ field: copy })), /password/);
  const odd = `invariants: { odd: { holds: (person: Row<'person'>) => person.password !== 'x', message: 'odd' } },`;
  assert.match(problems(person({ more: odd })), /password/);
  const view = `${head}import { type Row, view } from 'theseus/sdk';

export default view({ id: 'v_hash', name: 'hashes', from: 'person', columns: { what: { label: 'What', value: (person: Row<'person'>) => person.password } } });
`;
  assert.match(problems(person({}), { 'views/hashes.ts': view }), /password/);
  assert.equal(problems(person({}), { 'views/hashes.ts': view.replace('person.password', 'person.email') }), '');
});

test('a secret names no row', () => assert.match(problems(person({ title: 'password' })), /password is a secret, and names no row/));

const op = (role: string): string => `${head}import { operation } from 'theseus/sdk';

export default operation({ id: 'o_note', name: 'note', roles: ['${role}'], input: {}, async run() { return null; } });
`;
const signing = (role: string): string => person({}).replace("roles: ['owner']", `roles: ['${role}']`);
test('who signs in may have a role of their own, which theseus.json need not name; what nobody has is no role', () => {
  assert.equal(problems(signing('member'), { 'operations/note.ts': op('member') }), '');
  assert.match(problems(signing('member'), { 'operations/note.ts': op('memebr') }), /there is no role memebr; roles are owner, member/);
  assert.match(problems(person({}), { 'operations/note.ts': op('member') }), /there is no role member; roles are owner,/);
  assert.match(problems(signing('anyone')), /anyone is who has not signed in/);
  for (const odd of ['constructor', '__proto__', 'a b', 'Member']) assert.notEqual(problems(signing(odd)), '', odd);
});

test('a role goes with the entity that gave it, and comes back with it', () => {
  const reader = openReader();
  const said = (changes: { readonly [path: string]: string }): string => {
    const reading = reader.change(changes);
    return reading.ok ? '' : reading.problems.map(({ path, message }) => `${path} ${message}`).join('; ');
  };
  assert.equal(said({ 'theseus.json': settings, 'entities/person.ts': signing('member'), 'operations/note.ts': op('member') }), '');
  assert.match(said({ 'entities/person.ts': signing('guest') }), /^operations\/note\.ts there is no role member/);
  assert.equal(said({ 'entities/person.ts': signing('member') }), '');
});

test('a person of an earlier step does a step of an example; a row of who does not sign in does none', () => {
  const tests = (by: string): string => `import { example, examples } from 'theseus/sdk';

export default examples([
  example('it', [{ create: 'thing', as: 'cup', with: { name: 'Cup' } }, { find: 'person', as: 'ada', with: { email: 'ada@example.org' } }, { call: 'note', by: '${by}' }]),
]);
`;
  const thing = `${head}import { entity, text } from 'theseus/sdk';\n\nexport default entity({ id: 'e_thng', name: 'thing', plural: 'things', title: 'name', fields: { name: text({ id: 'f_tnam', no: 1, required: true }) } });\n`;
  const all = (by: string): string =>
    problems(signing('member'), { 'operations/note.ts': op('member'), 'entities/thing.ts': thing, 'operations/note.test.ts': tests(by) });
  for (const who of ['ada', 'member', 'owner']) assert.equal(all(who), '', who);
  for (const who of ['cup', 'eve', 'toString'])
    assert.match(all(who), new RegExp(`there is no role ${who}, and no earlier step names a row`), who);
});
