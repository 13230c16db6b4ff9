/** What nobody reads, no formula reads: a view, an invariant or a computed field would tell of it. */
import assert from 'node:assert/strict';
import { test } from 'node:test';
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
